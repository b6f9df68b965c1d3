import type { GraphViewNode } from '#shared/model/index.ts';
import { discPoints, packCircles, type Point } from './pack-circles.ts';

/** A node's place and radius in the units of the drawing (one resource has radius 1). */
export interface Placed extends Point {
  readonly radius: number;
}

/** One scope × region of the picture. */
export interface Cluster extends Placed {
  readonly id: string;
  readonly scopeId: string;
  readonly region: string;
  readonly resources: number;
}

/** All regions of one scope; its corner is where its name stands. */
export interface ScopeBlock extends Point {
  readonly scopeId: string;
}

export interface ClusterLayout {
  readonly blocks: readonly ScopeBlock[];
  readonly places: ReadonlyMap<string, Placed>;
  readonly clusters: readonly Cluster[];
}

/** Distance between neighbouring resources in a disc; leaves room for labels and edges. */
const spacing = 2.6;
const clusterGap = 8;
/** Room above a scope for its name: at least this, and this share of the whole picture's side. */
const leastHeadRoom = 9;
const headRoomShare = 0.045;

/**
 * Places resources and groups by scope and region. Each scope × region is a disc whose area follows from how many
 * resources it holds, shown or not, and inside it each kind is one too: so expanding or collapsing a group moves nothing
 * else, and area means number.
 */
export function clusterLayout(nodes: readonly GraphViewNode[]): ClusterLayout {
  const members = groupBy(nodes, (node) => `${node.scopeId}|${node.region}`);
  const { clusters, blocks } = placeClusters(
    [...members].map(([id, own]) => {
      const resources = own.reduce((sum, node) => sum + node.count, 0);
      const first = own[0];
      return {
        id,
        scopeId: first?.scopeId ?? '',
        region: first?.region ?? '',
        resources,
        radius: discRadius(resources),
      };
    }),
  );
  const places = new Map<string, Placed>();
  for (const cluster of clusters) placeMembers(cluster, members.get(cluster.id) ?? [], places);
  return { places, clusters, blocks };
}

function discRadius(resources: number): number {
  return spacing * Math.sqrt(resources) + 2;
}

/** Scopes one below the other, their regions side by side; scopes share a line while there is room. */
function placeClusters(clusters: readonly Omit<Cluster, 'x' | 'y'>[]): Pick<ClusterLayout, 'clusters' | 'blocks'> {
  const blocks = [...groupBy(clusters, (cluster) => cluster.scopeId).values()]
    .map((own) => own.toSorted((one, other) => one.region.localeCompare(other.region)))
    .toSorted((one, other) => (one[0]?.scopeId ?? '').localeCompare(other[0]?.scopeId ?? ''));
  const area = clusters.reduce((sum, cluster) => sum + (2 * cluster.radius + clusterGap) ** 2, 0);
  const lineWidth = Math.sqrt(area) * 2.4;
  const headRoom = Math.max(leastHeadRoom, Math.sqrt(area) * headRoomShare);
  const placed: Cluster[] = [];
  const named: ScopeBlock[] = [];
  let x = 0;
  let y = 0;
  let lineHeight = 0;
  for (const block of blocks) {
    const width = block.reduce((sum, cluster) => sum + 2 * cluster.radius + clusterGap, 0);
    if (x > 0 && x + width > lineWidth) {
      x = 0;
      y -= lineHeight + clusterGap + headRoom;
      lineHeight = 0;
    }
    named.push({ scopeId: block[0]?.scopeId ?? '', x, y: y + headRoom * 0.35 });
    for (const cluster of block) {
      placed.push({ ...cluster, x: x + cluster.radius, y: y - cluster.radius });
      x += 2 * cluster.radius + clusterGap;
      lineHeight = Math.max(lineHeight, 2 * cluster.radius);
    }
    x += clusterGap * 2;
  }
  return { clusters: placed, blocks: named };
}

function placeMembers(cluster: Cluster, nodes: readonly GraphViewNode[], places: Map<string, Placed>): void {
  const [only] = nodes;
  if (nodes.length === 1 && only?.group === true) {
    places.set(only.id, { x: cluster.x, y: cluster.y, radius: cluster.radius });
    return;
  }
  const kinds = [...groupBy(nodes, (node) => node.kind)].toSorted(([one], [other]) => one.localeCompare(other));
  const radii = kinds.map(([, own]) => kindRadius(own.reduce((sum, node) => sum + node.count, 0)));
  const packed = packCircles(radii);
  const scale = packed.radius === 0 ? 1 : cluster.radius / packed.radius;
  for (const [index, [, own]] of kinds.entries()) {
    const centre = packed.centres[index] ?? { x: 0, y: 0 };
    const at = { x: cluster.x + centre.x * scale, y: cluster.y + centre.y * scale };
    placeKind(own, { ...at, radius: (radii[index] ?? 1) * scale }, places);
  }
}

function kindRadius(resources: number): number {
  return spacing * Math.sqrt(resources) * 0.55 + 1;
}

function placeKind(nodes: readonly GraphViewNode[], disc: Placed, places: Map<string, Placed>): void {
  const [only] = nodes;
  if (nodes.length === 1 && only !== undefined) {
    const radius = only.group ? disc.radius * 0.92 : Math.min(1, disc.radius * 0.92);
    places.set(only.id, { x: disc.x, y: disc.y, radius });
    return;
  }
  const sorted = nodes.toSorted((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true }));
  const distance = (disc.radius * 0.9) / Math.sqrt(nodes.length);
  for (const [index, point] of discPoints(nodes.length, distance).entries()) {
    const node = sorted[index];
    if (node === undefined) continue;
    places.set(node.id, { x: disc.x + point.x, y: disc.y + point.y, radius: Math.min(1, distance * 0.55) });
  }
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
