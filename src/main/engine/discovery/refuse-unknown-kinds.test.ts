import { expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { discoverRequestSchema, type DiscoverableCloud } from '#shared/model/index.ts';
import { allSteps } from './providers/gcp/steps.ts';
import { awsSteps } from './providers/aws/steps.ts';
import { azureSteps } from './providers/azure/steps.ts';
import { refuseUnknownKinds } from './refuse-unknown-kinds.ts';

const makers = [
  { cloud: 'aws' as const, steps: awsSteps.map(({ declaration }) => declaration) },
  { cloud: 'azure' as const, steps: azureSteps.map(({ declaration }) => declaration) },
  { cloud: 'gcp' as const, steps: allSteps.map(({ declaration }) => declaration) },
];

function refusal(clouds: readonly DiscoverableCloud[], ...kinds: string[]): AppError | null {
  const request = discoverRequestSchema.parse({ clouds: clouds.map((cloud) => ({ cloud })), kinds });
  try {
    refuseUnknownKinds(request, makers);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

test('kinds that a cloud makes, parts of others and what Azure and Google keep among the rest are taken', () => {
  expect(refusal(['aws'], 'aws.ec2.vpc')).toBeNull();
  expect(refusal(['aws', 'azure'], 'azure.network.routetables.routes', 'azure.insights.components')).toBeNull();
  expect(refusal(['gcp'], 'gcp.redis.instance')).toBeNull();
  expect(refusal(['aws'])).toBeNull();
});

test('a kind that nothing makes is refused with the nearest ones and where all are listed', () => {
  const error = refusal(['aws'], 'aws.ec2.vpc', 'aws.ec2.vpcs');
  expect(error).toMatchObject({ code: 'bad-input', details: { kind: 'aws.ec2.vpcs', clouds: ['aws'] } });
  expect(error?.advice).toMatch(/^The nearest are aws\.ec2\.vpc, aws\.ec2\..*docs\/coverage\.md\.$/);
  expect(refusal(['azure', 'gcp'], 'nonsense')?.advice).toBe('All kinds are listed in docs/coverage.md.');
});

test('a kind of a cloud that is not asked is refused with the cloud it is of', () => {
  expect(refusal(['aws'], 'azure.compute.disks')?.advice).toContain('add --cloud azure');
});

test('a kind that a connection keeps has to be one of its own cloud', () => {
  const clouds = [{ cloud: 'aws' as const, kinds: ['azure.compute.disks'] }, { cloud: 'azure' as const }];
  expect(() => refuseUnknownKinds({ clouds, kinds: [] }, makers)).toThrow(
    'Nothing that is asked makes the kind azure.compute.disks: aws has none.',
  );
  expect(() => refuseUnknownKinds({ clouds: clouds.slice(1), kinds: [] }, makers)).not.toThrow();
});
