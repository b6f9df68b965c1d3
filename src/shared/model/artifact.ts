import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';

export const boundaries = [
  'networking',
  'data',
  'compute',
  'application',
  'security',
  'identity',
  'observability',
  'platform',
] as const;
export const boundarySchema = z.enum(boundaries);
export type Boundary = z.infer<typeof boundarySchema>;

export const runnerSchema = z.enum(['terraform', 'helm', 'cloudformation', 'python']);
export type Runner = z.infer<typeof runnerSchema>;

/** How a fact came to be known. `corrected` is how versions published earlier say `declared by the user`. */
const originHowSchema = z.enum(['declared', 'inferred', 'declared by the user', 'corrected', 'unknown']);

/** Where a fact of an interface comes from: `variables.tf:12`, `groundplan.yaml:4`. */
export const originSchema = z.object({
  /** How the type of a port is known. */
  how: originHowSchema,
  where: z.string(),
  /** Facts of a port that come from elsewhere than its type, by their keyword, such as `description`. */
  facts: z.record(z.string(), z.object({ how: originHowSchema, where: z.string() })).optional(),
});
export type Origin = z.infer<typeof originSchema>;

/**
 * The type of a port: a JSON Schema 2020-12 subset plus our marks.
 * An empty schema means "any". `format` may be `cidr`, `ipv4`, `arn`, …
 */
export interface PortSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null' | undefined;
  items?: PortSchema | undefined;
  /** The types of a list's first members, by their place. */
  prefixItems?: PortSchema[] | undefined;
  properties?: Record<string, PortSchema> | undefined;
  additionalProperties?: PortSchema | boolean | undefined;
  /** What the names of a map's entries have to be like. */
  propertyNames?: PortSchema | undefined;
  required?: string[] | undefined;
  enum?: z.infer<typeof jsonSchema>[] | undefined;
  const?: z.infer<typeof jsonSchema> | undefined;
  default?: z.infer<typeof jsonSchema> | undefined;
  description?: string | undefined;
  examples?: z.infer<typeof jsonSchema>[] | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  exclusiveMinimum?: number | undefined;
  exclusiveMaximum?: number | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  minProperties?: number | undefined;
  maxProperties?: number | undefined;
  uniqueItems?: boolean | undefined;
  /** It works still, and is not meant to be used any more; the description says what is instead. */
  deprecated?: boolean | undefined;
  'x-sensitive'?: boolean | undefined;
  'x-immutable'?: boolean | undefined;
  /** Never kept, neither in a state nor in a plan: given anew for each run. Implies `x-sensitive`. */
  'x-ephemeral'?: boolean | undefined;
  /** False: null may not be given. Otherwise null stands for "not set". */
  'x-nullable'?: boolean | undefined;
  'x-origin'?: Origin | undefined;
  /** Conditions that JSON Schema cannot express, as their error texts. */
  'x-conditions'?: string[] | undefined;
  /** Where an output is read after a deployment: object and path in it, for example `Service/{release}-web .spec.clusterIP`. */
  'x-reads'?: string | undefined;
}

/** What a type asks of its values, over the schema of the types inside it. */
export function shapeFields(inner: z.ZodType<PortSchema, PortSchema>) {
  return {
    items: inner.optional(),
    prefixItems: z.array(inner).optional(),
    properties: z.record(z.string(), inner).optional(),
    additionalProperties: z.union([inner, z.boolean()]).optional(),
    propertyNames: inner.optional(),
    required: z.array(z.string()).optional(),
    enum: z.array(jsonSchema).optional(),
    default: jsonSchema.optional(),
    description: z.string().optional(),
    examples: z.array(jsonSchema).optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    exclusiveMaximum: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    minProperties: z.number().optional(),
    maxProperties: z.number().optional(),
    uniqueItems: z.boolean().optional(),
  };
}

/** The fields of a port's type over the schema of the types inside it. */
export function portFields(inner: z.ZodType<PortSchema, PortSchema>) {
  return {
    type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']).optional(),
    const: jsonSchema.optional(),
    ...shapeFields(inner),
    deprecated: z.boolean().optional(),
    'x-sensitive': z.boolean().optional(),
    'x-immutable': z.boolean().optional(),
    'x-ephemeral': z.boolean().optional(),
    'x-nullable': z.boolean().optional(),
    'x-origin': originSchema.optional(),
    'x-conditions': z.array(z.string()).optional(),
    'x-reads': z.string().optional(),
  };
}

export const portSchemaSchema: z.ZodType<PortSchema, PortSchema> = z.lazy(() => z.object(portFields(portSchemaSchema)));

/** Named ports as one JSON Schema object: `properties` by port name, `required` lists those without default. */
export const portsSchema = z.object({
  type: z.literal('object'),
  properties: z.record(z.string(), portSchemaSchema),
  required: z.array(z.string()),
});
export type Ports = z.infer<typeof portsSchema>;

export const requirementSchema = z.object({
  /** `export`: an output that another stack must have exported; `capability`: a consent CloudFormation asks for. */
  kind: z.enum(['tool', 'provider', 'backend', 'module', 'transform', 'capability', 'export', 'package', 'chart']),
  name: z.string(),
  version: z.string().nullable(),
  origin: originSchema,
});
export type Requirement = z.infer<typeof requirementSchema>;

/** A piece of infrastructure code in normal form, whatever tool made it. */
export const artifactSchema = z.object({
  name: z.string(),
  version: z.string(),
  runner: runnerSchema,
  boundary: boundarySchema,
  summary: z.string(),
  /** `sha256:…` over the sources that matter. */
  digest: z.string(),
  /** Path of the sources relative to the workspace. */
  source: z.string(),
  inputs: portsSchema,
  outputs: portsSchema,
  requires: z.array(requirementSchema),
  /** Resource types it creates, with how many blocks of each. */
  creates: z.record(z.string(), z.number().int()),
  /** Other artifacts or modules it calls. */
  dependencies: z.array(z.object({ name: z.string(), source: z.string() })),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** Something found in a user's file: always what, where, and what to do. */
export const problemSchema = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  advice: z.string().nullable(),
  /** File relative to the workspace or the imported folder. */
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  /** Path of the field in a document, for example `nodes.database.set.password`. */
  field: z.string().nullable(),
  /** The canvas node it belongs to. */
  node: z.string().nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A piece of code under a path that somebody wants to import, as it would stand in the workspace. */
export const foundPieceSchema = z.object({
  /** The path as it was given. */
  path: z.string(),
  /** Where it lies below that path: `modules/vpc`, `templates/queue.yaml`; `.` for itself. */
  piece: z.string(),
  runner: runnerSchema,
  name: z.string(),
  /** Null when it cannot be an artifact; the problems say why. */
  artifact: artifactSchema.nullable(),
  /** In words, what the boundary follows from. */
  boundaryBecause: z.string(),
  /** Files are relative to the piece. */
  problems: z.array(problemSchema),
  /**
   * What the workspace has under this name: the same code, code imported earlier from the same place, such code that
   * was edited since, or other code.
   */
  existing: z.enum(['none', 'same', 'earlier', 'edited', 'other']),
});
export type FoundPiece = z.infer<typeof foundPieceSchema>;

export const importReportSchema = z.object({
  imported: z.array(artifactSchema),
  /** Names of those whose code took the place of what was imported earlier. */
  updated: z.array(z.string()),
  problems: z.array(problemSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;
