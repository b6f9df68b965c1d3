import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, Text } from '../../../ui/index.ts';
import { isMoving } from '../state-look.ts';

/** What a person can do with a deployment now: cancel, resume what is left, or go and decide. */
export function RunActions({ deployment }: { deployment: Deployment }): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation(api.deployments.cancel.mutationOptions({ onSettled: () => setAsking(false) }));
  const resume = useMutation(api.deployments.resume.mutationOptions());
  const { id, state } = deployment;
  const error = cancel.error ?? resume.error;
  return (
    <Stack gap={8}>
      <Group gap={8}>
        {isMoving(state) && (
          <Button
            variant="default"
            disabled={state === 'CANCELLING'}
            loading={cancel.isPending}
            onClick={() => setAsking(true)}
          >
            Cancel…
          </Button>
        )}
        {(state === 'PARTIAL' || state === 'CANCELLED') && (
          <Button loading={resume.isPending} onClick={() => resume.mutate({ id })}>
            Resume the rest
          </Button>
        )}
        {(state === 'AWAITING_APPROVAL' || state === 'NEEDS_REAPPROVAL') && (
          <Button onClick={() => void navigate({ to: '/review/$id', params: { id } })}>Open the review</Button>
        )}
      </Group>
      {error !== null && <FailedNotice title="That was not done." error={errorOf(error)} />}
      <Modal opened={asking} onClose={() => setAsking(false)} title="Cancel this deployment?">
        <Stack gap={12}>
          <Text>
            What runs now is asked once to stop and is waited for; nothing new is started. What was done so far stays
            and is told here.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Let it run
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
              Cancel the deployment
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}
