import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { StateContents } from '#shared/model/index.ts';
import { PartialNotice, StatusBadge, Text, Title, UnstyledButton } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import classes from '../estate.module.css';

export interface StateContentsListProps {
  /** The state's id. */
  state: string;
  manages: StateContents;
  onSelect: (id: string) => void;
}

/** What a Terraform or OpenTofu state manages, by the addresses in its code. */
export function StateContentsList({ state, manages, onSelect }: StateContentsListProps): ReactElement {
  const { total, gone, rows, replacedBy } = manages;
  const past = useAsOf();
  if (replacedBy !== null) {
    return (
      <PartialNotice>
        The same state was imported again later, as{' '}
        <UnstyledButton onClick={() => onSelect(replacedBy.id)}>{replacedBy.name}</UnstyledButton>, which says what it
        manages now.
      </PartialNotice>
    );
  }
  if (total === 0) return <Text c="dimmed">The state manages no resource that Groundplan can tell.</Text>;
  return (
    <section aria-label="Manages">
      <Title order={3}>
        manages <span className="gp-dimmed">{total}</span>
      </Title>
      <Text c="dimmed">
        {gone > 0 && `${gone} of them gone: no longer listed. `}
        <Link to="/estate" search={{ state: [state], ...(past === null ? {} : { past }) }}>
          Show them in the table
        </Link>
      </Text>
      <ul className={classes.relations}>
        {rows.map((row) => (
          <li key={`${row.address} ${row.id}`}>
            <UnstyledButton className={classes.relation} title={row.kind} onClick={() => onSelect(row.id)}>
              <span className="gp-mono gp-truncate" style={{ flex: 1 }}>
                {row.address}
              </span>
              <span className="gp-dimmed gp-truncate">{row.name}</span>
              {row.gone && <StatusBadge tone="attention">gone</StatusBadge>}
              {row.isStub && !row.gone && <StatusBadge tone="unknown">not discovered</StatusBadge>}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {rows.length < total && <Text c="dimmed">{`${total - rows.length} more are in the table.`}</Text>}
    </section>
  );
}
