import type { ReactElement } from 'react';
import type { Review } from '#shared/model/index.ts';
import { ActionSign, lookOfAction } from '../../../ui/index.ts';
import { estimateText, mayChangeFewer } from '../facts/plan-facts.ts';
import classes from './review.module.css';

/** What it does in numbers, each with its sign and word; then what else it touches and how long it takes. */
export function CountsStrip({ review }: { review: Review }): ReactElement {
  const { counts, radius, deployment } = review;
  const numbers = [
    { action: 'create', count: counts.create },
    { action: 'update', count: counts.update },
    { action: 'delete', count: counts.delete },
    { action: 'replace', count: counts.replace },
    { action: 'import', count: counts.import },
  ] as const;
  const upTo = (action: (typeof numbers)[number]['action'], count: number) =>
    action === 'update' && count > 0 && mayChangeFewer(deployment.nodes) ? 'up to ' : '';
  return (
    <ul className={classes.counts} aria-label="What it will do">
      {numbers.map(({ action, count }) =>
        action === 'import' && count === 0 ? null : (
          <li
            key={action}
            className={classes.count}
            style={count > 0 ? { background: lookOfAction(action).surface } : undefined}
            aria-label={`${lookOfAction(action).word} ${upTo(action, count)}${count}`}
          >
            <strong>
              {upTo(action, count)}
              {count}
            </strong>
            <ActionSign action={action} />
          </li>
        ),
      )}
      <li className={classes.count}>
        <strong>{radius.affected.length}</strong>
        <span>existing resources affected</span>
      </li>
      <li className={classes.count}>
        <strong>{deployment.estimate.p50 === null ? '—' : '◔'}</strong>
        <span>{estimateText(deployment.estimate)}</span>
      </li>
    </ul>
  );
}
