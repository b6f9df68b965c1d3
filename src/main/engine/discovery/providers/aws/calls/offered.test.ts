import { expect, test } from 'vitest';
import { AwsCallError } from './aws-error.ts';
import { classifyAwsError } from './errors.ts';
import { unlessNotOffered } from './offered.ts';

const unknownHost = (hostname: string) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });

/** Answers what a failed call to a host means, and which hosts were looked for to find out. */
async function meaning(hostname: string, region: string, { up = true, endpoint = null as string | null } = {}) {
  const looked: string[] = [];
  const resolves = (host: string): Promise<boolean> => {
    looked.push(host);
    return Promise.resolve(up);
  };
  const cause = await unlessNotOffered(unknownHost(hostname), { endpoint, resolves }, region);
  const place = { account: 'shop', region, endpoint: endpoint ?? 'AWS' };
  return { looked, failure: classifyAwsError(new AwsCallError('eks:ListClusters', cause), place) };
}

test('a service that is not in a region is told as not offered, and the others there are asked', async () => {
  const { looked, failure } = await meaning('eks.mx-central-1.amazonaws.com', 'mx-central-1');
  expect(looked).toEqual(['ec2.mx-central-1.amazonaws.com']);
  expect(failure).toEqual({
    status: 'disabled',
    message: 'eks:ListClusters in shop, mx-central-1: AWS does not offer this service here.',
    permission: null,
    unreachable: false,
  });
});

test.each([
  ['cloudfront.us-gov-west-1.amazonaws.com', 'ec2.us-gov-west-1.amazonaws.com'],
  ['cloudfront.cn-northwest-1.amazonaws.com.cn', 'ec2.cn-north-1.amazonaws.com.cn'],
  ['cloudfront.amazonaws.com', 'ec2.us-east-1.amazonaws.com'],
])('of a global service, %s, the partition tells what else is asked', async (host, ec2) => {
  const { looked, failure } = await meaning(host, 'global');
  expect(looked).toEqual([ec2]);
  expect(failure.status).toBe('disabled');
});

test('a network that resolves nothing stays unreachable', async () => {
  const { failure } = await meaning('eks.eu-west-1.amazonaws.com', 'eu-west-1', { up: false });
  expect(failure).toMatchObject({ status: 'failed', unreachable: true });
});

test('another endpoint than that of AWS is whatever it is', async () => {
  const { looked, failure } = await meaning('no.example', 'eu-west-1', { endpoint: 'http://no.example' });
  expect(looked).toEqual([]);
  expect(failure).toMatchObject({ status: 'failed', unreachable: true });
});
