import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { remedySchema } from './advice.ts';
import { stateClaimSchema, stateContentsSchema } from './state-claims.ts';

export const clouds = ['aws', 'azure', 'gcp', 'other'] as const;
export const cloudSchema = z.enum(clouds);
export type Cloud = z.infer<typeof cloudSchema>;

/** What a resource is, the same over clouds, so that one question covers all of them. */
export const categories = [
  'network',
  'subnetwork',
  'route-table',
  'gateway',
  'connection',
  'endpoint',
  'address',
  'interface',
  'firewall',
  'machine',
  'disk',
  'snapshot',
  'image',
  'template',
  'scaling-group',
  'balancer',
  'listener',
  'target-group',
  'database',
  'database-group',
  'table',
  'cache',
  'search',
  'warehouse',
  'file-system',
  'bucket',
  'queue',
  'topic',
  'function',
  'cluster',
  'workload',
  'user',
  'group',
  'role',
  'policy',
  'key',
  'secret',
  'certificate',
  'dns',
  'cdn',
  'api',
  'stack',
  'other',
] as const;
export const categorySchema = z.enum(categories);
export type Category = z.infer<typeof categorySchema>;

/** Relationship tables between resources; the names are an API of the cloud graph. */
export const relationshipTypes = [
  'CONTAINS',
  'IN_NETWORK',
  'ATTACHED_TO',
  'PROTECTED_BY',
  'ALLOWS',
  'ROUTES_TO',
  'PEERED_WITH',
  'TARGETS',
  'RUNS_AS',
  'CAN_ACCESS',
  'ENCRYPTED_BY',
  'HAS_ADDRESS',
  'DERIVED_FROM',
  'MANAGED_BY',
  'REFERENCES',
] as const;
export const relationshipTypeSchema = z.enum(relationshipTypes);
export type RelationshipType = z.infer<typeof relationshipTypeSchema>;

export const scopeKinds = [
  'organization',
  'ou',
  'account',
  'tenant',
  'management-group',
  'subscription',
  'resource-group',
  'folder',
  'project',
] as const;
export const scopeKindSchema = z.enum(scopeKinds);
export type ScopeKind = z.infer<typeof scopeKindSchema>;

/** A node of the tree the estate hangs on. Its id is the canonical id, for example `aws:account:123456789012`. */
export const scopeFactSchema = z.object({
  id: z.string().min(1),
  cloud: cloudSchema,
  kind: scopeKindSchema,
  name: z.string(),
  nativeId: z.string(),
  parentId: z.string().nullable(),
  /** What Google Cloud also calls a project by, `123456789`; where it is known. */
  number: z.string().optional(),
});
export type ScopeFact = z.infer<typeof scopeFactSchema>;

/** One discovered object as a discovery step hands it on. Times are milliseconds since 1970 in UTC. */
export const resourceFactSchema = z.object({
  /** Canonical id (`canonicalId`): ARN, lower-cased Azure id, CAI full name. */
  id: z.string().min(1),
  cloud: cloudSchema,
  /** `<cloud>.<service>.<type>`, for example `aws.ec2.vpc`. */
  kind: z.string().min(1),
  category: categorySchema,
  name: z.string(),
  /** The id the cloud's own tools show, for example `vpc-0a1b`. */
  nativeId: z.string(),
  scopeId: z.string(),
  /** The region's name, or `global`. */
  region: z.string(),
  zone: z.string().nullable(),
  state: z.string().nullable(),
  createdAt: z.number().nullable(),
  /** Reachable from the internet by its own settings; null when the kind does not say. */
  public: z.boolean().nullable(),
  cidr: z.string().nullable(),
  ip: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  /** The body the cloud returned, with secrets removed. */
  raw: jsonSchema,
  /** True when the source told only a part (a query's columns, a state file): it never stands for a full body. */
  sparse: z.boolean().optional(),
  /** True for what the last listing of its place did not tell and an older one did: an archive carries it on as stale. */
  carried: z.boolean().optional(),
});
export type ResourceFact = z.infer<typeof resourceFactSchema>;

/** One edge between canonical ids; an end that is not a discovered resource becomes a stub. */
export const relationshipFactSchema = z.object({
  type: relationshipTypeSchema,
  from: z.string().min(1),
  to: z.string().min(1),
  /** Where in the API's answer it was read, for example `DescribeSubnets.VpcId`. */
  source: z.string(),
  confidence: z.number().min(0).max(1),
  properties: z.record(z.string(), jsonSchema),
});
export type RelationshipFact = z.infer<typeof relationshipFactSchema>;

export const coverageStatuses = [
  'complete',
  'denied',
  'throttled',
  'timed-out',
  'failed',
  'disabled',
  'truncated',
  'not-tried',
  /** An export added what it held; it does not say what else there is, so nothing ages or goes by it. */
  'partial',
] as const;
export const coverageStatusSchema = z.enum(coverageStatuses);
export type CoverageStatus = z.infer<typeof coverageStatusSchema>;

/** One cell of the coverage ledger. Only a `complete` cell may say that something is gone. */
export const coverageCellSchema = z.object({
  run: z.number().int(),
  scope: z.string(),
  region: z.string(),
  kind: z.string(),
  status: coverageStatusSchema,
  pages: z.number().int(),
  rows: z.number().int(),
  error: z.string().nullable(),
  /** The missing permission, when the cloud named one or the step declares it. */
  permission: z.string().nullable(),
  /** What would open it, where the run knew. */
  remedy: remedySchema.optional(),
  /** Nothing was listed, because a census of the cloud's own says that there is nothing: the census by its name. */
  vouchedBy: z.string().optional(),
  /** When what it saw was so, in milliseconds since 1970, if that is not when the run was: an export's own time. */
  capturedAt: z.number().optional(),
  /**
   * True for what a tool's state says: it tells what was made once, so whatever a cloud's own listing says, of any
   * time, has the last word.
   */
  secondhand: z.boolean().optional(),
});
export type CoverageCell = z.infer<typeof coverageCellSchema>;

/** A cell with what would open it, in a sentence. */
export const advisedCellSchema = coverageCellSchema.extend({ advice: z.string().optional() });
export type AdvisedCell = z.infer<typeof advisedCellSchema>;

/** What a run cost in calls to the cloud. */
export const callCountsSchema = z.object({
  made: z.number().int(),
  /** Listings that answered with nothing: what a census could have spared. */
  empty: z.number().int(),
  /** Refused because of too many calls. */
  throttled: z.number().int(),
  /** Listings not made, because a census of the cloud's own says that there is nothing. */
  spared: z.number().int(),
});
export type CallCounts = z.infer<typeof callCountsSchema>;

/** What a run was narrowed to in one of its clouds. */
export const runFocusSchema = z.object({
  cloud: cloudSchema,
  /** Only these kinds; empty for all of them. */
  kinds: z.array(z.string()),
  /** The moment in the past that was read, in milliseconds since 1970; null for what was then. */
  at: z.number().int().nullable(),
});
export type RunFocus = z.infer<typeof runFocusSchema>;

export const runSchema = z.object({
  id: z.number().int(),
  source: z.enum(['live', 'import', 'sample']),
  clouds: z.array(cloudSchema),
  status: z.enum(['running', 'complete', 'partial', 'cancelled', 'failed']),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  appVersion: z.string(),
  resources: z.number().int(),
  relationships: z.number().int(),
  cells: z.number().int(),
  /** Cells whose status is not `complete` or `disabled`. */
  incompleteCells: z.number().int(),
  /** One sentence when the run as a whole failed. */
  error: z.string().nullable(),
  /** How often it was taken up again after it had been cut off; absent when never. */
  resumed: z.number().int().optional(),
  /** What it was narrowed to, one for each connection that was; absent when all kinds of now were asked for. */
  focus: z.array(runFocusSchema).optional(),
  /** Absent where nothing was called, as for imports, or not counted. */
  calls: callCountsSchema.optional(),
});
export type Run = z.infer<typeof runSchema>;

/** A row of the estate table. */
export const resourceRowSchema = z.object({
  id: z.string(),
  cloud: cloudSchema,
  kind: z.string(),
  category: categorySchema,
  name: z.string(),
  nativeId: z.string(),
  scopeId: z.string(),
  scopeName: z.string(),
  region: z.string(),
  zone: z.string().nullable(),
  state: z.string().nullable(),
  createdAt: z.number().nullable(),
  public: z.boolean().nullable(),
  cidr: z.string().nullable(),
  ip: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  isStub: z.boolean(),
  /** The run that last saw it; older than the newest run over its cell means stale. */
  lastRun: z.number().int(),
  firstRun: z.number().int(),
  stale: z.boolean(),
  managedBy: z
    .object({ environment: z.string(), blueprint: z.string(), version: z.string(), address: z.string() })
    .nullable(),
  /** Terraform and OpenTofu states that manage it. */
  states: z.array(stateClaimSchema),
  /** True when a state manages it and the newest complete listing of its place does not have it. */
  gone: z.boolean(),
  /** Why a search matched, for example `tag env=prod`; null without a search. */
  matched: z.string().nullable(),
});
export type ResourceRow = z.infer<typeof resourceRowSchema>;

/**
 * By who manages: `managed` by an environment or a state, `unmanaged` by any, or `gone`, which states manage and a
 * complete listing does not have.
 */
export const managedFilterSchema = z.enum(['any', 'managed', 'unmanaged', 'gone']);

/** One selection over tree, table and graph. Empty lists mean "no restriction". */
export const estateFilterSchema = z.object({
  text: z.string().default(''),
  clouds: z.array(cloudSchema).default([]),
  scopes: z.array(z.string()).default([]),
  regions: z.array(z.string()).default([]),
  kinds: z.array(z.string()).default([]),
  categories: z.array(categorySchema).default([]),
  tags: z.array(z.object({ key: z.string(), value: z.string().nullable() })).default([]),
  managed: managedFilterSchema.default('any'),
  /** Managed by one of these states, by id or by name; also what is not discovered. */
  states: z.array(z.string()).default([]),
  /** Stale is what a newer listing should have shown and did not, because it could not be completed. */
  seen: z.enum(['any', 'fresh', 'stale']).default('any'),
  includeStubs: z.boolean().default(false),
  /** Only what is carried forward, because the newest run over its place could not see whether it is still there. */
  onlyStale: z.boolean().default(false),
  /** Only resources first seen or changed in runs after this one. */
  changedSinceRun: z.number().int().nullable().default(null),
  ids: z.array(z.string()).default([]),
});
export type EstateFilter = z.infer<typeof estateFilterSchema>;
export type EstateFilterInput = z.input<typeof estateFilterSchema>;

export const relationshipRowSchema = z.object({
  type: z.string(),
  direction: z.enum(['out', 'in']),
  source: z.string(),
  properties: z.record(z.string(), jsonSchema),
  other: z.object({ id: z.string(), kind: z.string(), name: z.string(), region: z.string(), isStub: z.boolean() }),
});
export type RelationshipRow = z.infer<typeof relationshipRowSchema>;

export const resourceDetailSchema = z.object({
  row: resourceRowSchema,
  raw: jsonSchema,
  relationships: z.array(relationshipRowSchema),
  /** What it manages, when it is a Terraform or OpenTofu state. */
  manages: stateContentsSchema.nullable(),
  /** Ids that its body names beyond those that became relationships: too many to be followed. */
  unfollowedReferences: z.number().int(),
  /** Per run in which its body changed, newest first. */
  history: z.array(z.object({ run: z.number().int(), at: z.number(), contentHash: z.string() })),
  /** The newest listing that looked where it lies and could not be completed, when it is stale because of one. */
  unseenBy: coverageCellSchema.nullable(),
});
export type ResourceDetail = z.infer<typeof resourceDetailSchema>;

export const estateStatsSchema = z.object({
  resources: z.number().int(),
  relationships: z.number().int(),
  scopes: z.number().int(),
  stubs: z.number().int(),
  managed: z.number().int(),
  /** What states manage and complete listings do not have. */
  gone: z.number().int(),
  stale: z.number().int(),
  byKind: z.record(z.string(), z.number().int()),
  byRelationship: z.record(z.string(), z.number().int()),
  runs: z.number().int(),
});
export type EstateStats = z.infer<typeof estateStatsSchema>;

export const scopeNodeSchema = z.object({
  id: z.string(),
  cloud: cloudSchema,
  kind: scopeKindSchema,
  name: z.string(),
  nativeId: z.string(),
  parentId: z.string().nullable(),
  resources: z.number().int(),
  regions: z.array(z.object({ region: z.string(), resources: z.number().int() })),
});
export type ScopeNode = z.infer<typeof scopeNodeSchema>;

/** A node of the drawn graph: one resource, or a counted group that can be expanded. */
export const graphViewNodeSchema = z.object({
  id: z.string(),
  label: z.string(),
  group: z.boolean(),
  count: z.number().int(),
  category: categorySchema,
  kind: z.string(),
  cloud: cloudSchema,
  scopeId: z.string(),
  region: z.string(),
  managed: z.boolean(),
  stale: z.boolean(),
  isStub: z.boolean(),
});
export const graphViewSchema = z.object({
  nodes: z.array(graphViewNodeSchema),
  edges: z.array(z.object({ from: z.string(), to: z.string(), type: z.string(), count: z.number().int() })),
  /** Resources of the selection that are not drawn because of the node limit; never hidden without this count. */
  hidden: z.number().int(),
});
export type GraphViewNode = z.infer<typeof graphViewNodeSchema>;
export type GraphView = z.infer<typeof graphViewSchema>;

export const queryResultSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), jsonSchema)),
  truncated: z.boolean(),
  milliseconds: z.number(),
  /** The nodes and relationships among the values as a picture; null when there are none. */
  drawing: graphViewSchema.nullable(),
});
export type QueryResult = z.infer<typeof queryResultSchema>;
