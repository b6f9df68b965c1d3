import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { boundaries, boundarySchema, nameSchema, type Boundary } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Select, Stack, TextInput } from '../../../ui/index.ts';

/** Makes an empty draft and opens its canvas. */
export function NewBlueprintDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { client } = useEngine();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [summary, setSummary] = useState('');
  const [boundary, setBoundary] = useState<Boundary>('platform');
  const checked = nameSchema.safeParse(name);
  const create = useMutation({
    mutationFn: () => client.blueprints.create({ name, boundary, summary }),
    onSuccess: (draft) => {
      onClose();
      void navigate({ to: '/blueprints/$name', params: { name: draft.name } });
    },
  });
  return (
    <Modal opened onClose={onClose} title="New blueprint">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) create.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            placeholder="regional-infrastructure"
            data-autofocus
            value={name}
            error={name === '' || checked.success ? null : checked.error.issues[0]?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput label="Summary" value={summary} onChange={(event) => setSummary(event.currentTarget.value)} />
          <Select
            label="Boundary"
            description="What it may contain; platform puts blueprints and artifacts of all boundaries together"
            data={[...boundaries]}
            value={boundary}
            allowDeselect={false}
            onChange={(value) => setBoundary(boundarySchema.catch('platform').parse(value))}
          />
          {create.error !== null && <FailedNotice title="Not created." error={errorOf(create.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!checked.success} loading={create.isPending}>
              Create blueprint
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
