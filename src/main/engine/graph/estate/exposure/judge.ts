import { codedAt } from '../../shape/index.ts';
import { propertiesAt } from '../relationship-rows.ts';
import type { Topology } from '../topology.ts';
import { doorsOf, neverReached, type Door } from './doors.ts';
import { categoryAt, cloudAt, isStubAt, calledAt, relatedTo, type Evidence } from './nodes.ts';
import { placeOf, type Place } from './places.ts';
import { intersect, merge, portsOfRule, portsText, type PortRange } from './ports.ts';
import { createWaysOut } from './routes.ts';
import { createRules, type Guards, type Rules } from './rules.ts';

/** One way in from the internet. */
export interface Way {
  /** Null where the map does not tell them. */
  readonly ports: readonly PortRange[] | null;
  readonly evidence: readonly Evidence[];
  /** What stands in the way and was not weighed: lists of ordered entries, filters of requests. */
  readonly notWeighed: readonly Evidence[];
}

export type Judgement =
  | { readonly verdict: 'open'; readonly way: Way }
  /** Neither can be said; the last of the evidence says why. */
  | { readonly verdict: 'undecided'; readonly evidence: readonly Evidence[] }
  | { readonly verdict: 'closed'; readonly evidence: readonly Evidence[] };

export interface Judge {
  readonly topology: Topology;
  readonly rules: Rules;
  /** Whether the internet reaches a resource directly. */
  judge(position: number): Judgement;
}

/** The ports a balancer listens on; null when none of its parts tells one. */
function listenedPorts(topology: Topology, position: number): readonly PortRange[] | null {
  const parts = [
    ...relatedTo(topology, position, { type: 'CONTAINS', end: 'to' }),
    ...relatedTo(topology, position, { type: 'TARGETS', end: 'to' }),
  ];
  const ports = parts.flatMap(({ edge }) => {
    const told = propertiesAt(topology.shape, edge);
    const { protocol, port, ports: list } = told;
    if (typeof port === 'number') {
      // HTTP and TLS are spoken over TCP, and a balancer's TCP_UDP is both.
      const name = protocol === 'UDP' ? 'udp' : protocol === 'TCP_UDP' ? 'all' : 'tcp';
      return portsOfRule({ protocol: name, fromPort: port, toPort: port });
    }
    return typeof list === 'string' ? portsOfRule(told) : [];
  });
  return ports.length === 0 ? null : ports;
}

/** Balancers and gateways of the clouds that hold their own doors open; rules guard them where there are any. */
function isOpenWithoutRules(topology: Topology, position: number): boolean {
  return ['balancer', 'listener', 'gateway'].includes(categoryAt(topology, position));
}

function notWeighedOf(topology: Topology, { notWeighed }: Guards): readonly Evidence[] {
  return (
    notWeighed
      // The default list of a network lets everything through, as long as nobody has changed it.
      .filter((guard) => codedAt(topology.shape.states, guard) !== 'default')
      .map((guard) => ({ text: `${calledAt(topology, guard)} stands before it and was not weighed`, at: guard }))
  );
}

/** What several doors of one resource come to: open by any of them, closed only where all are. */
function together(judgements: readonly Judgement[]): Judgement {
  const [first = { verdict: 'closed', evidence: [] }] = judgements;
  const ways = judgements.flatMap((one) => (one.verdict === 'open' ? one.way : []));
  const [way] = ways;
  if (way === undefined) return judgements.find(({ verdict }) => verdict === 'undecided') ?? first;
  const ports = ways.some((one) => one.ports === null) ? null : merge(ways.flatMap((one) => one.ports ?? []));
  const evidence = distinct(ways.flatMap((one) => one.evidence));
  return { verdict: 'open', way: { ports, evidence, notWeighed: distinct(ways.flatMap((one) => one.notWeighed)) } };
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [`${one.at} ${one.text}`, one])).values()];
}

export function createJudge(topology: Topology): Judge {
  const rules = createRules(topology);
  const waysOut = createWaysOut(topology);

  /** By its address, or in a network by its settings: a route has to lead out and rules have to let everybody in. */
  function judgeInNetwork(position: number, place: Place, { evidence: first, family }: Door): Judgement {
    const evidence = [first];
    const needsNoRules = isOpenWithoutRules(topology, position);
    const way = waysOut(place, family);
    if (way !== null) {
      evidence.push(way.evidence);
      if (way.leads !== 'out') return { verdict: way.leads === 'nowhere' ? 'closed' : 'undecided', evidence };
    } else if (!needsNoRules) {
      const text = `it is not known in which subnet ${calledAt(topology, position)} lies`;
      return { verdict: 'undecided', evidence: [...evidence, { text, at: position }] };
    }
    const guards = rules.guardsOf(place);
    const notWeighed = notWeighedOf(topology, guards);
    const listened = needsNoRules ? listenedPorts(topology, position) : null;
    if (guards.layers.length === 0) return judgeUnguarded(position, { ports: listened, evidence, notWeighed });
    const open = rules.openTo(guards, family);
    if (open === null) {
      const stub = guards.layers.flat().find((guard) => isStubAt(topology, guard)) ?? position;
      const text = `the rules of ${calledAt(topology, stub)} were not discovered`;
      return { verdict: 'undecided', evidence: [...evidence, { text, at: stub }] };
    }
    const ports = listened === null ? open.ports : intersect(open.ports, listened);
    if (ports.length === 0) {
      const text = `no rule lets everybody in: ${guards.layers
        .flat()
        .map((guard) => calledAt(topology, guard))
        .join(', ')}`;
      return { verdict: 'closed', evidence: [...evidence, { text, at: guards.layers[0]?.[0] ?? position }] };
    }
    return { verdict: 'open', way: { ports, evidence: [...evidence, ...open.evidence], notWeighed } };
  }

  function judgeUnguarded(position: number, way: Way): Judgement {
    const name = calledAt(topology, position);
    if (isOpenWithoutRules(topology, position)) {
      const listens =
        way.ports === null ? [] : [{ text: `${name} listens on ${portsText(way.ports).join(', ')}`, at: position }];
      return { verdict: 'open', way: { ...way, evidence: [...way.evidence, ...listens] } };
    }
    if (cloudAt(topology, position) === 'gcp') {
      const text = `no firewall rule lets anybody in to ${name}`;
      return { verdict: 'closed', evidence: [...way.evidence, { text, at: position }] };
    }
    const text = `no security group of ${name} is mapped`;
    return { verdict: 'undecided', evidence: [...way.evidence, { text, at: position }] };
  }

  return {
    topology,
    rules,
    judge(position) {
      const name = calledAt(topology, position);
      if (isStubAt(topology, position)) {
        const text = `${name} is only referred to, not discovered`;
        return { verdict: 'undecided', evidence: [{ text, at: position }] };
      }
      const never = neverReached(topology, position);
      if (never !== null) return { verdict: 'closed', evidence: [{ text: never, at: position }] };
      const doors = doorsOf(topology, position);
      const [door] = doors;
      if (door === undefined) {
        const text = `${name} has no public address, and its settings do not open it to the internet`;
        return { verdict: 'closed', evidence: [{ text, at: position }] };
      }
      const place = placeOf(topology, position);
      if (door.by === 'setting' && place.subnets.length === 0) {
        const ports = isOpenWithoutRules(topology, position) ? listenedPorts(topology, position) : null;
        const notWeighed = notWeighedOf(topology, rules.guardsOf(place));
        return { verdict: 'open', way: { ports, evidence: [door.evidence], notWeighed } };
      }
      return together(doors.map((one) => judgeInNetwork(position, place, one)));
    },
  };
}
