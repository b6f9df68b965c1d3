import { expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { discoverRequestSchema, type ScopeFact } from '#shared/model/index.ts';
import type { CloudProvider, ProviderConnection } from './cloud-provider.ts';
import { connectClouds } from './connect-clouds.ts';
import { failedTask } from './failed-task.ts';

const never = new AbortController().signal;
const both = discoverRequestSchema.parse({ clouds: [{ cloud: 'aws' }, { cloud: 'azure' }], kinds: ['aws.ec2.vpc'] });

function scope(id: string): ScopeFact {
  return { id, cloud: 'other', kind: 'account', name: id, nativeId: id, parentId: null };
}

/** A provider that only connects, or fails to. */
function provider<Cloud extends 'aws' | 'azure'>(
  cloud: Cloud,
  outcome: ProviderConnection | AppError,
): CloudProvider<Cloud> {
  return {
    cloud,
    steps: [],
    policy: () => ({ cloud, title: '', text: '' }),
    advise: () => ({ text: '', copy: '' }),
    sources: () => Promise.resolve([]),
    connect: () => (outcome instanceof AppError ? Promise.reject(outcome) : Promise.resolve(outcome)),
  };
}

function connection(cloud: 'aws' | 'azure', closed: string[]): ProviderConnection {
  const failure = { status: 'denied', message: 'no', permission: null, unreachable: false } as const;
  return {
    scopes: [scope(cloud)],
    plan: ({ kinds }) =>
      Promise.resolve(
        kinds.map((kind) => failedTask({ cloud, scope: cloud, scopeName: cloud, region: 'global' }, kind, failure)),
      ),
    close: () => closed.push(cloud),
  };
}

test('the cells of every cloud are laid out together, for the kinds that were asked for', async () => {
  const closed: string[] = [];
  const connected = await connectClouds(
    { aws: provider('aws', connection('aws', closed)), azure: provider('azure', connection('azure', closed)) },
    both,
    never,
  );
  expect(connected.scopes.map(({ id }) => id)).toEqual(['aws', 'azure']);
  const tasks = await connected.plan({ earlier: [], mayHold: () => true, signal: never });
  expect(tasks.map(({ declaration }) => `${declaration.cloud} ${declaration.kinds.join()}`)).toEqual([
    'aws aws.ec2.vpc',
    'azure aws.ec2.vpc',
  ]);
  connected.close();
  expect(closed).toEqual(['aws', 'azure']);
});

test('each part lists its own kinds, unless the request names some for all of them', async () => {
  const clouds = [
    { cloud: 'aws', kinds: ['aws.sqs.queue'] },
    { cloud: 'azure', kinds: ['azure.compute.disks'] },
  ];
  const kindsFor = async (kinds: readonly string[]): Promise<string[]> => {
    const connected = await connectClouds(
      { aws: provider('aws', connection('aws', [])), azure: provider('azure', connection('azure', [])) },
      discoverRequestSchema.parse({ clouds, kinds }),
      never,
    );
    const tasks = await connected.plan({ earlier: [], mayHold: () => true, signal: never });
    return tasks.map(({ places: [place], declaration }) => `${place.scope} ${declaration.kinds.join()}`);
  };
  expect(await kindsFor([])).toEqual(['aws aws.sqs.queue', 'azure azure.compute.disks']);
  expect(await kindsFor(['aws.ec2.vpc'])).toEqual(['aws aws.ec2.vpc', 'azure aws.ec2.vpc']);
});

test('a cloud that cannot be entered is a cell that says so, and the others go on', async () => {
  const connected = await connectClouds(
    {
      aws: provider('aws', connection('aws', [])),
      azure: provider('azure', new AppError('credentials-expired', 'The token has expired.')),
    },
    both,
    never,
  );
  const [failed, ...rest] = await connected.plan({ earlier: [], mayHold: () => true, signal: never });
  expect(failed?.places[0]).toEqual({ scope: 'azure:connection', scopeName: 'azure', region: 'global' });
  expect(failed?.failure).toMatchObject({ status: 'denied', message: 'The token has expired.' });
  expect(rest).toHaveLength(1);
});

test('nothing at all to enter is an error, and so is a cloud this version does not know', async () => {
  const broken = new AppError('access-denied', 'Not you.');
  const providers = { aws: provider('aws', broken) };
  await expect(
    connectClouds(providers, discoverRequestSchema.parse({ clouds: [{ cloud: 'aws' }] }), never),
  ).rejects.toBe(broken);
  await expect(
    connectClouds(providers, discoverRequestSchema.parse({ clouds: [{ cloud: 'gcp' }] }), never),
  ).rejects.toMatchObject({ code: 'bad-input' });
});
