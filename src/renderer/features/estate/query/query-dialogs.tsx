import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { nameSchema, type SavedQuery } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, TextInput } from '../../../ui/index.ts';

/** Keeps a query under a name; one of that name is written over only when asked once more. */
export function SaveDialog(props: {
  cypher: string;
  /** The query it was opened from; its name and summary are offered. */
  from: SavedQuery | null;
  onClose: () => void;
  onDone: (query: SavedQuery) => void;
}): ReactElement {
  const { client } = useEngine();
  const own = props.from?.given === false ? props.from : null;
  const [summary, setSummary] = useState(own?.summary ?? '');
  const save = useMutation({
    mutationFn: (input: { name: string; replace: boolean }) =>
      client.queries.save({ ...input, summary, cypher: props.cypher }),
    onSuccess: (query) => {
      props.onDone(query);
      props.onClose();
    },
  });
  const error = save.error === null ? null : errorOf(save.error);
  return (
    <NameDialog
      title="Save the query"
      initial={own?.name ?? ''}
      verb={error?.code === 'already-exists' ? 'Replace' : 'Save'}
      isPending={save.isPending}
      onName={() => save.reset()}
      onClose={props.onClose}
      onDone={(name) => save.mutate({ name, replace: name === own?.name || error?.code === 'already-exists' })}
    >
      <TextInput label="Summary" value={summary} onChange={(event) => setSummary(event.currentTarget.value)} />
      {error !== null && <FailedNotice title="Not saved." error={error} />}
    </NameDialog>
  );
}

export function RenameDialog(props: { query: SavedQuery; onClose: () => void; onDone: () => void }): ReactElement {
  const { client } = useEngine();
  const rename = useMutation({
    mutationFn: (to: string) => client.queries.rename({ name: props.query.name, to }),
    onSuccess: () => {
      props.onDone();
      props.onClose();
    },
  });
  return (
    <NameDialog
      title={`Rename ${props.query.name}`}
      initial={props.query.name}
      verb="Rename"
      isPending={rename.isPending}
      onClose={props.onClose}
      onDone={(name) => rename.mutate(name)}
    >
      {rename.error !== null && <FailedNotice title="Not renamed." error={errorOf(rename.error)} />}
    </NameDialog>
  );
}

function NameDialog(props: {
  title: string;
  initial: string;
  verb: string;
  isPending: boolean;
  onName?: () => void;
  onClose: () => void;
  onDone: (name: string) => void;
  children: ReactNode;
}): ReactElement {
  const [name, setName] = useState(props.initial);
  const checked = nameSchema.safeParse(name);
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) props.onDone(name);
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            placeholder="unused-keys"
            data-autofocus
            value={name}
            error={name === '' || checked.success ? null : checked.error.issues[0]?.message}
            onChange={(event) => {
              setName(event.currentTarget.value);
              props.onName?.();
            }}
          />
          {props.children}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!checked.success} loading={props.isPending}>
              {props.verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
