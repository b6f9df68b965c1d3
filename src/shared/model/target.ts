import { z } from 'zod';

export const awsAccountSchema = z.string().regex(/^\d{12}$/, 'An AWS account is twelve digits.');

const awsTargetSchema = z.object({
  cloud: z.literal('aws'),
  account: awsAccountSchema,
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'An AWS region looks like eu-west-1.'),
});

const azureTargetSchema = z.object({
  cloud: z.literal('azure'),
  account: z
    .string()
    .regex(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      'An Azure subscription looks like 0b1f6471-1bf0-4dda-aec3-cb9272f09590, in lower case.',
    ),
  region: z.string().regex(/^[a-z][a-z0-9]+$/, 'An Azure location looks like westeurope.'),
});

const gcpTargetSchema = z.object({
  cloud: z.literal('gcp'),
  account: z
    .string()
    .regex(
      /^([a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      'A Google Cloud project is 6 to 30 lower-case letters, digits and dashes.',
    ),
  region: z.string().regex(/^[a-z]+-[a-z]+\d+$/, 'A Google Cloud region looks like europe-west1.'),
});

/** Where an environment runs. `account` is what the cloud bills by: an account, a subscription's id, a project's id. */
export const targetSchema = z.discriminatedUnion('cloud', [awsTargetSchema, azureTargetSchema, gcpTargetSchema]);
export type Target = z.infer<typeof targetSchema>;
export type TargetCloud = Target['cloud'];

/** What is wrong with each part of a target as it was typed, by name of the part. */
export interface TargetProblems {
  readonly account: string | null;
  readonly region: string | null;
}

export const targetClouds = ['aws', 'azure', 'gcp'] as const satisfies readonly TargetCloud[];
export const targetCloudSchema = z.enum(targetClouds);

/** How people of each cloud call it, an account of it and a region of it. */
export const targetWords: Readonly<
  Record<
    TargetCloud,
    { readonly cloud: string; readonly account: string; readonly region: string; readonly example: string }
  >
> = {
  aws: { cloud: 'AWS', account: 'account', region: 'region', example: 'aws/123456789012/eu-west-1' },
  azure: {
    cloud: 'Azure',
    account: 'subscription',
    region: 'location',
    example: 'azure/0b1f6471-1bf0-4dda-aec3-cb9272f09590/westeurope',
  },
  gcp: { cloud: 'Google Cloud', account: 'project', region: 'region', example: 'gcp/shop-prod/europe-west1' },
};

/** The id of the target's account on the map, such as `azure:subscription:…`. */
export function targetScopeId({ cloud, account }: Target): string {
  return `${cloud}:${targetWords[cloud].account}:${account}`;
}

/** A target as it was typed. The ids of Azure mean the same in any case, and its locations are typed as they are shown. */
export function typedTarget(
  cloud: TargetCloud,
  account: string,
  region: string,
): { readonly target: Target | null; readonly problems: TargetProblems } {
  const plain = (text: string): string => (cloud === 'azure' ? text.trim().toLowerCase() : text.trim());
  const typed = { cloud, account: plain(account), region: plain(region).replaceAll(' ', '') };
  const parsed = targetSchema.safeParse(typed);
  const problemOf = (part: string): string | null =>
    parsed.error?.issues.find(({ path }) => path[0] === part)?.message ?? null;
  return {
    target: parsed.success ? parsed.data : null,
    problems: { account: problemOf('account'), region: problemOf('region') },
  };
}
