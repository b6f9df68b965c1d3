import type { Category } from '#shared/model/index.ts';
import { addressRange, type AddressRange } from '../../schema/addresses.ts';
import { textAt } from '../../shape/index.ts';
import { propertiesAt } from '../relationship-rows.ts';
import { eachRelated, type Topology } from '../topology.ts';
import type { Judge, Judgement, Way } from './judge.ts';
import { categoryAt, cloudAt, calledAt, type Evidence } from './nodes.ts';
import { placeOf } from './places.ts';

/** What hands requests on. Everything else that a target is answers them itself. */
const passesOn: ReadonlySet<Category> = new Set([
  'balancer',
  'listener',
  'target-group',
  'interface',
  'gateway',
  'other',
]);
/** What is open and has things behind it. */
const fronts: ReadonlySet<Category> = new Set(['balancer', 'listener', 'gateway']);

/** Where Google's balancers connect from: https://cloud.google.com/load-balancing/docs/firewall-rules */
const googleFronts = ['35.191.0.0/16', '130.211.0.0/22'].flatMap((network) => addressRange(network) ?? []);

/** What goes elsewhere by itself, as what a function could not do: that is no request from outside. */
const aside: ReadonlySet<unknown> = new Set(['dead-letter', 'logs', 'notification', 'rotation']);

interface Hop {
  readonly position: number;
  readonly via: Hop | null;
  readonly words: string;
}

/** Where requests go on from a node: to its parts, its targets, and what an interface belongs to. */
function nextOf(topology: Topology, hop: Hop): readonly Hop[] {
  const next: Hop[] = [];
  const isInterface = categoryAt(topology, hop.position) === 'interface';
  eachRelated(topology, hop.position, ({ edge, type, other, end }) => {
    if (end !== 'to') return;
    if (type === 'CONTAINS') next.push({ position: other, via: hop, words: 'has the part' });
    else if (type === 'TARGETS' && !aside.has(propertiesAt(topology.shape, edge)['as'])) {
      next.push({ position: other, via: hop, words: 'sends requests to' });
    } else if (type === 'ATTACHED_TO' && isInterface) next.push({ position: other, via: hop, words: 'belongs to' });
  });
  return next;
}

function chainOf(topology: Topology, last: Hop): readonly Evidence[] {
  const chain: Evidence[] = [];
  for (let hop: Hop = last; hop.via !== null; hop = hop.via) {
    const text = `${calledAt(topology, hop.via.position)} ${hop.words} ${calledAt(topology, hop.position)}`;
    chain.unshift({ text, at: hop.position });
  }
  return chain;
}

function rangesOf({ shape }: Topology, positions: readonly number[]): readonly AddressRange[] {
  return positions.flatMap((position) => addressRange(textAt(shape.cidrs, position)) ?? []);
}

/** What an open door hands requests on to, each with its judgement. Nothing for what answers requests itself. */
export function forward(
  { topology, rules }: Judge,
  door: number,
  way: Way,
): readonly { readonly position: number; readonly judgement: Judgement }[] {
  if (!fronts.has(categoryAt(topology, door))) return [];
  const place = placeOf(topology, door);
  const ranges = rangesOf(topology, place.subnets.length > 0 ? place.subnets : place.networks);
  const from = {
    guards: rules.guardsOf(place),
    ranges: cloudAt(topology, door) === 'gcp' ? [...ranges, ...googleFronts] : ranges,
  };
  const seen = new Set([door]);
  const found: { position: number; judgement: Judgement }[] = [];
  const open: Hop[] = [{ position: door, via: null, words: '' }];
  for (let hop = open.shift(); hop !== undefined; hop = open.shift()) {
    const next = nextOf(topology, hop);
    if (hop.via !== null && (next.length === 0 || !passesOn.has(categoryAt(topology, hop.position)))) {
      if (isAnswering(topology, hop.position)) found.push({ position: hop.position, judgement: judgeTarget(hop) });
      continue;
    }
    for (const one of next) {
      if (seen.has(one.position)) continue;
      seen.add(one.position);
      open.push(one);
    }
  }
  return found;

  function judgeTarget(hop: Hop): Judgement {
    const evidence = [...way.evidence, ...chainOf(topology, hop)];
    // Functions are called by the cloud itself, whatever network they work in.
    if (categoryAt(topology, hop.position) === 'function') return { verdict: 'open', way: { ...way, evidence } };
    const guards = rules.guardsOf(placeOf(topology, hop.position));
    if (rules.letsIn(guards, from)) return { verdict: 'open', way: { ...way, evidence } };
    const text = `no rule of ${guards.layers
      .flat()
      .map((guard) => calledAt(topology, guard))
      .join(', ')} lets ${calledAt(topology, door)} in`;
    return { verdict: 'undecided', evidence: [...evidence, { text, at: guards.layers[0]?.[0] ?? hop.position }] };
  }
}

/** A part that leads nowhere, such as a listener without targets, is no end of a way. */
function isAnswering(topology: Topology, position: number): boolean {
  const category = categoryAt(topology, position);
  return category === 'other' || category === 'interface' || !passesOn.has(category);
}
