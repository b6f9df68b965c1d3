import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, Textarea, TextInput } from '../../ui/index.ts';

interface IgnoreDialogProps {
  environment: string;
  items: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Ignoring needs a reason, and may end on a day. */
export function IgnoreDialog({ environment, items, onClose, onDone }: IgnoreDialogProps): ReactElement {
  const { api } = useEngine();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const ignore = useMutation(api.drift.ignore.mutationOptions({ onSuccess: onDone }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The end of the chosen day, where the person is.
    const end = until === '' ? null : new Date(`${until}T23:59:59`).getTime();
    ignore.mutate({ environment, items: [...items], reason: reason.trim(), until: end });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Ignore ${items.length === 1 ? 'one difference' : `${items.length} differences`}`}
    >
      <form onSubmit={submit}>
        <Stack gap={12}>
          <Textarea
            label="Why"
            required
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            label="Until"
            description="Leave it empty to ignore it for good."
            type="date"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          {ignore.error !== null && <FailedNotice title="It is not ignored." error={errorOf(ignore.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={reason.trim() === ''} loading={ignore.isPending}>
              Ignore
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
