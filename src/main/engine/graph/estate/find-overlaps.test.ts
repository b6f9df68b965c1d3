import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { expect, test } from 'vitest';
import { relationship, resource } from '#test/support/estate/small-estate.ts';
import { smallTopology } from '#test/support/estate/small-topology.ts';
import { v4Range } from '../schema/addresses.ts';
import { findOverlaps } from './find-overlaps.ts';

const network = (id: string, cidr: string | null) => resource({ id, kind: 'aws.ec2.vpc', category: 'network', cidr });

const cidrs = constantFrom(
  '10.0.0.0/8',
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.1.0.0/16',
  '172.16.0.0/12',
  '172.31.0.0/16',
  '192.168.0.0/24',
);

function overlap(left: string, right: string): boolean {
  const [one, other] = [v4Range(left), v4Range(right)];
  return one !== null && other !== null && one.first <= other.last && other.first <= one.last;
}

test('every group is what overlaps with its outermost range, and nothing is left out', async () => {
  await assert(
    asyncProperty(array(cidrs, { maxLength: 12 }), async (list) => {
      const { groups } = await findOverlaps(
        await smallTopology(
          list.map((cidr, index) => network(`vpc-${index}`, cidr)),
          [],
        ),
      );
      const told = groups.map(({ ranges }) => ranges.map((range) => range.network).sort((a, b) => a - b));
      const outermost = [...new Set(list)].filter((cidr) =>
        list.every((other) => other === cidr || !overlap(cidr, other) || length(other) > length(cidr)),
      );
      const wanted = outermost.map((cidr) => [...list.keys()].filter((index) => overlap(list[index] ?? '', cidr)));
      const key = (members: readonly number[][]): string[] =>
        members
          .filter((one) => one.length > 1)
          .map(String)
          .sort();
      expect(key(told)).toEqual(key(wanted));
    }),
  );
});

function length(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

test('a network of Google has the ranges of its subnetworks, and further ranges count too', async () => {
  const topology = await smallTopology(
    [
      network('gcp-a', null),
      network('vpc-b', '10.9.0.0/16'),
      resource({ id: 'sub-a', kind: 'gcp.compute.subnetwork', category: 'subnetwork', cidr: '10.1.0.0/20' }),
    ],
    [relationship('sub-a', 'IN_NETWORK', 'gcp-a'), relationship('vpc-b', 'HAS_ADDRESS', 'cidr:10.1.0.0/16')],
  );
  expect((await findOverlaps(topology)).groups).toMatchObject([
    { networks: 2, ranges: [{ cidr: '10.1.0.0/16' }, { cidr: '10.1.0.0/20' }] },
  ]);
});

test('peered networks with addresses in common are conflicts, by a peering of its own or directly', async () => {
  const networks = [
    network('vpc-a', '10.0.0.0/16'),
    network('vpc-b', '10.0.1.0/24'),
    network('vpc-c', '10.0.0.0/8'),
    network('vpc-d', '10.2.0.0/16'),
  ];
  const topology = await smallTopology(
    [...networks, resource({ id: 'pcx-1', kind: 'aws.ec2.vpc-peering-connection' })],
    [
      relationship('pcx-1', 'PEERED_WITH', 'vpc-a'),
      relationship('pcx-1', 'PEERED_WITH', 'vpc-b'),
      relationship('vpc-c', 'PEERED_WITH', 'vpc-a'),
      relationship('vpc-d', 'PEERED_WITH', 'vpc-a'),
    ],
  );
  const { conflicts } = await findOverlaps(topology);
  expect(
    conflicts
      .map(({ left, right }) => [left.cidr, right.cidr])
      .sort((one, other) => one.join().localeCompare(other.join())),
  ).toEqual([
    ['10.0.0.0/16', '10.0.0.0/8'],
    ['10.0.0.0/16', '10.0.1.0/24'],
  ]);
});
