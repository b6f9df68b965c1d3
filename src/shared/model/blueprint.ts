import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { boundarySchema, portSchemaSchema, portsSchema, problemSchema, runnerSchema, shapeFields } from './artifact.ts';

export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes, starting with a letter.');

export const versionSchema = z
  .string()
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'Use a semantic version such as 1.2.0.');

/** `name@version` or `name@range`. */
export const useReferenceSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*@[^\s@]+$/, 'Use name@version, for example networking-vpc@1.2.0.');

/** An input of a blueprint as its author writes it. */
export const blueprintInputSchema = z.strictObject({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']),
  ...shapeFields(portSchemaSchema),
  sensitive: z.boolean().optional(),
  immutable: z.boolean().optional(),
  /** `target`: taken from the deployment's target instead of being asked for. */
  from: z.enum(['target']).optional(),
  /** set: an agent chooses; fixed: it takes the default; ask: a person fills it in on the review screen. */
  agent: z.enum(['set', 'fixed', 'ask']).optional(),
});
export type BlueprintInput = z.infer<typeof blueprintInputSchema>;

export const blueprintNodeSchema = z.strictObject({
  use: useReferenceSchema,
  set: z.record(z.string(), jsonSchema).optional(),
  after: z.array(z.string()).optional(),
  when: z.string().optional(),
});
export type BlueprintNode = z.infer<typeof blueprintNodeSchema>;

export const blueprintOutputSchema = z.strictObject({
  value: jsonSchema,
  description: z.string().optional(),
  sensitive: z.boolean().optional(),
});
export type BlueprintOutput = z.infer<typeof blueprintOutputSchema>;

/** The document `blueprints/<name>/blueprint.yaml`. */
export const blueprintDocumentSchema = z.strictObject({
  blueprint: nameSchema,
  version: versionSchema,
  summary: z.string().optional(),
  boundary: boundarySchema,
  inputs: z.record(z.string(), blueprintInputSchema).optional(),
  nodes: z.record(z.string(), blueprintNodeSchema),
  outputs: z.record(z.string(), blueprintOutputSchema).optional(),
});
export type BlueprintDocument = z.infer<typeof blueprintDocumentSchema>;

/** The document `blueprints/<name>/canvas.json`: positions only. */
export const canvasDocumentSchema = z.object({
  positions: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
});
export type CanvasDocument = z.infer<typeof canvasDocumentSchema>;

export const draftSummarySchema = z.object({
  name: z.string(),
  version: z.string(),
  summary: z.string(),
  boundary: boundarySchema,
  nodes: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  published: z.array(z.string()),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;

export const draftSchema = z.object({
  name: z.string(),
  /** The YAML text on disk. */
  text: z.string(),
  /** Null when the text does not parse as a blueprint; the problems say why. */
  document: blueprintDocumentSchema.nullable(),
  canvas: canvasDocumentSchema,
  problems: z.array(problemSchema),
  /** Digest of text and canvas; a save must name the revision it edited. */
  revision: z.string(),
});
export type Draft = z.infer<typeof draftSchema>;

/** What can be dragged on the canvas: an artifact or a published blueprint, with its ports. */
export const paletteItemSchema = z.object({
  use: z.string(),
  name: z.string(),
  version: z.string(),
  type: z.enum(['artifact', 'blueprint']),
  runner: runnerSchema.nullable(),
  boundary: boundarySchema,
  summary: z.string(),
  inputs: portsSchema,
  outputs: portsSchema,
  /** Resource types it creates with the boundary each belongs to; types that may accompany any boundary are left out. */
  creates: z.array(z.object({ type: z.string(), boundary: boundarySchema })).optional(),
});
export type PaletteItem = z.infer<typeof paletteItemSchema>;

export const audienceSchema = z.object({
  people: z.union([z.literal('everyone'), z.array(z.string())]),
  agents: z.enum(['no', 'propose']),
});
export type Audience = z.infer<typeof audienceSchema>;

/** `catalog/<name>/<version>/release.yaml`. */
export const releaseSchema = z.object({
  name: z.string(),
  version: z.string(),
  type: z.enum(['blueprint', 'artifact']),
  digest: z.string(),
  author: z.string(),
  date: z.string(),
  notes: z.string(),
  status: z.enum(['active', 'deprecated', 'withdrawn']),
  successor: z.string().nullable(),
  reason: z.string().nullable(),
  audience: audienceSchema,
  history: z.array(z.object({ date: z.string(), author: z.string(), change: z.string() })),
});
export type Release = z.infer<typeof releaseSchema>;

export const catalogEntrySchema = z.object({
  release: releaseSchema,
  boundary: boundarySchema,
  summary: z.string(),
  runner: runnerSchema.nullable(),
  /** False when the folder's digest no longer matches the release: refused everywhere. */
  intact: z.boolean(),
  usedBy: z.array(z.string()),
});
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

/** A node of `lock.yaml`: exact versions and digests; deployments run from the lock alone. */
export const lockNodeSchema = z.object({
  use: z.string(),
  type: z.enum(['artifact', 'blueprint']),
  digest: z.string(),
  /** Path of the locked sources inside the release folder. */
  path: z.string(),
});
export const lockDocumentSchema = z.object({ nodes: z.record(z.string(), lockNodeSchema) });
export type LockDocument = z.infer<typeof lockDocumentSchema>;

export const publishedBlueprintSchema = z.object({
  entry: catalogEntrySchema,
  document: blueprintDocumentSchema.nullable(),
  artifact: z.object({ inputs: portsSchema, outputs: portsSchema }).nullable(),
  lock: lockDocumentSchema.nullable(),
  inputs: portsSchema,
  outputs: portsSchema,
});
export type PublishedBlueprint = z.infer<typeof publishedBlueprintSchema>;

export const versionChangeSchema = z.object({
  path: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: jsonSchema,
  after: jsonSchema,
  /** True when environments on the older version cannot follow without work. */
  breaking: z.boolean(),
  why: z.string(),
});
export const versionDiffSchema = z.object({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  changes: z.array(versionChangeSchema),
  /** The version number the changes call for. */
  proposedVersion: z.string(),
});
export type VersionDiff = z.infer<typeof versionDiffSchema>;
