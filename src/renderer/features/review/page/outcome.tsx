import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, PartialNotice } from '../../../ui/index.ts';
import { outcomeSentences } from '../facts/plan-facts.ts';
import classes from './review.module.css';

/** What a stopped deployment did and did not do, and the way on. */
export function Outcome({ deployment }: { deployment: Deployment }): ReactElement | null {
  const { client } = useEngine();
  const replan = useMutation({ mutationFn: () => client.deployments.replan({ id: deployment.id }) });
  switch (deployment.state) {
    case 'SUCCEEDED':
      return (
        <section className={classes.section} aria-label="Outcome">
          <p>
            {`Every step is done. ${deployment.environment} runs ${deployment.blueprint} ${deployment.version}. `}
            <Link to="/estate">Open the estate</Link>
          </p>
        </section>
      );
    case 'PARTIAL':
    case 'CANCELLED':
    case 'NEEDS_OPERATOR':
    case 'NEEDS_REAPPROVAL':
      return (
        <section className={classes.section} aria-label="Outcome">
          <PartialNotice
            action={
              deployment.state === 'NEEDS_REAPPROVAL' ? (
                <Button loading={replan.isPending} onClick={() => replan.mutate()}>
                  Plan the rest for a new approval
                </Button>
              ) : undefined
            }
          >
            <ul className={classes.list}>
              {outcomeSentences(deployment).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </PartialNotice>
          {replan.error !== null && <FailedNotice title="Not planned." error={errorOf(replan.error)} />}
        </section>
      );
    default:
      return null;
  }
}
