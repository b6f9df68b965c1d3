import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Connection } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Select, Stack, Text } from '../../../ui/index.ts';
import {
  ConnectionFields,
  emptyConnectionForm,
  formOfConnection,
  problemsOfForm,
  requestOfForm,
} from '../../settings/index.ts';

export interface MapDialogProps {
  opened: boolean;
  connections: readonly Connection[];
  onClose: () => void;
  onStarted: (run: number) => void;
}

/** Chooses what to map, and starts it. Nothing in the cloud is changed. */
export function MapDialog(props: MapDialogProps): ReactElement {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Map now">
      {props.opened && <MapForm {...props} />}
    </Modal>
  );
}

function MapForm({ connections: all, onStarted }: MapDialogProps): ReactElement {
  const connections = all.filter((connection) => connection.cloud === 'aws');
  const [first] = connections;
  const [name, setName] = useState<string | null>(first?.name ?? null);
  const [form, setForm] = useState(first === undefined ? emptyConnectionForm : formOfConnection(first));
  const [checked, setChecked] = useState(false);
  const { api } = useEngine();
  const start = useMutation(api.discovery.start.mutationOptions({ onSuccess: ({ run }) => onStarted(run) }));
  const problems = problemsOfForm(form);

  function choose(chosen: string | null): void {
    const connection = connections.find((candidate) => candidate.name === chosen);
    setName(chosen);
    setForm(connection === undefined ? emptyConnectionForm : formOfConnection(connection));
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (Object.keys(problems).length === 0) start.mutate(requestOfForm(form));
      }}
    >
      <Stack gap={12}>
        <Text c="dimmed">
          Reads only. What was complete before stays complete when something is denied now: only a complete reading may
          say that something is gone.
        </Text>
        {connections.length > 0 && (
          <Select
            label="Connection"
            data={connections.map((connection) => connection.name)}
            value={name}
            onChange={choose}
            clearable
            placeholder="None: fill in below"
          />
        )}
        <ConnectionFields form={form} problems={checked ? problems : {}} onChange={setForm} />
        {start.error !== null && <FailedNotice title="The run could not be started." error={errorOf(start.error)} />}
        <Group justify="flex-end">
          <Button type="submit" loading={start.isPending}>
            {form.regions.length === 0 ? 'Map every enabled region' : `Map ${form.regions.join(', ')}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
