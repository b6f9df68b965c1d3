import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ScheduleState } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, RelativeTime, StatusBadge, Text } from '../../../ui/index.ts';
import { describeSchedule, waitingFor } from './schedule-words.ts';

/** A connection's schedule, when it has one: when next, when last and how that went, and what is in its way. */
export function ScheduleLine({ state }: { state: ScheduleState | null }): ReactElement | null {
  const { api } = useEngine();
  const save = useMutation(api.schedules.save.mutationOptions());
  if (state === null) return null;
  const { schedule, nextAt, lastAt, lastRun, problem, timer, followed } = state;
  const waiting = waitingFor(state);
  return (
    <div>
      <Group gap={8}>
        <Text c="dimmed">
          Mapped by itself {describeSchedule(schedule)}
          {nextAt !== null && (
            <>
              {' · next '}
              <RelativeTime at={nextAt} />
            </>
          )}
          {lastAt !== null && (
            <>
              {' · last '}
              <RelativeTime at={lastAt} />
              {lastRun !== null && ` (run ${lastRun.id} ${lastRun.status})`}
            </>
          )}
          {timer === null ? ' · no timer of the system' : ' · timer of the system installed'}
        </Text>
        {waiting !== null && <StatusBadge tone="attention">{waiting}</StatusBadge>}
        {!followed && problem === null && schedule.paused !== true && (
          <Button
            variant="default"
            size="compact-xs"
            loading={save.isPending}
            title="It came with the workspace, or was changed in its file or with its connection."
            onClick={() => save.mutate(schedule)}
          >
            Follow it here
          </Button>
        )}
      </Group>
      {problem !== null && (
        <Group gap={8}>
          <StatusBadge tone="bad">failed</StatusBadge>
          <Text>{problem}</Text>
        </Group>
      )}
      {save.error !== null && <FailedNotice title="The schedule could not be kept." error={errorOf(save.error)} />}
    </div>
  );
}
