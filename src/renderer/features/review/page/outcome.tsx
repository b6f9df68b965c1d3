import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { PartialNotice } from '../../../ui/index.ts';
import { outcomeSentences } from '../facts/plan-facts.ts';
import { PlanAgain } from './plan-again.tsx';
import classes from './review.module.css';

/** What a stopped deployment did and did not do, and the way on. */
export function Outcome({ deployment }: { deployment: Deployment }): ReactElement | null {
  switch (deployment.state) {
    case 'SUCCEEDED':
      return (
        <section className={classes.section} aria-label="Outcome">
          <p>
            {`Every step is done. ${deployment.environment} ${deployment.kind === 'remove' ? 'is removed' : `runs ${deployment.blueprint} ${deployment.version}`}. `}
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
                <PlanAgain id={deployment.id} label="Plan the rest for a new approval" primary />
              ) : undefined
            }
          >
            <ul className={classes.list}>
              {outcomeSentences(deployment).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </PartialNotice>
        </section>
      );
    default:
      return null;
  }
}
