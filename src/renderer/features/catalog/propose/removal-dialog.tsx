import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Environment } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, Textarea } from '../../../ui/index.ts';

/** Asks for the removal of an environment. Like every proposal it waits for an approval, with the name typed there. */
export function RemovalDialog(props: { environment: Environment; onClose: () => void }): ReactElement {
  const { environment, onClose } = props;
  const { client } = useEngine();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const propose = useMutation({
    mutationFn: () =>
      client.deployments.propose({
        blueprint: `${environment.blueprint}@${environment.version}`,
        environment: environment.name,
        target: environment.target,
        reason,
        kind: 'remove',
      }),
    onSuccess: (deployment) => void navigate({ to: '/review/$id', params: { id: deployment.id } }),
  });
  return (
    <Modal opened onClose={onClose} title={`Propose removal of ${environment.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          propose.mutate();
        }}
      >
        <Stack>
          <p>
            {`The plan will destroy the ${environment.resources} resources of ${environment.name} in ${environment.target.region}. It waits on the review screen, where its name has to be typed.`}
          </p>
          <Textarea
            label="Reason"
            data-autofocus
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {propose.error !== null && <FailedNotice title="Not proposed." error={errorOf(propose.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" loading={propose.isPending}>
              Propose removal
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
