import { z } from 'zod';
import { coverageStatusSchema, runSchema } from './estate.ts';

/** What a user asks discovery to look at. Regions empty means all enabled regions. */
export const discoverRequestSchema = z.object({
  clouds: z.array(z.enum(['aws'])).min(1),
  profiles: z.array(z.string()).default([]),
  organization: z.boolean().default(false),
  accounts: z.array(z.string().regex(/^\d{12}$/, 'An AWS account is twelve digits.')).default([]),
  /** The role to assume in listed or member accounts, by name. */
  role: z.string().default('OrganizationAccountAccessRole'),
  regions: z.array(z.string()).default([]),
  endpoint: z.url().nullable().default(null),
});
export type DiscoverRequest = z.infer<typeof discoverRequestSchema>;
export type DiscoverRequestInput = z.input<typeof discoverRequestSchema>;

export const runProgressSchema = z.object({
  run: runSchema,
  phase: z.enum(['accounts', 'regions', 'listing', 'writing', 'graph', 'done']),
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
});
export type RunProgress = z.infer<typeof runProgressSchema>;

/** How credentials for a cloud can be had on this machine. */
export const cloudSourceSchema = z.object({
  cloud: z.enum(['aws']),
  kind: z.enum(['profile', 'environment']),
  name: z.string(),
  region: z.string().nullable(),
});
export type CloudSource = z.infer<typeof cloudSourceSchema>;

/** One discovery step as data: what it reads, what it makes, what it needs. */
export const stepDeclarationSchema = z.object({
  id: z.string(),
  cloud: z.enum(['aws']),
  kinds: z.array(z.string()),
  relationships: z.array(z.string()),
  permissions: z.array(z.string()),
  global: z.boolean(),
});
export type StepDeclaration = z.infer<typeof stepDeclarationSchema>;
