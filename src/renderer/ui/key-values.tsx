import type { ReactElement, ReactNode } from 'react';
import classes from './key-values.module.css';

/** Facts as name and value; entries whose value is null are left out. */
export function KeyValues({ entries }: { entries: readonly (readonly [string, ReactNode])[] }): ReactElement {
  return (
    <dl className={classes.list}>
      {entries.map(([name, value]) =>
        value === null ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
