import type { EstateFilter, GraphView, GraphViewNode } from '#shared/model/index.ts';
import { categoryOf, cloudOf, count, text, type Row } from './cells.ts';
import { compileFilter, isManaged, matching, whereAll, type CompiledFilter } from './compile-filter.ts';
import type { GraphAccess } from './graph-access.ts';
import { presentTypes } from './graph-words.ts';
import { managedResources, type ManagedBy } from './managed.ts';
import { readScopes } from './scopes.ts';
import { createEdgeSum, nodeColumns, resourceNode, type EdgeSum } from './view-nodes.ts';

export interface GraphViewInput {
  readonly filter: EstateFilter;
  /** `scope|region` shows its kinds, `scope|region|kind` its resources. */
  readonly expanded: readonly string[];
  readonly limit: number;
}

/** Resources of one scope, region and kind: the smallest group. */
interface KindGroup {
  readonly place: string;
  readonly key: string;
  readonly scopeId: string;
  readonly region: string;
  readonly kind: string;
  readonly category: GraphViewNode['category'];
  readonly cloud: GraphViewNode['cloud'];
  readonly count: number;
  readonly managed: number;
  readonly stale: number;
}

function groupKey(row: Row, suffix = ''): string {
  return `${text(row, `scope${suffix}`)}|${text(row, `region${suffix}`)}|${text(row, `kind${suffix}`)}`;
}

async function readGroups(graph: GraphAccess, filter: CompiledFilter): Promise<readonly KindGroup[]> {
  const [rows, managed] = await Promise.all([
    graph.rows(
      `${matching(filter)} RETURN r.scope_id AS scope, r.region AS region, r.kind AS kind, min(r.category) AS category,
       min(r.cloud) AS cloud, count(*) AS number, sum(CASE WHEN r.stale THEN 1 ELSE 0 END) AS stale
       ORDER BY scope, region, kind`,
      filter.parameters,
    ),
    graph.rows(
      `${matching(filter, isManaged('r'))} RETURN r.scope_id AS scope, r.region AS region, r.kind AS kind, count(*) AS number`,
      filter.parameters,
    ),
  ]);
  const managedCounts = new Map(managed.map((row) => [groupKey(row), count(row, 'number')]));
  return rows.map((row) => ({
    place: `${text(row, 'scope')}|${text(row, 'region')}`,
    key: groupKey(row),
    scopeId: text(row, 'scope'),
    region: text(row, 'region'),
    kind: text(row, 'kind'),
    category: categoryOf(row, 'category'),
    cloud: cloudOf(row, 'cloud'),
    count: count(row, 'number'),
    managed: managedCounts.get(groupKey(row)) ?? 0,
    stale: count(row, 'stale'),
  }));
}

/** A counted node over one or more kind groups. Managed and stale when all of it is. */
function groupNode(id: string, label: string, groups: readonly KindGroup[]): GraphViewNode | null {
  const [largest] = [...groups].sort((left, right) => right.count - left.count);
  if (largest === undefined) return null;
  const sum = (pick: (group: KindGroup) => number): number => groups.reduce((total, group) => total + pick(group), 0);
  const total = sum((group) => group.count);
  const single = groups.length === 1;
  return {
    id,
    label,
    group: true,
    count: total,
    category: single ? largest.category : 'other',
    kind: single ? largest.kind : '',
    cloud: largest.cloud,
    scopeId: largest.scopeId,
    region: largest.region,
    managed: sum((group) => group.managed) === total,
    stale: sum((group) => group.stale) === total,
    isStub: false,
  };
}

interface Drawing {
  readonly nodes: GraphViewNode[];
  /** Kind group → the node that stands for it; absent when its resources are drawn one by one. */
  readonly shownAs: Map<string, string>;
  /** Kind groups whose resources are drawn. */
  readonly open: KindGroup[];
  readonly hidden: number;
}

/** Decides what is drawn as a group and what in full, within the limit; what does not fit is counted. */
function arrange(
  groups: readonly KindGroup[],
  { expanded, limit }: GraphViewInput,
  placeLabel: (group: KindGroup) => string,
): Drawing {
  const open = new Set(expanded);
  const nodes: GraphViewNode[] = [];
  const shownAs = new Map<string, string>();
  const inFull: KindGroup[] = [];
  let hidden = 0;
  const places = new Map<string, KindGroup[]>();
  for (const group of groups) {
    const known = places.get(group.place);
    if (known === undefined) places.set(group.place, [group]);
    else known.push(group);
  }
  function place(node: GraphViewNode | null, covered: readonly KindGroup[]): void {
    if (node === null) return;
    if (nodes.length >= limit) {
      hidden += node.count;
      return;
    }
    nodes.push(node);
    for (const group of covered) shownAs.set(group.key, node.id);
  }
  for (const [id, members] of places) {
    const [first] = members;
    if (first === undefined) continue;
    if (!open.has(id) && !members.some((group) => open.has(group.key))) {
      place(groupNode(id, placeLabel(first), members), members);
      continue;
    }
    for (const group of members) {
      if (open.has(group.key)) inFull.push(group);
      else place(groupNode(group.key, group.kind, [group]), [group]);
    }
  }
  return { nodes, shownAs, open: inFull, hidden };
}

/** Resources drawn one by one, with their positions in the table: a list of positions is searched faster than ids. */
type DrawnResources = ReadonlyMap<string, number>;

async function addResources(
  graph: GraphAccess,
  drawing: Drawing,
  { filter, limit, managed }: { filter: CompiledFilter; limit: number; managed: ReadonlyMap<string, ManagedBy> },
): Promise<{ readonly ids: DrawnResources; readonly hidden: number }> {
  const ids = new Map<string, number>();
  let { hidden } = drawing;
  const inGroup = ['r.scope_id = $groupScope', 'r.region = $groupRegion', 'r.kind = $groupKind'];
  for (const group of drawing.open) {
    const room = Math.max(0, limit - drawing.nodes.length);
    hidden += Math.max(0, group.count - room);
    if (room === 0) continue;
    const rows = await graph.rows(
      `${matching(filter, ...inGroup)} RETURN ${nodeColumns('r')}, offset(id(r)) AS at ORDER BY name, id LIMIT ${room}`,
      { ...filter.parameters, groupScope: group.scopeId, groupRegion: group.region, groupKind: group.kind },
    );
    for (const row of rows) {
      drawing.nodes.push(resourceNode(row, managed));
      ids.set(text(row, 'id'), count(row, 'at'));
    }
  }
  return { ids, hidden };
}

/**
 * The selection as a drawing: groups by scope and region first, kinds of an expanded group, resources of an expanded
 * kind. Every relationship among what is drawn is on one of its lines; every resource that is not drawn is counted
 * in a group or in `hidden`.
 */
export async function readGraphView(graph: GraphAccess, input: GraphViewInput): Promise<GraphView> {
  const scopes = await readScopes(graph);
  const filter = compileFilter(input.filter, scopes);
  const [groups, types, managed] = await Promise.all([
    readGroups(graph, filter),
    presentTypes(graph),
    managedResources(graph),
  ]);
  const names = new Map(scopes.map((scope) => [scope.id, scope.name]));
  const placeLabel = (group: KindGroup): string => `${names.get(group.scopeId) ?? group.scopeId} · ${group.region}`;
  // Resources picked by hand are few and meant one by one.
  const expanded = input.filter.ids.length > 0 ? groups.map((group) => group.key) : input.expanded;
  const drawing = arrange(groups, { ...input, expanded }, placeLabel);
  const { ids, hidden } = await addResources(graph, drawing, { filter, limit: input.limit, managed });
  const far = compileFilter(input.filter, scopes, { name: 'o' });
  const edges = await readEdges(graph, { filter, far, types, drawing, ids });
  return { nodes: drawing.nodes, edges, hidden };
}

interface EdgeQuestion {
  readonly filter: CompiledFilter;
  /** The same selection for the other end of a line, called `o`. */
  readonly far: CompiledFilter;
  readonly types: string;
  readonly drawing: Drawing;
  readonly ids: DrawnResources;
}

const nearPlace = 'r.scope_id AS scope, r.region AS region, r.kind AS kind';
const farPlace = 'o.scope_id AS scope2, o.region AS region2, o.kind AS kind2';

async function addGroupEdges(graph: GraphAccess, question: EdgeQuestion, sum: EdgeSum): Promise<void> {
  const { filter, far, types, drawing } = question;
  const rows = await graph.rows(
    `${matching(filter)} MATCH (r)-[e:${types}]->(o:Resource)${whereAll(far.conditions)}
     RETURN ${nearPlace}, ${farPlace}, label(e) AS type, count(*) AS number`,
    filter.parameters,
  );
  for (const row of rows) {
    const from = drawing.shownAs.get(groupKey(row));
    const to = drawing.shownAs.get(groupKey(row, '2'));
    if (from === undefined || to === undefined || from === to) continue;
    sum.add(from, to, { type: text(row, 'type'), count: count(row, 'number') });
  }
}

/** Lines of single resources: to each other, and to and from the groups. */
async function addResourceEdges(graph: GraphAccess, question: EdgeQuestion, sum: EdgeSum): Promise<void> {
  const { far, types, drawing, ids } = question;
  const parameters = { ...far.parameters, drawn: [...ids.values()] };
  const where = whereAll(['offset(id(r)) IN $drawn', ...far.conditions]);
  const [leaving, arriving] = await Promise.all([
    graph.rows(
      `MATCH (r:Resource)-[e:${types}]->(o:Resource)${where}
       RETURN r.id AS near, o.id AS far, ${farPlace}, label(e) AS type`,
      parameters,
    ),
    graph.rows(
      `MATCH (r:Resource)<-[e:${types}]-(o:Resource)${where}
       RETURN r.id AS near, ${farPlace}, label(e) AS type, count(*) AS number`,
      parameters,
    ),
  ]);
  for (const row of leaving) {
    const to = ids.has(text(row, 'far')) ? text(row, 'far') : drawing.shownAs.get(groupKey(row, '2'));
    if (to !== undefined) sum.add(text(row, 'near'), to, { type: text(row, 'type'), count: 1 });
  }
  for (const row of arriving) {
    // Only groups: kinds that are drawn one by one stand for nothing here and came with the lines that leave.
    const from = drawing.shownAs.get(groupKey(row, '2'));
    if (from !== undefined) sum.add(from, text(row, 'near'), { type: text(row, 'type'), count: count(row, 'number') });
  }
}

async function readEdges(graph: GraphAccess, question: EdgeQuestion): Promise<GraphView['edges']> {
  const sum = createEdgeSum();
  if (question.drawing.shownAs.size > 0) await addGroupEdges(graph, question, sum);
  if (question.ids.size > 0) await addResourceEdges(graph, question, sum);
  return sum.edges();
}
