import { describe, expect, test } from 'vitest';
import type { Connection, DiscoverRequest, Run, ScopeFact } from '#shared/model/index.ts';
import {
  changedConnections,
  changedScopes,
  connectionsOf,
  findResumable,
  refuseForeignEndpoints,
} from './resume-run.ts';

const shop: Connection = { name: 'shop', cloud: 'aws', profiles: ['shop'], regions: ['eu-west-1'] };
const bank: Connection = { name: 'bank', cloud: 'gcp', scopes: ['projects/bank'] };
const request: DiscoverRequest = {
  clouds: [
    { cloud: 'aws', profiles: ['shop'], regions: ['eu-west-1'] },
    { cloud: 'gcp', scopes: ['projects/bank'], at: 5 },
  ],
  kinds: [],
};

function run(id: number, rest: Partial<Run>): Run {
  return {
    id,
    source: 'live',
    clouds: ['aws'],
    status: 'cancelled',
    startedAt: 1,
    finishedAt: 2,
    appVersion: '1',
    resources: 0,
    relationships: 0,
    cells: 3,
    incompleteCells: 2,
    error: null,
    ...rest,
  };
}

function factsOf(...runs: readonly Run[]) {
  return {
    runs: () => Promise.resolve(runs),
    runRequest: (id: number) => Promise.resolve(id === 1 ? null : { request, connections: [] }),
  };
}

describe('the run to go on with', () => {
  test('is the newest, when it was cancelled or cut off', async () => {
    expect(await findResumable(factsOf(run(3, {}), run(2, {})), null)).toMatchObject({ run: { id: 3 } });
    expect(await findResumable(factsOf(run(3, { status: 'failed' })), 3)).toMatchObject({ run: { id: 3 } });
  });

  test.each<[string, readonly Run[], number | null, string]>([
    ['none', [], null, 'There is nothing to resume: nothing was mapped yet.'],
    ['one that never was', [run(2, {})], 9, 'There is no run 9.'],
    ['a complete one', [run(2, { status: 'complete' })], null, 'it came to its end with everything looked at'],
    ['one with gaps', [run(2, { status: 'partial' })], null, 'what it could not look at (2) is a new run’s'],
    ['an import', [run(2, { source: 'import' })], null, 'it read no cloud'],
    ['one before the newest', [run(3, {}), run(2, {})], 2, 'run 3 has begun after it, and is newer'],
    ['one of an earlier version', [run(1, {})], null, 'what was asked of it was not kept'],
  ])('is not %s', async (_what, runs, wanted, why) => {
    await expect(findResumable(factsOf(...runs), wanted)).rejects.toThrow(why);
  });
});

describe('an address that a run asked', () => {
  const asking = (endpoint?: string): DiscoverRequest => ({
    clouds: [{ cloud: 'aws', ...(endpoint === undefined ? {} : { endpoint }) }],
    kinds: [],
  });

  test('and no connection names gets no credentials', () => {
    expect(() => refuseForeignEndpoints(asking('https://aws.example.org'), [shop])).toThrow(
      'The run would ask https://aws.example.org, which no connection of this workspace names.',
    );
    expect(() => refuseForeignEndpoints(asking('https://127.0.0.1.example.org'), [shop])).toThrow('no connection');
    expect(() =>
      refuseForeignEndpoints(asking('https://aws.example.org'), [{ ...bank, endpoint: 'https://aws.example.org' }]),
    ).toThrow('no connection');
  });

  test.each<[string, string | undefined, readonly Connection[]]>([
    ['the cloud itself', undefined, []],
    ['this machine', 'http://127.0.0.1:5000', []],
    ['what a connection names', 'https://aws.example.org', [{ ...shop, endpoint: 'https://aws.example.org' }]],
  ])('is asked again when it is %s', (_what, endpoint, connections) => {
    expect(() => refuseForeignEndpoints(asking(endpoint), connections)).not.toThrow();
  });
});

describe('the connections', () => {
  test('that a request is made of are known by where they look', () => {
    expect(connectionsOf(request, [shop, bank])).toEqual(['shop', 'bank']);
    expect(connectionsOf(request, [{ ...shop, regions: [] }])).toEqual([]);
  });

  test('are told when they changed, went or came since', () => {
    const asked = { request, connections: ['shop', 'bank'] };
    expect(changedConnections(asked, [shop, bank])).toEqual([]);
    expect(changedConnections({ request, connections: [] }, [shop])).toEqual([]);
    expect(
      changedConnections(asked, [
        { ...shop, regions: ['eu-west-2'] },
        { ...bank, name: 'other', scopes: [] },
      ]),
    ).toEqual([
      'The connection shop was changed since: what is left is mapped as it was asked for then.',
      'The connection bank was taken away since: what is left is mapped as it was asked for then.',
      'The connection other is not part of this run; a new run maps it.',
    ]);
  });
});

describe('the credentials', () => {
  const account = (id: string): ScopeFact => ({
    id: `aws:account:${id}`,
    cloud: 'aws',
    kind: 'account',
    name: `account ${id}`,
    nativeId: id,
    parentId: null,
  });

  test('that lead to the same places need no word', () => {
    expect(changedScopes(7, [account('1')], [account('1')])).toEqual([]);
    expect(changedScopes(7, [], [account('1')])).toEqual([]);
  });

  test('that lead to fewer or more are told', () => {
    expect(changedScopes(7, [account('1'), account('2')], [account('2'), account('3')])).toEqual([
      'Not reached with the credentials of now: account 1. Their listings stay open.',
      'Reached with the credentials of now, and not when the run began: account 3.',
    ]);
  });

  test('that lead elsewhere end it', () => {
    expect(() => changedScopes(7, [account('1')], [account('2')])).toThrow(
      'The credentials lead elsewhere now: run 7 looked at account 1, they open account 2.',
    );
  });
});
