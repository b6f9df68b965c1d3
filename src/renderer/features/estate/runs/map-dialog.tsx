import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { type Connection, discoverableClouds } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FormFailure, Group, Modal, Select, Stack, Text, TextInput, useNow } from '../../../ui/index.ts';
import {
  cloudNames,
  ConnectionFields,
  emptyConnectionForm,
  emptyFormOf,
  formOfConnection,
  problemsOfForm,
  requestOfConnections,
  requestOfForm,
} from '../../settings/index.ts';
import { readMoment } from './past-moment.ts';

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

function MapForm({ connections, onStarted }: MapDialogProps): ReactElement {
  const [first] = connections;
  const [name, setName] = useState<string | null>(first?.name ?? null);
  const [form, setForm] = useState(first === undefined ? emptyConnectionForm : formOfConnection(first));
  const [past, setPast] = useState('');
  const [checked, setChecked] = useState(false);
  const now = useNow(60_000);
  const { api } = useEngine();
  const start = useMutation(api.discovery.start.mutationOptions({ onSuccess: ({ run }) => onStarted(run) }));
  const problems = problemsOfForm(form);
  const at = form.cloud === 'gcp' ? readMoment(past, now) : null;

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
        if (Object.keys(problems).length > 0 || typeof at === 'string') return;
        start.mutate(requestOfForm(form, at));
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
        {name === null && (
          <Select
            label="Cloud"
            data={discoverableClouds.map((cloud) => ({ value: cloud, label: cloudNames[cloud] }))}
            value={form.cloud}
            allowDeselect={false}
            onChange={(chosen) => {
              const cloud = discoverableClouds.find((candidate) => candidate === chosen);
              if (cloud !== undefined) setForm(emptyFormOf(cloud));
            }}
          />
        )}
        <ConnectionFields form={form} problems={checked ? problems : {}} onChange={setForm} />
        {form.cloud === 'gcp' && (
          <TextInput
            label="As of"
            type="datetime-local"
            description="A moment of the last 35 days, for a baseline of the past. Leave empty for now; it is not kept with a connection."
            value={past}
            error={checked && typeof at === 'string' ? at : undefined}
            onChange={(event) => setPast(event.currentTarget.value)}
          />
        )}
        {start.error !== null && <FormFailure title="The run could not be started." error={errorOf(start.error)} />}
        <Group justify="flex-end" gap={8}>
          {connections.length > 1 && (
            <Button
              variant="default"
              loading={start.isPending}
              disabled={at !== null}
              title={at === null ? undefined : 'A moment in the past is read of one connection alone.'}
              onClick={() => start.mutate(requestOfConnections(connections))}
            >
              Map all {connections.length} connections
            </Button>
          )}
          <Button type="submit" loading={start.isPending}>
            {form.regions.length > 0
              ? `Map ${form.regions.join(', ')}`
              : form.cloud === 'aws'
                ? 'Map every enabled region'
                : 'Map every region'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
