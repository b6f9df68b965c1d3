import { z } from 'zod';
import { coverageStatusSchema, runSchema } from './estate.ts';
import { readingProgressSchema } from './imports.ts';

/** The clouds that discovery can look at. */
export const discoverableClouds = ['aws', 'azure', 'gcp'] as const;
export const discoverableCloudSchema = z.enum(discoverableClouds, `Give one of ${discoverableClouds.join(', ')}.`);
export type DiscoverableCloud = z.infer<typeof discoverableCloudSchema>;

/** The region of a coverage cell whose listing covers every region of its scope at once. */
export const allRegions = '*';

/** A region as any of the clouds writes it; which ones there are is the cloud's to say. */
export const regionNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    'A region looks like eu-west-1 (AWS), westeurope (Azure) or europe-west1 (Google Cloud).',
  );

/** Only these kinds, such as `azure.compute.disks`; empty or absent means all of them. */
const narrowedKinds = z.array(z.string().min(1)).optional();

const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Give the name of an environment variable.');

/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const awsExternalIdSchema = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,1224}$/, 'An external id has 2 to 1,224 letters, digits and + = , . @ : / -.');

/** Where to look in AWS. No accounts and no organisation means the caller's own account. */
const awsPlaces = z.object({
  profiles: z.array(z.string()).optional(),
  organization: z.boolean().optional(),
  accounts: z.array(z.string().regex(/^\d{12}$/, 'An AWS account is twelve digits.')).optional(),
  /** Accounts or organisational units (`ou-…`) of the organisation to keep to. */
  scopes: z
    .array(z.string().regex(/^(\d{12}|ou-[a-z0-9-]+|r-[a-z0-9]+)$/, 'Give an account or an organisational unit.'))
    .optional(),
  /** The role to assume in listed or member accounts, by name. */
  role: z.string().optional(),
  /** What the trust policies of these roles ask for besides: an external id. It is no secret. */
  externalId: awsExternalIdSchema.optional(),
  regions: z.array(z.string()).optional(),
  kinds: narrowedKinds,
  endpoint: z.string().optional(),
});

/** Where to look in Azure. No scopes means every subscription the caller sees. */
const azurePlaces = z.object({
  /** Subscription or management group ids. */
  scopes: z.array(z.string().min(1)).optional(),
  regions: z.array(z.string()).optional(),
  kinds: narrowedKinds,
  endpoint: z.string().optional(),
  /** The environment variable that holds a bearer token; without it the default chain of the machine is asked. */
  accessTokenEnv: environmentName.optional(),
});

/** Where to look in Google Cloud: `organizations/N`, `folders/N` or `projects/ID`. */
const gcpPlaces = z.object({
  scopes: z
    .array(
      z
        .string()
        .regex(/^(organizations|folders|projects)\/[^/\s]+$/, 'Give organizations/N, folders/N or projects/ID.'),
    )
    .optional(),
  regions: z.array(z.string()).optional(),
  kinds: narrowedKinds,
  endpoint: z.string().optional(),
  accessTokenEnv: environmentName.optional(),
  /** Which transport of the client to use. */
  transport: z.enum(['grpc', 'rest']).optional(),
});

/** A connection's name: one line, as it goes into lists, files and timers of the system. */
export const connectionNameSchema = z
  .string()
  .regex(/^\P{Cc}*$/u, 'A name is one line without tabs, line ends or other control characters.');

/** A connection as `groundplan.yaml` keeps it: names only, never secrets. */
export const connectionSchema = z.discriminatedUnion('cloud', [
  z.strictObject({ name: connectionNameSchema, cloud: z.literal('aws'), ...awsPlaces.shape }),
  z.strictObject({ name: connectionNameSchema, cloud: z.literal('azure'), ...azurePlaces.shape }),
  z.strictObject({ name: connectionNameSchema, cloud: z.literal('gcp'), ...gcpPlaces.shape }),
]);
export type Connection = z.infer<typeof connectionSchema>;

const awsRequestSchema = z.object({ cloud: z.literal('aws'), ...awsPlaces.shape });
const azureRequestSchema = z.object({ cloud: z.literal('azure'), ...azurePlaces.shape });
const gcpRequestSchema = z.object({
  cloud: z.literal('gcp'),
  ...gcpPlaces.shape,
  /** A moment in the past to read, in milliseconds since 1970; Google keeps 35 days. Of a run, never of a connection. */
  at: z.number().int().optional(),
});
export type AwsRequest = z.infer<typeof awsRequestSchema>;
export type AzureRequest = z.infer<typeof azureRequestSchema>;
export type GcpRequest = z.infer<typeof gcpRequestSchema>;

/** Where to look in one cloud. */
export const cloudRequestSchema = z.discriminatedUnion('cloud', [
  awsRequestSchema,
  azureRequestSchema,
  gcpRequestSchema,
]);
export type CloudRequest = z.infer<typeof cloudRequestSchema>;

/** What a user asks discovery to look at: one part for each connection or cloud. */
export const discoverRequestSchema = z.object({
  clouds: z.array(cloudRequestSchema).min(1),
  /** Only these kinds, in place of those that the parts name; empty leaves it to each part. */
  kinds: z.array(z.string()).default([]),
});
export type DiscoverRequest = z.infer<typeof discoverRequestSchema>;
export type DiscoverRequestInput = z.input<typeof discoverRequestSchema>;

export const runProgressSchema = z.object({
  run: runSchema,
  phase: z.enum(['accounts', 'regions', 'listing', 'reading', 'writing', 'graph', 'done']),
  /** One row per account × region, in a stable order. */
  cells: z.array(
    z.object({
      scope: z.string(),
      scopeName: z.string(),
      region: z.string(),
      done: z.number().int(),
      total: z.number().int(),
      resources: z.number().int(),
      worst: coverageStatusSchema.nullable(),
      doing: z.string().nullable(),
    }),
  ),
  /** Of an import: how far its files are read. */
  reading: readingProgressSchema.optional(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

/** How credentials for a cloud can be had on this machine. */
export const cloudSourceSchema = z.object({
  cloud: discoverableCloudSchema,
  /** `default` is the chain a cloud's own tools sign in by, such as `az login`. */
  kind: z.enum(['profile', 'environment', 'default']),
  name: z.string(),
  region: z.string().nullable(),
});
export type CloudSource = z.infer<typeof cloudSourceSchema>;

/** One discovery step as data: what it reads, what it makes, what it needs. */
export const stepDeclarationSchema = z.object({
  id: z.string(),
  cloud: discoverableCloudSchema,
  kinds: z.array(z.string()),
  /** Kinds that lie in the bodies of those and stand in their cells, such as the subnets of a network. */
  parts: z.array(z.string()).optional(),
  relationships: z.array(z.string()),
  permissions: z.array(z.string()),
  /** Services of the cloud that must be switched on, such as `cloudasset.googleapis.com`. */
  apis: z.array(z.string()),
  global: z.boolean(),
});
export type StepDeclaration = z.infer<typeof stepDeclarationSchema>;

/** The least that a cloud's steps need, in the cloud's own form, to copy. */
export const accessPolicySchema = z.object({
  cloud: discoverableCloudSchema,
  title: z.string(),
  text: z.string(),
});
export type AccessPolicy = z.infer<typeof accessPolicySchema>;
