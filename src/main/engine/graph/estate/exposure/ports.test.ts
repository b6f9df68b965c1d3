import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { intersect, merge, portsOfRule, portsText, type PortRange } from './ports.ts';

test.each([
  [{ protocol: 'tcp', fromPort: 443, toPort: 443 }, ['443/tcp']],
  [{ protocol: 'TCP', fromPort: 8000, toPort: 8080 }, ['8000-8080/tcp']],
  [{ protocol: 'all', fromPort: null, toPort: null }, ['all']],
  [{ protocol: '-1' }, ['all']],
  [{ protocol: '*', ports: 'all' }, ['all']],
  [{ protocol: 'tcp', ports: '443,80,81' }, ['80-81/tcp', '443/tcp']],
  [{ protocol: 'icmp', fromPort: 8, toPort: -1 }, ['all icmp']],
  [{ protocol: 'udp', fromPort: null, toPort: null }, ['all udp']],
  [{}, ['all']],
])('%j lets through %j', (properties, ports) => {
  expect(portsText(portsOfRule(properties))).toEqual(ports);
});

const ranges = array(
  record({
    protocol: constantFrom('tcp', 'udp', 'all'),
    from: integer({ min: 0, max: 12 }),
    to: integer({ min: 0, max: 12 }),
  }).map(({ protocol, from, to }): PortRange => ({ protocol, from: Math.min(from, to), to: Math.max(from, to) })),
  { maxLength: 5 },
);

/** Every protocol and port, one by one. */
function each(list: readonly PortRange[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { protocol, from, to } of list) {
    for (let port = from; port <= to; port += 1) {
      for (const name of protocol === 'all' ? ['tcp', 'udp'] : [protocol]) found.add(`${name} ${port}`);
    }
  }
  return found;
}

test('what two rules both let through is what each lets through, port by port', () => {
  assert(
    property(ranges, ranges, (left, right) => {
      expect(each(intersect(left, right))).toEqual(new Set([...each(left)].filter((port) => each(right).has(port))));
    }),
  );
});

test('merging ranges changes no port', () => {
  assert(
    property(ranges, (list) => {
      expect(each(merge(list))).toEqual(each(list));
    }),
  );
});
