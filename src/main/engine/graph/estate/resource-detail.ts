import { AppError } from '#shared/errors/index.ts';
import type { FactStore } from '#engine/ports/index.ts';
import type { RelationshipRow, ResourceDetail, ResourceRow } from '#shared/model/index.ts';
import { flag, jsonObject, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { presentTypes } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { resourceColumns, toResourceRows } from './resource-rows.ts';
import { readScopes } from './scopes.ts';

/** Relationships told of one resource, per direction: a hub has tens of thousands, which no list needs. */
const relationshipsShown = 2000;

async function rowsWhere(graph: GraphAccess, condition: string, value: string): Promise<ResourceRow[]> {
  const query = `MATCH (r:Resource) WHERE ${condition} RETURN ${resourceColumns} ORDER BY r.is_stub, r.id LIMIT 6`;
  const [rows, scopes, managed] = await Promise.all([
    graph.rows(query, { value }),
    readScopes(graph),
    managedResources(graph),
  ]);
  return toResourceRows(rows, { scopes, managed, terms: [] });
}

/**
 * The resource an id means: a canonical id, in any case, or a native id that only one resource has. Throws
 * `not-found`, or `conflict` naming the candidates.
 */
export async function resolveResource(graph: GraphAccess, id: string): Promise<ResourceRow> {
  for (const condition of ['r.id = $value', 'r.native_id = $value', 'lower(r.id) = lower($value)']) {
    const found = await rowsWhere(graph, condition, id);
    // A stub that is also listed under its full id is the same thing seen from afar.
    const listed = found.filter((row) => !row.isStub);
    const [only, second] = listed.length > 0 ? listed : found;
    if (only === undefined) continue;
    if (second === undefined) return only;
    throw new AppError('conflict', `${id} is the id of several resources.`, {
      advice: 'Use one of the full ids.',
      details: { candidates: (listed.length > 0 ? listed : found).map((row) => row.id) },
    });
  }
  throw new AppError('not-found', `No resource ${id} is in the graph.`, {
    advice: 'Search for a part of its name or id, or map its account and region again.',
    details: { id },
  });
}

const otherColumns = `label(e) AS type, e.src AS source, e.props_json AS properties, o.id AS id`;

async function readRelationships(graph: GraphAccess, id: string): Promise<RelationshipRow[]> {
  const types = await presentTypes(graph);
  async function read(direction: 'out' | 'in', table: 'Resource' | 'Address'): Promise<RelationshipRow[]> {
    const [left, right] = direction === 'out' ? ['-', '->'] : ['<-', '-'];
    const columns =
      table === 'Resource'
        ? `o.kind AS kind, o.name AS name, o.region AS region, o.is_stub AS stub`
        : `'address.' + o.kind AS kind, o.value AS name, '' AS region, false AS stub`;
    const rows = await graph.rows(
      `MATCH (r:Resource {id: $id})${left}[e:${types}]${right}(o:${table})
       RETURN ${otherColumns}, ${columns} ORDER BY type, kind, name, id LIMIT ${relationshipsShown}`,
      { id },
    );
    return rows.map((row) => ({
      type: text(row, 'type'),
      direction,
      source: text(row, 'source'),
      properties: jsonObject(row, 'properties'),
      other: {
        id: text(row, 'id'),
        kind: text(row, 'kind'),
        name: text(row, 'name'),
        region: text(row, 'region'),
        isStub: flag(row, 'stub'),
      },
    }));
  }
  const parts = await Promise.all([
    read('out', 'Resource'),
    read('in', 'Resource'),
    read('out', 'Address'),
    read('in', 'Address'),
  ]);
  return parts.flat();
}

/** Everything about one resource: its row, its newest body, what it relates to, and when its body changed. */
export async function readResource(
  { graph, facts }: { readonly graph: GraphAccess; readonly facts: FactStore },
  id: string,
): Promise<ResourceDetail> {
  const row = await resolveResource(graph, id);
  const relationships = await readRelationships(graph, row.id);
  if (row.isStub) return { row, raw: null, relationships, history: [] };
  const place = { scope: row.scopeId, kind: row.kind };
  const [fact, history] = await Promise.all([facts.raw(row.id, place), facts.history(row.id, place)]);
  return { row, raw: fact?.raw ?? null, relationships, history: [...history] };
}
