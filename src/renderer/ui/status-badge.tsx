import type { ReactElement, ReactNode } from 'react';
import classes from './signs.module.css';

/** What a status means; the colour follows from it and from nothing else. */
export type StatusTone = 'good' | 'attention' | 'bad' | 'info' | 'neutral' | 'unknown';

const meanings: Record<Exclude<StatusTone, 'neutral' | 'unknown'>, string> = {
  good: 'create',
  attention: 'change',
  bad: 'destroy',
  info: 'read',
};

const marks: Record<StatusTone, string> = { good: '✓', attention: '!', bad: '✕', info: '●', neutral: '', unknown: '?' };

/** A word with a sign and a colour. `unknown` is hatched. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }): ReactElement {
  const mark = marks[tone];
  const body = (
    <span>
      {mark !== '' && <span aria-hidden>{`${mark} `}</span>}
      {children}
    </span>
  );
  if (tone === 'unknown') return <span className={`${classes.badge} ${classes.hatched}`}>{body}</span>;
  if (tone === 'neutral') {
    return (
      <span className={classes.badge} style={{ background: 'var(--gp-surface-3)' }}>
        {body}
      </span>
    );
  }
  const meaning = meanings[tone];
  return (
    <span
      className={classes.badge}
      style={{ color: `var(--gp-${meaning})`, background: `var(--gp-${meaning}-surface)` }}
    >
      {body}
    </span>
  );
}
