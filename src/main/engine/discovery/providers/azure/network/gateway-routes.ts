import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { EdgeList } from '../../../edge-list.ts';
import { textAt } from '../json-path.ts';

/** A route that leads to whichever gateway serves the network of the table's subnets. */
interface GatewayRoute {
  readonly id: string;
  readonly table: string;
  readonly destination: string | null;
}

/** What a row became. */
interface Converted {
  readonly cell: { readonly scope: string; readonly kind: string } | null;
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
}

/** Edges of a route table, and where they belong. */
interface JoinedRoutes {
  readonly cell: { readonly scope: string; readonly kind: string };
  readonly region: string;
  readonly relationships: readonly RelationshipFact[];
}

const tableKind = 'azure.network.routetables';
const gatewayKind = 'azure.network.virtualnetworkgateways';

/**
 * A route to the `VirtualNetworkGateway` names none: it is the one of the network that the table's subnets lie in, or
 * of the network that this one borrows gateways from. This collects tables, networks and gateways of one subscription
 * and joins them at the end. A lender of another subscription is known by its gateways' subnet, which it must have.
 */
export class GatewayRoutes {
  readonly #routes: GatewayRoute[] = [];
  readonly #tables = new Map<string, Omit<JoinedRoutes, 'relationships'>>();
  readonly #subnetsOf = new Map<string, Set<string>>();
  readonly #gatewaysOf = new Map<string, Set<string>>();
  readonly #lendersOf = new Map<string, Set<string>>();

  take({ cell, resources, relationships }: Converted): void {
    const [own] = resources;
    if (own?.kind === tableKind && cell !== null) {
      this.#tables.set(own.id, { cell, region: own.region });
      this.#takeRoutes(own.id, resources);
    }
    for (const { type, from, to, properties } of relationships) {
      if (type === 'ATTACHED_TO' && isA('routetables', from) && networkOf(to) !== null) add(this.#subnetsOf, from, to);
      if (type === 'ATTACHED_TO' && own?.kind === gatewayKind && own.id === from) add(this.#gatewaysOf, to, from);
      if (type === 'PEERED_WITH' && properties['remoteGateways'] === true) add(this.#lendersOf, from, to);
    }
  }

  #takeRoutes(table: string, resources: readonly ResourceFact[]): void {
    for (const { id, kind, raw } of resources) {
      if (kind !== `${tableKind}.routes`) continue;
      if (textAt(raw, 'properties.nextHopType')?.toLowerCase() !== 'virtualnetworkgateway') continue;
      const destination = textAt(raw, 'properties.addressPrefix') ?? null;
      this.#routes.push({ id, table, destination });
    }
  }

  /** The edges of each route table that leads to a gateway. */
  join(): readonly JoinedRoutes[] {
    return [...this.#tables].flatMap(([table, place]) => {
      const gateways = this.#gatewaysFor(table);
      const edges = new EdgeList(table, 'resources');
      for (const { id, destination } of this.#routes.filter((route) => route.table === table)) {
        const properties = { id, destination, hop: 'VirtualNetworkGateway' };
        for (const to of gateways) edges.to('ROUTES_TO', { to, field: 'properties.nextHopType', properties });
      }
      return edges.edges.length === 0 ? [] : [{ ...place, relationships: edges.edges }];
    });
  }

  #gatewaysFor(table: string): ReadonlySet<string> {
    const networks = new Set([...(this.#subnetsOf.get(table) ?? [])].flatMap((subnet) => networkOf(subnet) ?? []));
    return new Set(
      [...networks].flatMap((network) => {
        const own = this.#gatewaysOf.get(network);
        if (own !== undefined) return [...own];
        return [...(this.#lendersOf.get(network) ?? [])].flatMap((lender) => [
          ...(this.#gatewaysOf.get(lender) ?? [`${lender}/subnets/gatewaysubnet`]),
        ]);
      }),
    );
  }
}

function isA(segment: string, id: string): boolean {
  return id.includes(`/microsoft.network/${segment}/`);
}

/** The network of a subnet by its id; null for anything else. */
function networkOf(id: string): string | null {
  return /^(.+\/virtualnetworks\/[^/]+)\/subnets\/[^/]+$/.exec(id)?.[1] ?? null;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, new Set([value]));
  else found.add(value);
}
