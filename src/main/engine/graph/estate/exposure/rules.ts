import { textAt } from '../../shape/index.ts';
import { propertiesAt } from '../relationship-rows.ts';
import { addressesOf, typeAt, type Topology } from '../topology.ts';
import { addressRange, contains, type AddressRange } from '../../schema/addresses.ts';
import { portsForEverybody, type AddressFamily, type AdmittedRange } from './everybody.ts';
import { cloudAt, isStubAt, kindAt, calledAt, relatedTo, remembered, type Evidence } from './nodes.ts';
import type { Place } from './places.ts';
import { everyPort, intersect, merge, portsOfRule, portsText, type PortRange } from './ports.ts';

/** Who a guard lets in. */
interface Admits {
  /** From anywhere on the internet, by the family of addresses. */
  readonly everybody: Readonly<Record<AddressFamily, readonly PortRange[]>>;
  readonly groups: ReadonlySet<number>;
  readonly ranges: readonly AddressRange[];
}

/** Filters of requests: they stand before a door, but open none. */
const filterKind = /waf|web-?acl|webapplicationfirewall|securitypolicy/;
/** Lists of networks that rules name. */
const listKind = /\.prefix-list$|\.ipgroups$/;
/** Their entries allow and deny in an order, which relationships do not tell. */
const orderedKind = /\.network-acl$/;

/** What guards a resource, layer by layer: traffic has to pass every layer, and any guard of a layer lets it pass. */
export interface Guards {
  readonly layers: readonly (readonly number[])[];
  /** Guards that are there and were not weighed. */
  readonly notWeighed: readonly number[];
}

function admitsOf(topology: Topology, guard: number): Admits {
  const { shape, arriving } = topology;
  const admitted: AdmittedRange[] = [];
  const groups = new Set<number>();
  function admit(address: string, ports: readonly PortRange[]): void {
    const range = addressRange(address);
    if (range !== null) admitted.push({ range, ports });
  }
  for (let place = arriving.starts[guard] ?? 0; place < (arriving.starts[guard + 1] ?? 0); place += 1) {
    const edge = arriving.order[place] ?? 0;
    if (typeAt(shape, edge) !== 'ALLOWS') continue;
    const from = shape.relationships.from[edge] ?? 0;
    const ports = portsOfRule(propertiesAt(shape, edge));
    if (from < shape.resources) {
      groups.add(from);
      // A list of networks under one name, as prefix lists are, lets in what is on it.
      if (listKind.test(kindAt(topology, from))) for (const entry of addressesOf(topology, from)) admit(entry, ports);
    } else if (textAt(shape.ids, from) === 'internet') {
      for (const all of ['0.0.0.0/0', '::/0']) admit(all, ports);
    } else admit(textAt(shape.names, from), ports);
  }
  const everybody = { v4: portsForEverybody(admitted, 'v4'), v6: portsForEverybody(admitted, 'v6') };
  return { everybody, groups, ranges: admitted.map(({ range }) => range) };
}

/** What is open for addresses of a family, or of any. */
function everybodyOf({ everybody }: Admits, family: AddressFamily | null): readonly PortRange[] {
  return family === null ? merge([...everybody.v4, ...everybody.v6]) : everybody[family];
}

/** What security rules say. */
export interface Rules {
  guardsOf(place: Place): Guards;
  /**
   * The ports that all layers leave open for everybody with addresses of a family, or of any, with the rule's guard as
   * evidence; null where one is unknown.
   */
  openTo(
    guards: Guards,
    family: AddressFamily | null,
  ): { readonly ports: readonly PortRange[]; readonly evidence: readonly Evidence[] } | null;
  /** True when every layer lets in what comes from a balancer in some place, with its guards. */
  letsIn(guards: Guards, from: { readonly guards: Guards; readonly ranges: readonly AddressRange[] }): boolean;
}

export function createRules(topology: Topology): Rules {
  const admits = remembered((guard: number) => admitsOf(topology, guard));
  const guardsOn = remembered((position: number) =>
    relatedTo(topology, position, { type: 'PROTECTED_BY', end: 'to' }).map(({ other }) => other),
  );
  const isWeighed = (guard: number): boolean => {
    const kind = kindAt(topology, guard);
    return !filterKind.test(kind) && !orderedKind.test(kind);
  };

  return {
    guardsOf({ selves, subnets, networks }) {
      const [first = 0] = selves;
      const own = selves.flatMap(guardsOn);
      const ofSubnets = subnets.flatMap(guardsOn);
      const all = [...own, ...ofSubnets, ...networks.flatMap(guardsOn)];
      // An Azure rule may name members of application groups in place of all that its security group guards.
      const members = own.filter((guard) => kindAt(topology, guard).endsWith('.applicationsecuritygroups'));
      const azureLayer = (guards: readonly number[]): readonly number[] =>
        guards.some((guard) => !members.includes(guard)) ? [...guards, ...members] : [];
      const layers =
        cloudAt(topology, first) === 'azure'
          ? [azureLayer(own), azureLayer(ofSubnets)]
          : [cloudAt(topology, first) === 'gcp' ? all : [...own]];
      return {
        layers: layers.map((layer) => [...new Set(layer)].filter(isWeighed)).filter((layer) => layer.length > 0),
        notWeighed: [...new Set(all)].filter((guard) => !isWeighed(guard)),
      };
    },
    openTo({ layers }, family) {
      let ports: readonly PortRange[] = [everyPort];
      const evidence: Evidence[] = [];
      for (const layer of layers) {
        const open = layer.flatMap((guard) => everybodyOf(admits(guard), family));
        if (open.length === 0 && layer.some((guard) => isStubAt(topology, guard))) return null;
        ports = intersect(ports, open);
        for (const guard of layer) {
          const own = portsText(everybodyOf(admits(guard), family));
          if (own.length === 0) continue;
          evidence.push({ text: `${calledAt(topology, guard)} lets everybody in on ${own.join(', ')}`, at: guard });
        }
      }
      return { ports: merge(ports), evidence };
    },
    letsIn({ layers }, from) {
      const senders = new Set(from.guards.layers.flat());
      return layers.every((layer) =>
        layer.some((guard) => {
          const { groups, ranges: admitted } = admits(guard);
          if (everybodyOf(admits(guard), null).length > 0 || [...groups].some((group) => senders.has(group)))
            return true;
          return admitted.some((outer) => from.ranges.some((inner) => contains(outer, inner)));
        }),
      );
    },
  };
}
