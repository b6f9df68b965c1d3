import { textAt } from '../../shape/index.ts';
import { propertiesAt } from '../relationship-rows.ts';
import { typeAt, type Topology } from '../topology.ts';
import { categoryAt, cloudAt, kindAt, calledAt, relatedTo, type Evidence } from './nodes.ts';
import type { AddressFamily } from './everybody.ts';
import type { Place } from './places.ts';
import { isAnywhere } from '../../schema/public-address.ts';

/** Whether traffic of a place reaches the internet, and by what. */
export interface WayOut {
  readonly leads: 'out' | 'nowhere' | 'unknown';
  readonly evidence: Evidence;
}

/** The route tables that hold for a subnet: its own, else the main ones of its network. */
function tablesOf(topology: Topology, subnet: number, networks: readonly number[]): readonly number[] {
  const isTable = ({ other }: { readonly other: number }): boolean => categoryAt(topology, other) === 'route-table';
  const attached = (position: number) =>
    relatedTo(topology, position, { type: 'ATTACHED_TO', end: 'from' }).filter(isTable);
  const own = attached(subnet);
  if (own.length > 0) return own.map(({ other }) => other);
  const main = networks.flatMap((network) =>
    attached(network).filter(({ edge }) => propertiesAt(topology.shape, edge)['main'] === true),
  );
  // Google's routes are resources of their own, each in its network.
  const loose = networks.flatMap((network) =>
    relatedTo(topology, network, { type: 'IN_NETWORK', end: 'from' })
      .filter(isTable)
      .filter(({ other }) => cloudAt(topology, other) === 'gcp'),
  );
  return [...main, ...loose].map(({ other }) => other);
}

interface DefaultRoute {
  readonly table: number;
  readonly leadsOut: boolean;
  /** Where the route leads, in words. */
  readonly target: string;
}

/** Where the tables send traffic for anywhere. */
function defaultRoutes(
  topology: Topology,
  tables: readonly number[],
  family: AddressFamily | null,
): readonly DefaultRoute[] {
  const { shape, leaving } = topology;
  const routes: DefaultRoute[] = [];
  for (const table of tables) {
    for (let edge = leaving[table] ?? 0; edge < (leaving[table + 1] ?? 0); edge += 1) {
      if (typeAt(shape, edge) !== 'ROUTES_TO') continue;
      const { destination, state } = propertiesAt(shape, edge);
      if (typeof destination !== 'string' || !isAnywhere(destination, family) || state === 'blackhole') continue;
      const target = shape.relationships.to[edge] ?? 0;
      const isInternet = target >= shape.resources && textAt(shape.ids, target) === 'internet';
      const isGateway = target < shape.resources && /(?:^|\.)internet-gateway$/.test(kindAt(topology, target));
      const name = target < shape.resources ? calledAt(topology, target) : textAt(shape.names, target);
      routes.push({ table, leadsOut: isInternet || isGateway, target: isInternet ? 'the internet' : name });
    }
  }
  return routes;
}

function wayOutOf(
  topology: Topology,
  subnet: number,
  { networks, family }: Pick<Place, 'networks'> & { readonly family: AddressFamily | null },
): WayOut {
  const tables = tablesOf(topology, subnet, networks);
  const routes = defaultRoutes(topology, tables, family);
  const out = routes.find((route) => route.leadsOut);
  const name = calledAt(topology, subnet);
  if (out !== undefined) {
    const text = `${name} is routed to ${out.target} by ${calledAt(topology, out.table)}`;
    return { leads: 'out', evidence: { text, at: out.table } };
  }
  const [other] = routes;
  if (cloudAt(topology, subnet) === 'azure') {
    if (other === undefined) {
      return { leads: 'out', evidence: { text: `${name} has Azure's own route to the internet`, at: subnet } };
    }
    // What comes in by the public address would be answered by another way, and most likely dropped there.
    const text = `${calledAt(topology, other.table)} sends the answers of ${name} to ${other.target}`;
    return { leads: 'unknown', evidence: { text, at: other.table } };
  }
  const [table] = tables;
  if (table === undefined) {
    return { leads: 'unknown', evidence: { text: `no route table of ${name} is mapped`, at: subnet } };
  }
  const sends = other === undefined ? 'sends nothing to the internet' : `sends everything to ${other.target}`;
  return { leads: 'nowhere', evidence: { text: `${calledAt(topology, table)} of ${name} ${sends}`, at: table } };
}

/**
 * The way of a place to the internet, for addresses of one family or of any; null where it needs none, because it lies
 * in no subnet.
 */
export function createWaysOut(topology: Topology): (place: Place, family: AddressFamily | null) => WayOut | null {
  const known = new Map<string, WayOut>();
  return ({ subnets, networks }, family) => {
    const ways = subnets.map((subnet) => {
      const key = `${family} ${subnet}`;
      const way = known.get(key) ?? wayOutOf(topology, subnet, { networks, family });
      known.set(key, way);
      return way;
    });
    const best = (['out', 'unknown'] as const).map((leads) => ways.find((way) => way.leads === leads));
    return best.find((way) => way !== undefined) ?? ways[0] ?? null;
  };
}
