import type { Topology } from '../topology.ts';
import { categoryAt, relatedTo } from './nodes.ts';

/** Where a resource is connected. */
export interface Place {
  /** The resource and its network interfaces. */
  readonly selves: readonly number[];
  readonly subnets: readonly number[];
  readonly networks: readonly number[];
}

/** The subnets and networks a node lies in; a group of subnets stands for its subnets. */
function networksOf(topology: Topology, position: number, depth = 0): readonly number[] {
  return relatedTo(topology, position, { type: 'IN_NETWORK', end: 'to' }).flatMap(({ other }) => {
    const category = categoryAt(topology, other);
    if (category === 'subnetwork' || category === 'network') return other;
    return depth === 0 ? networksOf(topology, other, 1) : [];
  });
}

/** A resource and the network interfaces attached to it. */
export function selvesOf(topology: Topology, position: number): readonly number[] {
  const attached = relatedTo(topology, position, { type: 'ATTACHED_TO', end: 'from' }).map(({ other }) => other);
  return [position, ...attached.filter((other) => categoryAt(topology, other) === 'interface')];
}

export function placeOf(topology: Topology, position: number): Place {
  const selves = selvesOf(topology, position);
  const around = new Set(selves.flatMap((self) => networksOf(topology, self)));
  const subnets = [...around].filter((other) => categoryAt(topology, other) === 'subnetwork');
  const networks = [...around].filter((other) => categoryAt(topology, other) === 'network');
  const above = subnets.flatMap((subnet) => networksOf(topology, subnet));
  return { selves, subnets, networks: [...new Set([...networks, ...above])] };
}
