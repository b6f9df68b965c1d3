import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';

// What the sample is there to show, seen as a newcomer without a cloud sees it.
let shell: Shell;

beforeAll(async () => {
  shell = await openShell();
  await run('sample');
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const run = (...args: string[]) => shell.run(['--workspace', path.join(shell.folder, 'shop'), ...args]);

async function answer<Answer>(...args: string[]): Promise<Answer> {
  const result = await run(...args, '--json');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return result.json() as Answer;
}

interface Found {
  readonly rows: readonly { readonly name: string; readonly kind: string; readonly nativeId: string }[];
}

test('everything was looked at, and most kinds that the map knows of AWS are there', async () => {
  const { cells } = await answer<{ cells: { status: string }[] }>('coverage');
  expect([...new Set(cells.map(({ status }) => status))]).toEqual(['complete']);
  const { byKind } = await answer<{ byKind: Record<string, number> }>('graph', 'stats');
  expect(Object.keys(byKind).filter((kind) => kind.startsWith('aws.')).length).toBeGreaterThan(65);
});

test('one pattern runs in two regions of production', async () => {
  const { stdout } = await run('pattern', 'find');
  expect(stdout).toMatch(/storefront in production/);
});

test('a state manages the hub, one subnet of it is gone, and a stack manages what it made', async () => {
  const managed = await answer<Found>('graph', 'find', '--managed', 'managed');
  expect(managed.rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['hub-us-east-1', 'hub-us-east-1-private-a', 'hub-us-east-1-nat']),
  );
  const gone = await answer<Found>('graph', 'find', '--managed', 'gone');
  expect(gone.rows.map(({ nativeId }) => nativeId)).toEqual(['subnet-0c4f1e5d7a9b83210']);
  const stacks = await answer<{ rows: { name: string }[] }>(
    'graph',
    'query',
    "MATCH (r:Resource)-[:MANAGED_BY]->(s:Resource) WHERE s.kind = 'aws.cloudformation.stack' RETURN r.name AS name",
  );
  expect(stacks.rows.map(({ name }) => name).sort()).toEqual(
    ['eu-west-1', 'us-east-1'].flatMap((region) => [`baseline-${region}-findings`, `baseline-${region}-notices`]),
  );
});

test('a network that nobody mapped is a stub at the end of a peering', async () => {
  const { rows } = await answer<{ rows: { id: string }[] }>(
    'graph',
    'query',
    'MATCH (p:Resource)-[:PEERED_WITH]->(r:Resource) WHERE r.is_stub RETURN r.id AS id',
  );
  expect(rows.map(({ id }) => id.replace(/vpc-\w+$/, 'vpc'))).toEqual(['arn:aws:ec2:us-east-1:444455556666:vpc/vpc']);
});

test('a forgotten machine stands open to the internet', async () => {
  const { rows } = await answer<Found>('graph', 'find', 'debug-box');
  const [machine] = rows.filter(({ kind }) => kind === 'aws.ec2.instance');
  const exposed = await answer<{ resources: { verdict: string; ways: { ports: string[] }[] }[] }>(
    'graph',
    'exposed',
    machine?.nativeId ?? '',
  );
  expect(exposed.resources).toMatchObject([{ ways: [{ ports: ['22/tcp'] }] }]);
});
