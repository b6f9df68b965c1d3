import { nodeFlags, type GraphShape } from '#engine/ports/index.ts';
import type { EstateFilter, GraphView, GraphViewNode } from '#shared/model/index.ts';
import { textAt } from '../shape/index.ts';
import { resourceNode, sumEdges } from './drawing.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged, type ManagedResources } from './managed.ts';
import { readScopes } from './scopes.ts';
import { selectNodes } from './selection.ts';
import { labelAt, nodeAt, type TopologyNode } from './topology.ts';

export interface GraphViewInput {
  readonly filter: EstateFilter;
  /** `scope|region` shows its kinds, `scope|region|kind` its resources. */
  readonly expanded: readonly string[];
  readonly limit: number;
}

/** Selected resources of one scope, region and kind: the smallest group. */
interface KindGroup {
  readonly key: string;
  readonly first: TopologyNode;
  readonly members: number[];
}

/** The kind groups of each scope and region, both in a stable order. */
function groupByPlace(shape: GraphShape, selected: Uint8Array): ReadonlyMap<string, readonly KindGroup[]> {
  const { scopes, regions, kinds } = shape;
  const groups = new Map<number, KindGroup>();
  for (let position = 0; position < selected.length; position += 1) {
    if (selected[position] !== 1) continue;
    const place = (scopes.codes[position] ?? 0) * regions.values.length + (regions.codes[position] ?? 0);
    const number = place * kinds.values.length + (kinds.codes[position] ?? 0);
    const known = groups.get(number);
    if (known !== undefined) {
      known.members.push(position);
      continue;
    }
    const first = nodeAt(shape, position);
    groups.set(number, { key: `${first.scopeId}|${first.region}|${first.kind}`, first, members: [position] });
  }
  const places = new Map<string, KindGroup[]>();
  const inOrder = [...groups.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
  for (const group of inOrder) {
    const place = `${group.first.scopeId}|${group.first.region}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, [group]);
    else known.push(group);
  }
  return places;
}

/** Nothing is drawn for a node. */
const notDrawn = -1;

/** A drawing as it fills up to its limit. */
interface Canvas {
  readonly nodes: GraphViewNode[];
  readonly drawnAs: Int32Array;
  hidden: number;
}

interface Surroundings {
  readonly shape: GraphShape;
  readonly managed: ManagedResources;
  readonly limit: number;
}

/** A counted node over one or more kind groups. Managed and stale when all of it is. */
function drawGroup(
  canvas: Canvas,
  groups: readonly KindGroup[],
  options: Surroundings & { id: string; label: string },
): void {
  const members = groups.flatMap((group) => group.members);
  const [only, second] = groups;
  if (only === undefined) return;
  if (canvas.nodes.length >= options.limit) {
    canvas.hidden += members.length;
    return;
  }
  const { flags } = options.shape;
  const { cloud, scopeId, region, kind, category } = only.first;
  for (const position of members) canvas.drawnAs[position] = canvas.nodes.length;
  canvas.nodes.push({
    id: options.id,
    label: options.label,
    group: true,
    count: members.length,
    category: second === undefined ? category : 'other',
    kind: second === undefined ? kind : '',
    cloud,
    scopeId,
    region,
    managed: members.every((position) => options.managed.isManaged(position)),
    stale: members.every((position) => ((flags[position] ?? 0) & nodeFlags.stale) !== 0),
    isStub: false,
  });
}

function drawResources(canvas: Canvas, group: KindGroup, { shape, managed, limit }: Surroundings): void {
  const labelOf = (position: number): string => `${labelAt(shape, position)}\n${textAt(shape.ids, position)}`;
  const inOrder = [...group.members].sort((left, right) => (labelOf(left) < labelOf(right) ? -1 : 1));
  const shown = inOrder.slice(0, Math.max(0, limit - canvas.nodes.length));
  canvas.hidden += inOrder.length - shown.length;
  for (const position of shown) {
    canvas.drawnAs[position] = canvas.nodes.length;
    canvas.nodes.push(resourceNode(shape, position, managed.isManaged(position)));
  }
}

/**
 * The selection as a drawing: groups by scope and region first, kinds of an expanded group, resources of an expanded
 * kind; a kind of which there is only one is not worth a group. Every relationship among what is drawn is on one of its
 * lines; every resource that is not drawn is counted in a group or in `hidden`. Resources picked by hand are few and meant one by one: they are drawn in full.
 */
export async function readGraphView(
  graph: GraphAccess,
  { filter, expanded, limit }: GraphViewInput,
): Promise<GraphView> {
  const [shape, scopes, managed, selected] = await Promise.all([
    graph.shape(),
    readScopes(graph),
    readManaged(graph),
    selectNodes(graph, filter),
  ]);
  const names = new Map(scopes.map((scope) => [scope.id, scope.name]));
  const open = new Set(expanded);
  const isOpen = (group: KindGroup): boolean => filter.ids.length > 0 || open.has(group.key);
  const drawnAs = new Int32Array(shape.nodes).fill(notDrawn);
  const canvas: Canvas = { nodes: [], drawnAs, hidden: 0 };
  const surroundings = { shape, managed, limit };
  const inFull: KindGroup[] = [];
  for (const [place, groups] of groupByPlace(shape, selected)) {
    const [group] = groups;
    if (group === undefined) continue;
    if (!open.has(place) && !groups.some(isOpen)) {
      const label = `${names.get(group.first.scopeId) ?? group.first.scopeId} · ${group.first.region}`;
      drawGroup(canvas, groups, { ...surroundings, id: place, label });
      continue;
    }
    for (const member of groups) {
      if (isOpen(member) || member.members.length === 1) inFull.push(member);
      else drawGroup(canvas, [member], { ...surroundings, id: member.key, label: member.first.kind });
    }
  }
  // Groups first: when the room is short, every place is still seen.
  for (const group of inFull) drawResources(canvas, group, surroundings);
  const edges = await sumEdges(shape, canvas.nodes, {
    edges: shape.relationships.from.keys(),
    drawnAs: (position) => (drawnAs[position] === notDrawn ? undefined : drawnAs[position]),
  });
  return { nodes: canvas.nodes, edges, hidden: canvas.hidden };
}
