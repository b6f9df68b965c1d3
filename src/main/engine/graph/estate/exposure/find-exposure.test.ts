import { describe, expect, test } from 'vitest';
import { anywhere, https, reached, ssh, thing, without, type Line } from '#test/support/estate/exposure-scene.ts';
import { relationship } from '#test/support/estate/small-estate.ts';
import { smallTopology } from '#test/support/estate/small-topology.ts';
import { findExposures } from './find-exposure.ts';

/** A machine with a public address in a subnet that is routed to an internet gateway, open on 443. */
const openMachine: readonly Line[] = [
  ['machine-web', 'IN_NETWORK', 'subnet-a'],
  ['machine-web', 'HAS_ADDRESS', 'ip:52.1.2.3'],
  ['machine-web', 'PROTECTED_BY', 'sg-web'],
  ['subnet-a', 'IN_NETWORK', 'vpc-a'],
  ['table-a', 'ATTACHED_TO', 'subnet-a', { main: false }],
  ['table-a', 'ROUTES_TO', 'igw-a', { destination: '0.0.0.0/0', state: 'active' }],
  [anywhere, 'ALLOWS', 'sg-web', https],
];
const openThings = ['machine-web', 'subnet-a', 'vpc-a', 'table-a', 'igw-a', 'sg-web'];

describe('a machine of AWS', () => {
  test('is open by its address, the route of its subnet and a rule, which are told in that order', async () => {
    expect(await reached(openThings, openMachine)).toEqual({ 'machine-web': '443/tcp' });
    const topology = await smallTopology(
      openThings.map((id) => thing(id)),
      openMachine.map((line) => relationship(...line)),
    );
    const exposure = (await findExposures(topology)).of(topology.at('machine-web'));
    expect(exposure.verdict === 'open' && exposure.ways[0]?.evidence.map(({ text }) => text)).toEqual([
      'machine machine-web has the public address 52.1.2.3',
      'subnet subnet-a is routed to gateway igw-a by route table table-a',
      'security group sg-web lets everybody in on 443/tcp',
    ]);
  });

  test('is closed without an address, a route or a rule, and it is said which', async () => {
    const privateOne = openMachine.map((line): Line =>
      line[1] === 'HAS_ADDRESS' ? [line[0], line[1], 'ip:10.0.0.4'] : line,
    );
    const natOnly = openMachine.map((line): Line =>
      line[1] === 'ROUTES_TO' ? [line[0], line[1], 'nat-a', line[3] ?? {}] : line,
    );
    for (const [lines, why] of [
      [privateOne, 'has no public address'],
      [natOnly, 'sends everything to gateway nat-a'],
      [without(openMachine, 'ROUTES_TO', 'table-a'), 'sends nothing to the internet'],
      [without(openMachine, 'ALLOWS', 'sg-web'), 'no rule lets everybody in'],
    ] as const) {
      const things = [...openThings, 'nat-a'];
      expect(await reached(things, lines)).toEqual({});
      const topology = await smallTopology(
        things.map((id) => thing(id)),
        lines.map((line) => relationship(...line)),
      );
      const exposure = (await findExposures(topology)).of(topology.at('machine-web'));
      expect(exposure.verdict === 'closed' && exposure.evidence.at(-1)?.text).toContain(why);
    }
  });

  test.each<[string, readonly Line[], readonly string[], string]>([
    [
      'its route table is not mapped',
      without(openMachine, 'ATTACHED_TO', 'table-a'),
      openThings,
      'no route table of subnet subnet-a is mapped',
    ],
    [
      'its rules were not discovered',
      without(openMachine, 'ALLOWS', 'sg-web'),
      openThings.filter((id) => id !== 'sg-web'),
      'were not discovered',
    ],
    [
      'no rules are known at all',
      without(openMachine, 'PROTECTED_BY', 'machine-web'),
      openThings,
      'no security group of machine machine-web is mapped',
    ],
    ['its subnet is not known', without(openMachine, 'IN_NETWORK', 'machine-web'), openThings, 'in which subnet'],
  ])('cannot be decided when %s', async (_what, lines, things, why) => {
    expect((await reached(things, lines))['machine-web']).toContain(why);
  });

  test('is reached by the address and rules of its interface, and by the main table of its network', async () => {
    const lines: readonly Line[] = [
      ['nic-a', 'ATTACHED_TO', 'machine-web'],
      ['nic-a', 'IN_NETWORK', 'subnet-a'],
      ['nic-a', 'PROTECTED_BY', 'sg-web'],
      ['eip-a', 'ATTACHED_TO', 'nic-a'],
      ['subnet-a', 'IN_NETWORK', 'vpc-a'],
      ['table-a', 'ATTACHED_TO', 'vpc-a', { main: true }],
      ['table-a', 'ROUTES_TO', 'igw-a', { destination: '::/0', state: 'active' }],
      ['cidr:::/0', 'ALLOWS', 'sg-web', ssh],
    ];
    const things = [...openThings, 'nic-a', thing('eip-a', { ip: '2600:1f18::7' })];
    expect(await reached(things, lines)).toEqual({ 'machine-web': '22/tcp' });
  });

  const v6Machine = openMachine.map((line): Line =>
    line[1] === 'HAS_ADDRESS' ? [line[0], line[1], 'ip:2600:1f18::7'] : line,
  );
  const v6Route: Line = ['table-a', 'ROUTES_TO', 'igw-a', { destination: '::/0', state: 'active' }];
  const v6Rule: Line = ['cidr:::/0', 'ALLOWS', 'sg-web', ssh];

  test.each<[string, readonly Line[], Record<string, string>]>([
    ['by no route and rule of the other family', v6Machine, {}],
    ['by no rule of the other family', [...v6Machine, v6Route], {}],
    ['by no route of the other family', [...v6Machine, v6Rule], {}],
    [
      'by no way that leads out only',
      [...v6Machine, v6Rule, ['table-a', 'ROUTES_TO', 'eigw-a', { destination: '::/0', state: 'active' }]],
      {},
    ],
    ['by its own route and rule', [...v6Machine, v6Route, v6Rule], { 'machine-web': '22/tcp' }],
    [
      'by both families, each on its ports',
      [...openMachine, ['machine-web', 'HAS_ADDRESS', 'ip:2600:1f18::7'], v6Route, v6Rule],
      { 'machine-web': '22/tcp,443/tcp' },
    ],
  ])('with an address of version 6 is reached %s', async (_how, lines, open) => {
    expect(await reached([...openThings, 'eigw-a'], lines)).toEqual(open);
  });

  const closed = without(openMachine, 'ALLOWS', 'sg-web');
  const from = (...ranges: readonly string[]): readonly Line[] =>
    ranges.map((range): Line => [`cidr:${range}`, 'ALLOWS', 'sg-web', https]);
  const publicRanges = ['0.0.0.0/5', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2']
    .concat(['128.0.0.0/3', '160.0.0.0/5', '168.0.0.0/6', '172.0.0.0/12', '172.32.0.0/11', '172.64.0.0/10'])
    .concat(['172.128.0.0/9', '173.0.0.0/8', '174.0.0.0/7', '176.0.0.0/4', '192.0.0.0/9', '192.128.0.0/11'])
    .concat(['192.160.0.0/13', '192.169.0.0/16', '192.170.0.0/15', '192.172.0.0/14', '192.176.0.0/12'])
    .concat(['192.192.0.0/10', '193.0.0.0/8', '194.0.0.0/7', '196.0.0.0/6', '200.0.0.0/5', '208.0.0.0/4']);

  test.each<[string, readonly Line[], Record<string, string>]>([
    ['the two halves of all addresses', from('0.0.0.0/1', '128.0.0.0/1'), { 'machine-web': '443/tcp' }],
    ['everything but private networks', from(...publicRanges), { 'machine-web': '443/tcp' }],
    ['everything but private networks and one more', from(...publicRanges.filter((one) => one !== '11.0.0.0/8')), {}],
    ['one half alone', from('0.0.0.0/1'), {}],
    [
      'a list of networks with all addresses on it',
      [
        ['prefixes-all', 'ALLOWS', 'sg-web', https],
        ['prefixes-all', 'HAS_ADDRESS', 'cidr:128.0.0.0/1'],
        ['prefixes-all', 'HAS_ADDRESS', 'cidr:0.0.0.0/1'],
      ],
      { 'machine-web': '443/tcp' },
    ],
    [
      'a list of networks with offices on it',
      [
        ['prefixes-all', 'ALLOWS', 'sg-web', https],
        ['prefixes-all', 'HAS_ADDRESS', 'cidr:203.0.113.0/24'],
      ],
      {},
    ],
  ])('that lets in %s is judged by what that comes to', async (_what, rules, open) => {
    expect(await reached([...openThings, 'prefixes-all'], [...closed, ...rules])).toEqual(open);
  });

  test('names the list of entries before it that was not weighed', async () => {
    const lines: readonly Line[] = [...openMachine, ['subnet-a', 'PROTECTED_BY', 'acl-a']];
    const topology = await smallTopology(
      [...openThings, 'acl-a'].map((id) => thing(id)),
      lines.map((line) => relationship(...line)),
    );
    const exposure = (await findExposures(topology)).of(topology.at('machine-web'));
    expect(exposure.verdict === 'open' && exposure.ways[0]?.notWeighed).toMatchObject([{ at: topology.at('acl-a') }]);
  });
});

describe('what stands behind a balancer', () => {
  const front: readonly Line[] = [
    ['balancer-b', 'IN_NETWORK', 'subnet-a'],
    ['balancer-b', 'PROTECTED_BY', 'sg-lb'],
    ['balancer-b', 'CONTAINS', 'listener-l', { protocol: 'HTTPS', port: 443 }],
    ['listener-l', 'TARGETS', 'group-g'],
    ['group-g', 'TARGETS', 'machine-app', { port: 8080 }],
    ['machine-app', 'IN_NETWORK', 'subnet-b'],
    ['machine-app', 'PROTECTED_BY', 'sg-app'],
    ['subnet-a', 'IN_NETWORK', 'vpc-a'],
    ['table-a', 'ATTACHED_TO', 'subnet-a'],
    ['table-a', 'ROUTES_TO', 'igw-a', { destination: '0.0.0.0/0' }],
    [anywhere, 'ALLOWS', 'sg-lb', { protocol: 'tcp', fromPort: 0, toPort: 65_535 }],
    ['sg-lb', 'ALLOWS', 'sg-app', { protocol: 'tcp', fromPort: 8080, toPort: 8080 }],
  ];
  const things = [
    'listener-l',
    'group-g',
    'machine-app',
    'subnet-a',
    'subnet-b',
    'vpc-a',
    'table-a',
    'igw-a',
    'sg-lb',
    'sg-app',
  ];
  const balancer = thing('balancer-b', { public: true });

  test('is reached on the ports the balancer listens on', async () => {
    expect(await reached([balancer, ...things], front)).toEqual({ 'balancer-b': '443/tcp', 'machine-app': '443/tcp' });
  });

  test('is not reached by a balancer of the network alone', async () => {
    expect(await reached(['balancer-b', ...things], front)).toEqual({});
  });

  test('cannot be decided when its rules do not let the balancer in', async () => {
    const lines = front.filter((line) => line[0] !== 'sg-lb' || line[1] !== 'ALLOWS');
    expect(await reached([balancer, ...things], lines)).toEqual({
      'balancer-b': '443/tcp',
      'machine-app': '? no rule of security group sg-app lets balancer balancer-b in',
    });
    // The range of the balancer's subnet is as good as its group.
    const byRange: readonly Line[] = [...lines, ['cidr:10.0.0.0/8', 'ALLOWS', 'sg-app', https]];
    const placed = things.map((id) => (id === 'subnet-a' ? thing(id, { cidr: '10.0.1.0/24' }) : id));
    expect((await reached([balancer, ...placed], byRange))['machine-app']).toBe('443/tcp');
  });

  test('is a function whatever its own network, and not what its dead letters go to', async () => {
    const lines: readonly Line[] = [
      ...front,
      ['group-g', 'TARGETS', 'code-f'],
      ['code-f', 'PROTECTED_BY', 'sg-app'],
      ['code-f', 'TARGETS', 'queue-dead', { as: 'dead-letter' }],
    ];
    const found = await reached([balancer, ...things, 'code-f', 'queue-dead'], lines);
    expect(Object.keys(found).sort()).toEqual(['balancer-b', 'code-f', 'machine-app']);
  });
});

test('what its settings open is reached, in a network only by route and rule', async () => {
  expect(await reached([thing('bucket-b', { public: true }), thing('bucket-c', { public: false })], [])).toEqual({
    'bucket-b': 'ports unknown',
  });
  const lines: readonly Line[] = [
    ['db-d', 'IN_NETWORK', 'subgrp-g'],
    ['subgrp-g', 'IN_NETWORK', 'subnet-a'],
    ['db-d', 'PROTECTED_BY', 'sg-web'],
    ...openMachine.filter((line) => line[0] !== 'machine-web'),
  ];
  const things = [...openThings.slice(1), 'subgrp-g', thing('db-d', { public: true })];
  expect(await reached(things, lines)).toEqual({ 'db-d': '443/tcp' });
  expect(await reached(things, without(lines, 'ROUTES_TO', 'table-a'))).toEqual({});
});

test('address translators, gateways and rules are no doors', async () => {
  const things = [
    thing('nat-a', { public: true, ip: '52.0.0.1' }),
    'igw-a',
    thing('sg-web', { public: true }),
    'nic-n',
  ];
  const lines: readonly Line[] = [
    ['nic-n', 'HAS_ADDRESS', 'ip:52.0.0.1'],
    ['nat-a', 'REFERENCES', 'nic-n'],
  ];
  expect(await reached(things, lines)).toEqual({});
});

test('what stands for a device elsewhere is no door, whatever its address; a gateway of the cloud is one', async () => {
  const elsewhere = [
    ['aws.ec2.customer-gateway', 'aws'],
    ['azure.network.localnetworkgateways', 'azure'],
    ['azure.network.vpnsites', 'azure'],
    ['gcp.compute.externalvpngateway', 'gcp'],
  ] as const;
  const things = elsewhere.map(([kind, cloud], index) =>
    thing(`office-${index}`, { kind, cloud, category: 'gateway', ip: '198.51.100.7', public: true }),
  );
  const own = thing('vpn-own', {
    kind: 'gcp.compute.vpngateway',
    cloud: 'gcp',
    category: 'gateway',
    ip: '203.0.113.20',
  });
  expect(Object.keys(await reached([...things, own], []))).toEqual(['vpn-own']);
});
