import type { RelationshipRow } from '#shared/model/index.ts';

export interface RelationshipGroup {
  /** In words, for example “contains” or “contained in”. */
  readonly title: string;
  readonly rows: readonly RelationshipRow[];
}

const words: Readonly<Record<string, readonly [out: string, into: string]>> = {
  CONTAINS: ['contains', 'contained in'],
  IN_NETWORK: ['in the network', 'network of'],
  ATTACHED_TO: ['attached to', 'has attached'],
  PROTECTED_BY: ['protected by', 'protects'],
  ALLOWS: ['allows traffic to', 'allows traffic from'],
  ROUTES_TO: ['routes to', 'is routed to from'],
  PEERED_WITH: ['peered with', 'peered with'],
  TARGETS: ['sends requests to', 'gets requests from'],
  RUNS_AS: ['runs as', 'identity of'],
  CAN_ACCESS: ['can access', 'accessible to'],
  ENCRYPTED_BY: ['encrypted by', 'encrypts'],
  HAS_ADDRESS: ['has the address', 'address of'],
  DERIVED_FROM: ['derived from', 'origin of'],
  MANAGED_BY: ['managed by', 'manages'],
  REFERENCES: ['refers to', 'referred to by'],
};

/** A relationship's type in words, seen from the resource. Unknown types keep their name. */
function relationshipTitle(type: string, direction: RelationshipRow['direction']): string {
  const known = words[type];
  if (known === undefined) return direction === 'out' ? type : `${type} (from)`;
  return direction === 'out' ? known[0] : known[1];
}

/** Relationships grouped by type and direction, those leading out first; within a group by kind and name. */
export function groupRelationships(rows: readonly RelationshipRow[]): readonly RelationshipGroup[] {
  const groups = new Map<string, RelationshipRow[]>();
  const outFirst = rows.toSorted((one, other) => Number(one.direction === 'in') - Number(other.direction === 'in'));
  for (const row of outFirst) {
    const title = relationshipTitle(row.type, row.direction);
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [row]);
    else group.push(row);
  }
  return [...groups].map(([title, members]) => ({
    title,
    rows: members.toSorted((one, other) => sortKey(one).localeCompare(sortKey(other), 'en', { numeric: true })),
  }));
}

function sortKey(row: RelationshipRow): string {
  return `${row.other.kind} ${row.other.name}`;
}
