import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Connection, DiscoverableCloud } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FormFailure, Group, Stack, TextInput } from '../../../ui/index.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { connectionOfForm, emptyFormOf, formOfConnection, problemsOfForm, requestOfForm } from './connection-form.ts';

export interface ConnectionEditorProps {
  /** A kept connection, or the cloud of a new one. */
  connection: Connection | DiscoverableCloud;
  onSaved: () => void;
  /** Offers to map at once; told the run that was started. */
  onMapping?: (run: number) => void;
  onCancel?: () => void;
}

/** Fills in, keeps and, where offered, maps a connection. */
export function ConnectionEditor({ connection, onSaved, onMapping, onCancel }: ConnectionEditorProps): ReactElement {
  const [form, setForm] = useState(
    typeof connection === 'string' ? emptyFormOf(connection) : formOfConnection(connection),
  );
  const [checked, setChecked] = useState(false);
  const { api } = useEngine();
  const save = useMutation(api.discovery.saveConnection.mutationOptions());
  const start = useMutation(api.discovery.start.mutationOptions());
  const problems = problemsOfForm(form);
  const failure = save.error ?? start.error;

  function submit(map: boolean): void {
    setChecked(true);
    if (Object.keys(problems).length > 0) return;
    save.mutate(connectionOfForm(form), {
      onSuccess: () => {
        if (!map) onSaved();
        else start.mutate(requestOfForm(form), { onSuccess: ({ run }) => onMapping?.(run) });
      },
    });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(onMapping !== undefined);
      }}
    >
      <Stack gap={12}>
        <TextInput
          label="Name"
          description="How the connection is called in groundplan.yaml."
          value={form.name}
          error={checked ? problems.name : undefined}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
        />
        <ConnectionFields form={form} problems={checked ? problems : {}} onChange={setForm} />
        {failure !== null && <FormFailure title="The connection could not be used." error={errorOf(failure)} />}
        <Group gap={8} justify="flex-end">
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button
            type={onMapping === undefined ? 'submit' : 'button'}
            variant={onMapping === undefined ? 'filled' : 'default'}
            loading={save.isPending}
            onClick={onMapping === undefined ? undefined : () => submit(false)}
          >
            Save
          </Button>
          {onMapping !== undefined && (
            <Button type="submit" loading={save.isPending || start.isPending}>
              Save and map now
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
