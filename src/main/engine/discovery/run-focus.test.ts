import { expect, test } from 'vitest';
import { discoverRequestSchema } from '#shared/model/index.ts';
import { focusOf } from './run-focus.ts';

const clouds = [
  { cloud: 'aws' },
  { cloud: 'azure', kinds: ['azure.compute.disks'] },
  { cloud: 'gcp', scopes: ['projects/shop'], at: 1_790_000_000_000 },
];

test('tells the kinds that a connection keeps and the moment that was read, and nothing of what asked for all', () => {
  expect(focusOf(discoverRequestSchema.parse({ clouds }))).toEqual([
    { cloud: 'azure', kinds: ['azure.compute.disks'], at: null },
    { cloud: 'gcp', kinds: [], at: 1_790_000_000_000 },
  ]);
  expect(focusOf(discoverRequestSchema.parse({ clouds: clouds.slice(0, 1) }))).toEqual([]);
});

test('kinds of the whole request count in place of those, each for its own cloud', () => {
  const kinds = ['aws.ec2.vpc', 'gcp.compute.network'];
  expect(focusOf(discoverRequestSchema.parse({ clouds, kinds }))).toEqual([
    { cloud: 'aws', kinds: ['aws.ec2.vpc'], at: null },
    { cloud: 'gcp', kinds: ['gcp.compute.network'], at: 1_790_000_000_000 },
  ]);
});
