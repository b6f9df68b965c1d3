import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { bytesText } from '#shared/base/bytes-text.ts';
import type { Pruning, Retention, RunHistory } from '#shared/model/index.ts';
import { errorOf, QueryView, useEngine } from '../../rpc/index.ts';
import {
  Button,
  Checkbox,
  EmptyState,
  FailedNotice,
  Group,
  notifyDone,
  NumberInput,
  Stack,
  StatusBadge,
  Text,
  Title,
} from '../../ui/index.ts';

/** How much of the history is kept, and how much room it takes. */
export function HistorySection(): ReactElement {
  const { api } = useEngine();
  const info = useQuery(api.system.info.queryOptions());
  return (
    <QueryView query={info} loading="Reading the workspace" failed="The workspace could not be read">
      {({ workspace }) =>
        workspace === null ? (
          <EmptyState title="History belongs to a workspace">Open one on the Start screen first.</EmptyState>
        ) : (
          <OfWorkspace readOnly={workspace.readOnly} />
        )
      }
    </QueryView>
  );
}

function OfWorkspace({ readOnly }: { readOnly: string | null }): ReactElement {
  const { api } = useEngine();
  const history = useQuery(api.runs.history.queryOptions());
  return (
    <QueryView query={history} loading="Measuring the history" failed="The history could not be read">
      {(told) => (
        <Stack gap={16}>
          <Title order={2}>History</Title>
          <Text>
            {told.runs.length === 1 ? 'One run takes' : `${told.runs.length} runs take`} {bytesText(told.bytes)}. Each
            can be compared with another, and the estate be looked at as it stood then.
          </Text>
          <Rule key={JSON.stringify(told.retention)} history={told} readOnly={readOnly} />
          <Pruner history={told} readOnly={readOnly} />
        </Stack>
      )}
    </QueryView>
  );
}

interface PartProps {
  history: RunHistory;
  readOnly: string | null;
}

/** Which runs are kept; either rule is enough. */
function Rule({ history: { retention, followed }, readOnly }: PartProps): ReactElement {
  const { api } = useEngine();
  const [rule, setRule] = useState<Retention>(retention);
  const retain = useMutation(
    api.runs.retain.mutationOptions({ onSuccess: () => notifyDone('The rule is kept in groundplan.yaml.') }),
  );
  const isSame = rule.runs === retention.runs && rule.days === retention.days;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        retain.mutate(rule);
      }}
    >
      <Stack gap={8} role="group" aria-label="Which runs are kept">
        <LimitField
          label="Keep the newest runs"
          unit="runs"
          usual={30}
          most={100_000}
          value={rule.runs}
          onChange={(runs) => setRule({ ...rule, runs })}
        />
        <LimitField
          label="Keep the runs of the last days"
          unit="days"
          usual={90}
          most={36_500}
          value={rule.days}
          onChange={(days) => setRule({ ...rule, days })}
        />
        {!followed && isSame && (
          <Group gap={8}>
            <StatusBadge tone="attention">not followed on this machine</StatusBadge>
            <Text>
              It came with the workspace, or was changed in its file. Nothing is removed before you say so here.
            </Text>
            <Button
              variant="default"
              size="compact-xs"
              disabled={readOnly !== null}
              title={readOnly ?? undefined}
              loading={retain.isPending}
              onClick={() => retain.mutate(retention)}
            >
              Follow it here
            </Button>
          </Group>
        )}
        <Text c="dimmed">
          {rule.runs === null && rule.days === null
            ? 'All runs are kept.'
            : !followed && isSame
              ? 'Followed, the others go after the next run, except those that the map still rests on.'
              : 'The others go after the next run, except those that the map still rests on: where a place could not be read since, its last known facts stay.'}
        </Text>
        {retain.error !== null && <FailedNotice title="The rule could not be kept." error={errorOf(retain.error)} />}
        <Group>
          <Button
            type="submit"
            disabled={isSame || readOnly !== null}
            title={readOnly ?? undefined}
            loading={retain.isPending}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface LimitFieldProps {
  label: string;
  unit: string;
  usual: number;
  most: number;
  value: number | null;
  onChange: (value: number | null) => void;
}

function LimitField({ label, unit, usual, most, value, onChange }: LimitFieldProps): ReactElement {
  return (
    <Group gap={12}>
      <Checkbox
        label={label}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usual : null)}
        w={240}
      />
      <NumberInput
        aria-label={`${label}: how many`}
        value={value ?? ''}
        disabled={value === null}
        min={1}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        suffix={` ${unit}`}
        w={140}
        onChange={(given) => {
          if (typeof given === 'number' && given >= 1) onChange(given);
        }}
      />
    </Group>
  );
}

/** What the rule lets go now, and the way to let it go at once. */
function Pruner({ history: { retention }, readOnly }: PartProps): ReactElement | null {
  const { api } = useEngine();
  const look = useMutation(api.runs.prune.mutationOptions());
  const prune = useMutation(
    api.runs.prune.mutationOptions({
      onSuccess: (done) => {
        look.reset();
        notifyDone(done.removed.length === 1 ? 'One run was removed.' : `${done.removed.length} runs were removed.`);
      },
    }),
  );
  if (retention.runs === null && retention.days === null) return null;
  return (
    <Stack gap={8} role="group" aria-label="What the rule lets go">
      {look.data === undefined ? (
        <Group>
          <Button variant="default" loading={look.isPending} onClick={() => look.mutate({ dryRun: true })}>
            Show what would go now
          </Button>
        </Group>
      ) : (
        <>
          <Text>{describePruning(look.data)}</Text>
          <Group gap={8}>
            <Button
              color="red"
              disabled={look.data.removed.length === 0 || readOnly !== null}
              title={readOnly ?? undefined}
              loading={prune.isPending}
              onClick={() => prune.mutate({ dryRun: false })}
            >
              Remove {look.data.removed.length === 1 ? 'one run' : `${look.data.removed.length} runs`} now
            </Button>
            <Button variant="default" onClick={() => look.reset()}>
              Leave them
            </Button>
          </Group>
        </>
      )}
      {look.error !== null && (
        <FailedNotice title="What would go could not be found out." error={errorOf(look.error)} />
      )}
      {prune.error !== null && <FailedNotice title="The runs could not be removed." error={errorOf(prune.error)} />}
    </Stack>
  );
}

/** One paragraph about what goes and what stays although the rule lets it go. */
function describePruning({ removed, kept }: Pruning): string {
  const bytes = removed.reduce((sum, one) => sum + one.bytes, 0);
  const needed = kept.filter(({ why }) => why === 'needed').map(({ run }) => run);
  const looked = kept.filter(({ why }) => why === 'looked-at').map(({ run }) => run);
  return [
    removed.length === 0
      ? 'No run would go now.'
      : `${runsText(removed.map(({ run }) => run))} would go: ${bytesText(bytes)}.`,
    ...(needed.length === 0 ? [] : [`${runsText(needed)} would stay, because the map or a kept run rests on it.`]),
    ...(looked.length === 0 ? [] : [`${runsText(looked)} would stay, because it was looked at within the last hour.`]),
  ].join(' ');
}

function runsText(runs: readonly number[]): string {
  return `${runs.length === 1 ? 'Run' : 'Runs'} ${runs.join(', ')}`;
}
