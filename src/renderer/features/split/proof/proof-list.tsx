import type { ReactElement } from 'react';
import type { SplitCheck } from '#shared/model/index.ts';
import { StatusBadge, type StatusTone } from '../../../ui/index.ts';
import classes from '../split.module.css';

const looks: Readonly<Record<SplitCheck['status'], { readonly tone: StatusTone; readonly word: string }>> = {
  proven: { tone: 'good', word: 'proven' },
  failed: { tone: 'bad', word: 'not so' },
  'needs-state': { tone: 'unknown', word: 'needs state' },
  'needs-tool': { tone: 'unknown', word: 'needs tool' },
  'not-run': { tone: 'unknown', word: 'not run' },
};

/** The points of a proof; one that does not hold names each line that is not so. */
export function ProofList({ checks }: { checks: readonly SplitCheck[] }): ReactElement {
  return (
    <ol className={classes.proof} aria-label="Points of the proof">
      {checks.map(({ id, title, status, detail, findings }) => (
        <li key={id}>
          <StatusBadge tone={looks[status].tone}>{looks[status].word}</StatusBadge>
          <div>
            <span>{title}</span> <span className="gp-dimmed">{detail}</span>
            {findings.length > 0 && (
              <ul className={classes.findings}>
                {findings.map((finding) => (
                  <li key={finding}>{finding}</li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
