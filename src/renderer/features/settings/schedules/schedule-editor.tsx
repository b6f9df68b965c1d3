import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { intervalSchema, quietHoursSchema, type Schedule, type ScheduleState } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  Checkbox,
  CodeBlock,
  FailedNotice,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '../../../ui/index.ts';
import { installCommand, intervalNames } from './schedule-words.ts';

export interface ScheduleEditorProps {
  connection: string;
  /** The schedule it has; null when it has none. */
  state: ScheduleState | null;
  onClose: () => void;
}

interface Form {
  readonly every: Schedule['every'];
  readonly jitter: number;
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
  readonly paused: boolean;
}

/** When a connection is mapped by itself. */
export function ScheduleEditor({ connection, state, onClose }: ScheduleEditorProps): ReactElement {
  const { api } = useEngine();
  const [form, setForm] = useState(() => formOf(state?.schedule));
  const [checked, setChecked] = useState(false);
  const save = useMutation(api.schedules.save.mutationOptions({ onSuccess: onClose }));
  const remove = useMutation(api.schedules.remove.mutationOptions({ onSuccess: onClose }));
  const hours = quietHoursSchema.safeParse({ from: form.from, to: form.to });
  const problem = form.quiet && !hours.success ? (hours.error.issues[0]?.message ?? 'Give two times of day.') : null;

  function submit(): void {
    setChecked(true);
    if (problem !== null) return;
    save.mutate({
      connection,
      every: form.every,
      jitter: form.jitter,
      ...(form.quiet ? { quiet: { from: form.from, to: form.to } } : {}),
      ...(form.paused ? { paused: true } : {}),
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap={12}>
        <Text c="dimmed">
          While the app runs, {connection} is mapped by itself. Runs that were missed are made up by one, and never do
          two run at once.
        </Text>
        <Select
          label="How often"
          data={intervalSchema.options.map((every) => ({ value: every, label: intervalNames[every] }))}
          value={form.every}
          allowDeselect={false}
          onChange={(chosen) => {
            const every = intervalSchema.safeParse(chosen);
            if (every.success) setForm({ ...form, every: every.data });
          }}
        />
        <NumberInput
          label="Begin up to so many minutes later"
          description="So that not every machine asks the cloud at the same moment."
          min={0}
          max={720}
          allowDecimal={false}
          clampBehavior="strict"
          value={form.jitter}
          onChange={(given) => {
            if (typeof given === 'number') setForm({ ...form, jitter: given });
          }}
        />
        <Checkbox
          label="Quiet hours, in which nothing is mapped"
          checked={form.quiet}
          onChange={(event) => setForm({ ...form, quiet: event.currentTarget.checked })}
        />
        {form.quiet && (
          <Group gap={12} align="flex-start">
            <TextInput
              label="From"
              value={form.from}
              error={checked && problem !== null ? problem : undefined}
              onChange={(event) => setForm({ ...form, from: event.currentTarget.value })}
            />
            <TextInput
              label="To"
              value={form.to}
              onChange={(event) => setForm({ ...form, to: event.currentTarget.value })}
            />
          </Group>
        )}
        <Checkbox
          label="Paused"
          checked={form.paused}
          onChange={(event) => setForm({ ...form, paused: event.currentTarget.checked })}
        />
        <Text>
          {state?.timer === null || state === null
            ? 'While the app does not run, a timer of the system can map it. Once the schedule is saved, in a terminal in the workspace:'
            : `The system has a timer for it: ${state.timer}. After a change, install it again:`}
        </Text>
        <CodeBlock text={installCommand(connection)} label="Command that installs the timer" />
        {save.error !== null && <FailedNotice title="The schedule could not be kept." error={errorOf(save.error)} />}
        {remove.error !== null && (
          <FailedNotice title="The schedule could not be taken away." error={errorOf(remove.error)} />
        )}
        <Group gap={8} justify="flex-end">
          {state !== null && (
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate({ connection })}>
              Take the schedule away
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function formOf(schedule: Schedule | undefined): Form {
  const { every = '6h', jitter = 10, quiet, paused = false } = schedule ?? {};
  return { every, jitter, quiet: quiet !== undefined, from: quiet?.from ?? '22:00', to: quiet?.to ?? '06:00', paused };
}
