import type { ReactElement } from 'react';
import type { Review, ReviewCheck } from '#shared/model/index.ts';
import { absoluteText, RelativeTime, ShortId, StatusBadge, type StatusTone } from '../../../ui/index.ts';
import classes from './review.module.css';

const tones: Record<ReviewCheck['status'], StatusTone> = { passed: 'good', failed: 'bad', unknown: 'unknown' };

/** What was checked and what the approval is bound to. */
export function ChecksSection({ review, undecided }: { review: Review; undecided: boolean }): ReactElement {
  const { checks, planSetDigest, envelopeDigest, expiresAt } = review;
  return (
    <section className={classes.section} aria-label="Checks">
      <header>
        <h2>Checks</h2>
      </header>
      <ul className={classes.list}>
        {checks.map((check) => (
          <li key={check.id}>
            <StatusBadge tone={tones[check.status]}>{check.status}</StatusBadge>
            <strong>{check.title}</strong>
            <span>{check.detail}</span>
          </li>
        ))}
        {planSetDigest !== null && (
          <li>
            <span>Plans</span>
            <ShortId id={planSetDigest} />
          </li>
        )}
        {envelopeDigest !== null && (
          <li>
            <span>Envelopes</span>
            <ShortId id={envelopeDigest} />
          </li>
        )}
        {undecided && expiresAt !== null && (
          <li>
            <span title={absoluteText(expiresAt)}>
              An approval has to be given before this expires: <RelativeTime at={expiresAt} />
            </span>
          </li>
        )}
      </ul>
    </section>
  );
}
