import type { ReactElement } from 'react';
import type { RelationshipRow } from '#shared/model/index.ts';
import { StatusBadge, Text, Title, Tooltip, UnstyledButton } from '../../../ui/index.ts';
import classes from '../estate.module.css';
import { groupRelationships } from './relationship-groups.ts';

/** Relationships that lead on: a click shows the other end. */
export function RelationshipList(props: {
  relationships: readonly RelationshipRow[];
  /** Ids that the body names beyond these. */
  unfollowed: number;
  onSelect: (id: string) => void;
}): ReactElement {
  if (props.relationships.length === 0) {
    return <Text c="dimmed">No relationship of this resource was discovered.</Text>;
  }
  return (
    <>
      {groupRelationships(props.relationships).map((group) => (
        <section key={group.title}>
          <Title order={3}>
            {group.title} <span className="gp-dimmed">{group.rows.length}</span>
          </Title>
          <ul className={classes.relations}>
            {group.rows.map((row) => (
              <li key={`${row.type} ${row.direction} ${row.other.id} ${row.source}`}>
                <Tooltip label={`Read in ${row.source}${propertiesText(row)}`} multiline maw={420}>
                  <UnstyledButton className={classes.relation} onClick={() => props.onSelect(row.other.id)}>
                    <span className="gp-truncate" style={{ flex: 1 }}>
                      {row.other.name === '' ? row.other.id : row.other.name}
                    </span>
                    <span className="gp-dimmed gp-truncate">{row.other.kind}</span>
                    {row.other.isStub && <StatusBadge tone="unknown">not discovered</StatusBadge>}
                  </UnstyledButton>
                </Tooltip>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {props.unfollowed > 0 && (
        <Text c="dimmed">
          {`${props.unfollowed} more ${props.unfollowed === 1 ? 'id' : 'ids'} in its body ${props.unfollowed === 1 ? 'is' : 'are'} not followed: see Raw.`}
        </Text>
      )}
    </>
  );
}

function propertiesText(row: RelationshipRow): string {
  const parts = Object.entries(row.properties).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}
