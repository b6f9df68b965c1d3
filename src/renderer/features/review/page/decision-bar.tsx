import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactElement } from 'react';
import type { Review } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, Stack, Textarea, TextInput } from '../../../ui/index.ts';
import { approveText } from '../facts/plan-facts.ts';
import { PlanAgain } from './plan-again.tsx';
import classes from './review.module.css';

/** Reject with a reason, or approve once. The button says what it will do; what is in the way stands beside it. */
export function DecisionBar({ review }: { review: Review }): ReactElement {
  const { client } = useEngine();
  const [typed, setTyped] = useState('');
  const [rejecting, setRejecting] = useState(false);
  const blockersId = useId();
  const { deployment, planSetDigest, envelopeDigest, mustType } = review;
  const { id, state } = deployment;
  const approve = useMutation({
    mutationFn: (digests: { planSetDigest: string; envelopeDigest: string }) =>
      client.deployments.approve({ id, ...digests, typed: mustType === null ? null : typed }),
  });
  const mustStillType = mustType !== null && typed !== mustType;
  const blockers = [
    ...review.blockers,
    ...(mustStillType && review.approvable ? [`Something is destroyed or replaced: type ${mustType} to go on.`] : []),
  ];
  const bound = planSetDigest !== null && envelopeDigest !== null;
  const possible = review.approvable && bound && !mustStillType;
  return (
    <div className={classes.decide} role="region" aria-label="Decision">
      <div className={classes.blockers} id={blockersId}>
        {blockers.length > 0 && (
          <ul>
            {blockers.map((blocker) => (
              <li key={blocker}>{blocker}</li>
            ))}
          </ul>
        )}
        {approve.error !== null && <FailedNotice title="Not approved." error={errorOf(approve.error)} />}
      </div>
      {mustType !== null && review.approvable && (
        <TextInput
          label={`Type ${mustType} to confirm`}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <Group>
        {(state === 'EXPIRED' || state === 'PLAN_FAILED' || state === 'POLICY_BLOCKED') && <PlanAgain id={id} />}
        <Button variant="default" onClick={() => setRejecting(true)}>
          Reject with reason
        </Button>
        <Button
          disabled={!possible}
          loading={approve.isPending}
          aria-describedby={blockersId}
          onClick={() => {
            if (bound) approve.mutate({ planSetDigest, envelopeDigest });
          }}
        >
          {bound ? approveText(review) : 'Approve'}
        </Button>
      </Group>
      {rejecting && <RejectDialog id={id} onClose={() => setRejecting(false)} />}
    </div>
  );
}

function RejectDialog({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { client } = useEngine();
  const [reason, setReason] = useState('');
  const reject = useMutation({
    mutationFn: () => client.deployments.reject({ id, reason: reason.trim() }),
    onSuccess: onClose,
  });
  return (
    <Modal opened onClose={onClose} title="Reject this proposal">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') reject.mutate();
        }}
      >
        <Stack>
          <Textarea
            label="Reason"
            description="The proposer sees it; nothing is changed in the cloud"
            data-autofocus
            autosize
            minRows={3}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {reject.error !== null && <FailedNotice title="Not rejected." error={errorOf(reject.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" disabled={reason.trim() === ''} loading={reject.isPending}>
              Reject proposal
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
