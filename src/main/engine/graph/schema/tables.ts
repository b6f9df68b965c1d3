import { relationshipTypes, type RelationshipType } from '#shared/model/index.ts';

/**
 * The cloud graph's tables, declared once: the loader writes rows by them, the database's definitions are made from
 * them. Names are an API: people and agents write Cypher against them. Scalar columns only, JSON as text: lists of
 * structures lose data in this database, and nothing is ever updated in place.
 */
type ColumnType = 'STRING' | 'INT64' | 'DOUBLE' | 'BOOL';

export interface NodeTable {
  readonly name: string;
  /** The first column is the primary key. */
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
}

export interface RelationshipTable {
  readonly name: string;
  readonly pairs: readonly (readonly [from: string, to: string])[];
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
}

export const resourceTable = {
  name: 'Resource',
  columns: [
    ['id', 'STRING'],
    ['cloud', 'STRING'],
    ['kind', 'STRING'],
    ['category', 'STRING'],
    ['name', 'STRING'],
    ['native_id', 'STRING'],
    ['scope_id', 'STRING'],
    ['region', 'STRING'],
    ['zone', 'STRING'],
    ['state', 'STRING'],
    ['created_at', 'INT64'],
    ['is_stub', 'BOOL'],
    ['public', 'BOOL'],
    ['cidr', 'STRING'],
    ['ip', 'STRING'],
    ['tags_json', 'STRING'],
    // The sorted tag keys as a JSON list: few distinct values, so that keys are counted without reading the tags.
    ['tag_keys', 'STRING'],
    ['first_run', 'INT64'],
    ['last_run', 'INT64'],
    ['changed_run', 'INT64'],
    ['stale', 'BOOL'],
  ],
} as const satisfies NodeTable;

const scopeTable = {
  name: 'Scope',
  columns: [
    ['id', 'STRING'],
    ['cloud', 'STRING'],
    ['kind', 'STRING'],
    ['name', 'STRING'],
    ['native_id', 'STRING'],
    ['parent_id', 'STRING'],
    // True for a scope that was only named by a resource or relationship.
    ['is_stub', 'BOOL'],
  ],
} as const satisfies NodeTable;

const regionTable = {
  name: 'Region',
  columns: [
    ['id', 'STRING'],
    ['cloud', 'STRING'],
    ['name', 'STRING'],
  ],
} as const satisfies NodeTable;

const addressTable = {
  name: 'Address',
  columns: [
    ['id', 'STRING'],
    ['kind', 'STRING'],
    ['value', 'STRING'],
  ],
} as const satisfies NodeTable;

const runTable = {
  name: 'Run',
  columns: [
    ['id', 'INT64'],
    ['source', 'STRING'],
    ['status', 'STRING'],
    ['started', 'INT64'],
    ['finished', 'INT64'],
    ['app_version', 'STRING'],
    ['resources', 'INT64'],
    ['relationships', 'INT64'],
    ['cells', 'INT64'],
    ['incomplete_cells', 'INT64'],
  ],
} as const satisfies NodeTable;

const coverageTable = {
  name: 'Coverage',
  columns: [
    ['id', 'STRING'],
    ['run', 'INT64'],
    ['scope', 'STRING'],
    ['region', 'STRING'],
    ['kind', 'STRING'],
    ['status', 'STRING'],
    ['pages', 'INT64'],
    ['rows', 'INT64'],
    ['error', 'STRING'],
    ['permission', 'STRING'],
  ],
} as const satisfies NodeTable;

const blueprintVersionTable = {
  name: 'BlueprintVersion',
  columns: [
    ['id', 'STRING'],
    ['name', 'STRING'],
    ['version', 'STRING'],
    ['digest', 'STRING'],
    ['boundary', 'STRING'],
    ['status', 'STRING'],
  ],
} as const satisfies NodeTable;

const environmentTable = {
  name: 'Environment',
  columns: [
    ['id', 'STRING'],
    ['name', 'STRING'],
    ['blueprint', 'STRING'],
    ['version', 'STRING'],
    ['cloud', 'STRING'],
    ['scope_id', 'STRING'],
    ['region', 'STRING'],
    ['status', 'STRING'],
    ['drift_state', 'STRING'],
    ['last_deployment', 'STRING'],
  ],
} as const satisfies NodeTable;

const deploymentTable = {
  name: 'Deployment',
  columns: [
    ['id', 'STRING'],
    ['environment', 'STRING'],
    ['kind', 'STRING'],
    ['state', 'STRING'],
    ['proposed_by', 'STRING'],
    ['approved_by', 'STRING'],
    ['started', 'INT64'],
    ['finished', 'INT64'],
  ],
} as const satisfies NodeTable;

export const nodeTables: readonly NodeTable[] = [
  resourceTable,
  scopeTable,
  regionTable,
  addressTable,
  runTable,
  coverageTable,
  blueprintVersionTable,
  environmentTable,
  deploymentTable,
];

/** Columns of every relationship that comes from facts, and of those to environments. */
const factColumns = [
  ['run', 'INT64'],
  ['src', 'STRING'],
  ['conf', 'DOUBLE'],
  ['props_json', 'STRING'],
] as const;

const resourceToAddress: ReadonlySet<RelationshipType> = new Set([
  'ALLOWS',
  // Vaults, registries and accounts are named by host where a body does not know their id.
  'DERIVED_FROM',
  'ENCRYPTED_BY',
  'HAS_ADDRESS',
  'PEERED_WITH',
  'REFERENCES',
  'ROUTES_TO',
  'TARGETS',
]);

function factTable(type: RelationshipType): RelationshipTable {
  const pairs: (readonly [string, string])[] = [['Resource', 'Resource']];
  if (resourceToAddress.has(type)) pairs.push(['Resource', 'Address']);
  if (type === 'ALLOWS') pairs.push(['Address', 'Resource']);
  if (type === 'MANAGED_BY') pairs.push(['Resource', 'Environment']);
  return { name: type, pairs, columns: factColumns };
}

export const relationshipTables: readonly RelationshipTable[] = [
  ...relationshipTypes.map(factTable),
  { name: 'IN_SCOPE', pairs: [['Resource', 'Scope']], columns: [] },
  { name: 'IN_REGION', pairs: [['Resource', 'Region']], columns: [] },
  { name: 'PARENT', pairs: [['Scope', 'Scope']], columns: [] },
  { name: 'USES', pairs: [['Environment', 'BlueprintVersion']], columns: [] },
  { name: 'PART_OF', pairs: [['BlueprintVersion', 'BlueprintVersion']], columns: [] },
  { name: 'CHANGED', pairs: [['Deployment', 'Resource']], columns: [['action', 'STRING']] },
  { name: 'OF', pairs: [['Deployment', 'Environment']], columns: [] },
];

/** The statements that make all tables. */
export function tableDefinitions(): readonly string[] {
  const columnsOf = (columns: NodeTable['columns']): string[] => columns.map(([name, type]) => `${name} ${type}`);
  return [
    ...nodeTables.map(({ name, columns }) => {
      const [key = '', ...rest] = columnsOf(columns);
      return `CREATE NODE TABLE ${name}(${[`${key} PRIMARY KEY`, ...rest].join(', ')})`;
    }),
    ...relationshipTables.map(({ name, pairs, columns }) => {
      const ends = pairs.map(([from, to]) => `FROM ${from} TO ${to}`);
      return `CREATE REL TABLE ${name}(${[...ends, ...columnsOf(columns)].join(', ')})`;
    }),
  ];
}
