import { describe, expect, test } from 'vitest';
import type { Connection } from '#shared/model/index.ts';
import { discoverRequestOf, type DiscoverOptions } from './discover-request.ts';

const nothing: DiscoverOptions = {
  cloud: [],
  connection: [],
  profile: [],
  account: [],
  scope: [],
  region: [],
  kind: [],
};
const company: Connection = { name: 'company', cloud: 'aws', organization: true, role: 'Reader' };
const tenant: Connection = { name: 'tenant', cloud: 'azure', regions: ['westeurope'] };

describe('what discover is asked to look at', () => {
  test('without a word every connection, each with its own regions', () => {
    expect(discoverRequestOf(nothing, [company, tenant])).toEqual({
      clouds: [
        { cloud: 'aws', organization: true, role: 'Reader' },
        { cloud: 'azure', regions: ['westeurope'] },
      ],
      kinds: [],
    });
  });

  test('the credentials of the machine where nothing is configured', () => {
    expect(discoverRequestOf(nothing, []).clouds).toEqual([{ cloud: 'aws' }]);
    expect(discoverRequestOf({ ...nothing, cloud: ['azure', 'gcp'] }, [company]).clouds).toEqual([
      { cloud: 'azure' },
      { cloud: 'gcp' },
    ]);
  });

  test('the cloud of the kinds where nothing else names one', () => {
    const disks = { ...nothing, kind: ['azure.compute.disks'] };
    expect(discoverRequestOf(disks, []).clouds).toEqual([{ cloud: 'azure' }]);
    expect(discoverRequestOf({ ...disks, scope: ['s1'] }, []).clouds).toEqual([{ cloud: 'azure', scopes: ['s1'] }]);
    expect(discoverRequestOf({ ...disks, account: ['123456789012'] }, []).clouds).toMatchObject([{ cloud: 'aws' }]);
    expect(discoverRequestOf({ ...nothing, kind: ['gcp.compute.disk', 'aws.ec2.vpc'] }, []).clouds).toEqual([
      { cloud: 'aws' },
      { cloud: 'gcp' },
    ]);
  });

  test('connections by name or cloud, with the regions and kinds that are named instead', () => {
    const options = {
      ...nothing,
      connection: ['tenant'],
      region: ['northeurope'],
      kind: ['azure.network.virtualnetworks'],
    };
    expect(discoverRequestOf(options, [company, tenant])).toEqual({
      clouds: [{ cloud: 'azure', regions: ['northeurope'] }],
      kinds: ['azure.network.virtualnetworks'],
    });
    expect(discoverRequestOf({ ...nothing, cloud: ['aws'] }, [company, tenant]).clouds).toHaveLength(1);
  });

  test('options that say where to look make one part, of the cloud they belong to', () => {
    expect(discoverRequestOf({ ...nothing, account: ['123456789012'] }, [company]).clouds).toEqual([
      { cloud: 'aws', accounts: ['123456789012'] },
    ]);
    const google = { ...nothing, cloud: ['gcp' as const], scope: ['projects/shop'], accessTokenEnv: 'TOKEN', at: 5 };
    expect(discoverRequestOf(google, []).clouds).toEqual([
      { cloud: 'gcp', scopes: ['projects/shop'], accessTokenEnv: 'TOKEN', at: 5 },
    ]);
    expect(discoverRequestOf({ ...nothing, transport: 'rest' }, []).clouds).toEqual([
      { cloud: 'gcp', transport: 'rest' },
    ]);
  });

  test.each([
    [{ ...nothing, connection: ['company'], profile: ['dev'] }, /--profile does not go with it/],
    [
      { ...nothing, cloud: ['aws', 'azure'], endpoint: 'http://127.0.0.1:1' },
      /--endpoint can be said of one cloud only/,
    ],
    [{ ...nothing, cloud: ['azure'], role: 'Reader' }, /--role means nothing to azure; it is for aws/],
    [{ ...nothing, cloud: ['gcp'], externalId: 'acme-7' }, /--external-id means nothing to gcp; it is for aws/],
    [{ ...nothing, at: 5 }, /--at reads a moment in the past, which only gcp keeps, not aws/],
    [{ ...nothing, cloud: ['azure', 'gcp'], at: 5 }, /only gcp keeps, not azure/],
    [{ ...nothing, connection: ['nobody'] }, /no connection called nobody/],
  ] as [DiscoverOptions, RegExp][])('refuses what does not go together (%#)', (options, message) => {
    expect(() => discoverRequestOf(options, [company])).toThrow(message);
  });
});
