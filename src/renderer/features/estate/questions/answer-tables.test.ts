import { expect, test } from 'vitest';
import type { ChainLink, ExposureAnswer } from '#shared/model/index.ts';
import { tableOfDependents, tableOfExposure, tableOfPaths } from './answer-tables.ts';

const place = { category: 'machine', scopeId: 's', region: 'r', isStub: false, stale: false } as const;
const subnet = { ...place, id: 'arn:subnet', name: 'a', kind: 'aws.ec2.subnet' };
const link: ChainLink = { ...subnet, type: 'IN_NETWORK', forward: false, words: 'web lies in a' };

test('a blast radius has one row for each resource, with why and over which relationship', () => {
  const affected = [{ ...subnet, hops: 1, managedBy: 'eu', chain: [link] }];
  expect(tableOfDependents({ affected }).rows).toEqual([
    {
      hops: 1,
      kind: 'aws.ec2.subnet',
      name: 'a',
      scope: 's',
      region: 'r',
      id: 'arn:subnet',
      'managed by': 'eu',
      because: 'web lies in a (IN_NETWORK)',
    },
  ]);
});

test('what is exposed has a row for each way in, and one where there is none', () => {
  const told = (text: string) => [{ text, id: 'x' }];
  const resources: ExposureAnswer['resources'] = [
    {
      ...subnet,
      verdict: 'open',
      evidence: [],
      ways: [
        { ports: ['443/tcp'], evidence: told('a rule'), notWeighed: [] },
        { ports: null, evidence: told('another'), notWeighed: told('a firewall') },
      ],
    },
    { ...subnet, verdict: 'closed', ways: [], evidence: told('no route') },
  ];
  expect(
    tableOfExposure({ resources }).rows.map((row) => [
      row['verdict'],
      row['ports'],
      row['because'],
      row['not weighed'],
    ]),
  ).toEqual([
    ['open', '443/tcp', 'a rule', ''],
    ['open', 'not told by the map', 'another', 'a firewall'],
    ['closed', '', 'no route', ''],
  ]);
});

test('ways are numbered with their steps', () => {
  const rows = tableOfPaths({ paths: [[link, link], [link]] }).rows;
  expect(rows.map((row) => [row['way'], row['step']])).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
  ]);
});
