import { AppError } from '#shared/errors/index.ts';
import type { FactStore } from '#engine/ports/index.ts';
import type { RelationshipRow, ResourceDetail, ResourceRow } from '#shared/model/index.ts';
import { flag, jsonObject, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { presentTypes } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { resourceColumns, toResourceRows } from './resource-rows.ts';
import { resolveResource } from './resolve.ts';
import { readScopes } from './scopes.ts';
import { readTopology } from './topology.ts';

/** Relationships told of one resource, per direction: a hub has tens of thousands, which no list needs. */
const relationshipsShown = 2000;

/** The table row of one resource, by its exact id. */
async function readRow(graph: GraphAccess, id: string): Promise<ResourceRow | null> {
  const [rows, scopes, managed] = await Promise.all([
    graph.rows(`MATCH (r:Resource {id: $id}) RETURN ${resourceColumns}`, { id }),
    readScopes(graph),
    managedResources(graph),
  ]);
  return toResourceRows(rows, { scopes, managed, terms: [] })[0] ?? null;
}

/** The table row of the resource an id means. Throws `not-found`, `conflict`. */
export async function findRow(graph: GraphAccess, id: string): Promise<ResourceRow> {
  const { nodes } = await readTopology(graph);
  const row = await readRow(graph, nodes[await resolveResource(graph, id)]?.id ?? id);
  if (row !== null) return row;
  throw new AppError('not-found', `No resource ${id} is in the graph.`);
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
  const row = await findRow(graph, id);
  const relationships = await readRelationships(graph, row.id);
  if (row.isStub) return { row, raw: null, relationships, history: [] };
  const place = { scope: row.scopeId, kind: row.kind };
  const [fact, history] = await Promise.all([facts.raw(row.id, place), facts.history(row.id, place)]);
  return { row, raw: fact?.raw ?? null, relationships, history: [...history] };
}
