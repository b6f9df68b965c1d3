import { jsonObject, numberOrNull, text, type Row } from './cells.ts';
import { relationshipTables } from '../schema/tables.ts';
import type { FactStore, GraphBuilder, GraphStore } from '#engine/ports/index.ts';
import {
  allRegions,
  estateFilterSchema,
  relationshipTypeSchema,
  type BlastRadius,
  type EstateFilterInput,
  type RelationshipFact,
  type ResourceFact,
  type ResourceRow,
} from '#shared/model/index.ts';
import { readAffected, type Affected, type AffectedInput } from './blast-radius.ts';
import { compileFilter, matching } from './compile-filter.ts';
import { createGraphAccess, type GraphAccess } from './graph-access.ts';
import { relationshipCounts } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { resourceColumns, toResourceRows } from './resource-rows.ts';
import { readScopes } from './scopes.ts';
import { findRow } from './resource-detail.ts';
import { readTopology } from './topology.ts';

/** A selection with bodies, as extraction and drift need it. */
export interface EstateSelection {
  readonly resources: readonly ResourceFact[];
  /** Relationships with both ends in the selection. */
  readonly relationships: readonly RelationshipFact[];
  /** Relationships that leave the selection: to other resources, stubs and addresses. */
  readonly leaving: readonly RelationshipFact[];
}

/** Typed reading for the parts of the engine above the graph. */
export interface EstateReader {
  /** The resources of a filter, with raw bodies, and how they relate. Stubs have no body and are left out. */
  resourcesOf(filter: EstateFilterInput, signal: AbortSignal): Promise<EstateSelection>;
  /** The same without bodies: the table's rows. */
  rowsOf(filter: EstateFilterInput, signal: AbortSignal): Promise<readonly ResourceRow[]>;
  /** One resource by canonical id or unique native id. Throws `not-found`, `conflict`. */
  find(id: string, signal: AbortSignal): Promise<ResourceRow>;
  affectedBy(input: AffectedInput, signal: AbortSignal): Promise<Affected>;
  /** The blast radius of a plan for its review: `affectedBy` plus what could not be mapped in its target. */
  blastRadius(
    input: AffectedInput & { readonly target: { readonly scopeId: string; readonly region: string } },
    signal: AbortSignal,
  ): Promise<BlastRadius>;
}

export interface EstateReaderDeps {
  readonly facts: FactStore;
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
  /** Shared with other readers of the store; an own one when not given. */
  readonly graph?: GraphAccess;
}

function toFact(row: Row): RelationshipFact {
  return {
    type: relationshipTypeSchema.parse(row['type']),
    from: text(row, 'from_id'),
    to: text(row, 'to_id'),
    source: text(row, 'source'),
    confidence: numberOrNull(row, 'confidence') ?? 1,
    properties: jsonObject(row, 'properties'),
  };
}

/** Above this many resources a whole table is read instead of being asked for by position. */
const positionsAtMost = 1000;

/** Relationships that leave the given resources, with what their facts said. */
async function readLeaving(graph: GraphAccess, ids: ReadonlySet<string>): Promise<readonly RelationshipFact[]> {
  const topology = await readTopology(graph);
  const positions = [...ids].map((id) => topology.position(id)).filter((found) => found !== undefined);
  if (positions.length === 0) return [];
  const few = positions.length <= positionsAtMost;
  const facts: RelationshipFact[] = [];
  for (const type of (await relationshipCounts(graph)).keys()) {
    // One type and one kind of end at a time, without further conditions: larger joins have crashed the database.
    for (const table of endTables(type)) {
      const rows = await graph.rows(
        `MATCH (r:Resource)-[e:${type}]->(o:${table})${few ? ' WHERE offset(id(r)) IN $positions' : ''}
         RETURN '${type}' AS type, r.id AS from_id, o.id AS to_id, e.src AS source, e.conf AS confidence,
         e.props_json AS properties`,
        few ? { positions } : {},
      );
      for (const row of rows) if (ids.has(text(row, 'from_id'))) facts.push(toFact(row));
    }
  }
  return facts.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}

function endTables(type: string): readonly string[] {
  const pairs = relationshipTables.find((table) => table.name === type)?.pairs ?? [];
  const ends = pairs.filter(([from, to]) => from === 'Resource' && (to === 'Resource' || to === 'Address'));
  return ends.map(([, to]) => to);
}

function sortKey({ type, from, to, properties }: RelationshipFact): string {
  return `${type}\n${from}\n${to}\n${JSON.stringify(properties)}`;
}

async function readRows(graph: GraphAccess, filter: EstateFilterInput): Promise<readonly ResourceRow[]> {
  const [scopes, managed] = await Promise.all([readScopes(graph), managedResources(graph)]);
  const selection = compileFilter(estateFilterSchema.parse(filter), scopes);
  const query = `${matching(selection)} RETURN ${resourceColumns} ORDER BY r.kind, r.id`;
  const rows = await graph.rows(query, selection.parameters);
  return toResourceRows(rows, { scopes, managed, terms: selection.terms });
}

/** Makes the reader. It builds the graph first when there is none, as the estate service does. */
export function createEstateReader({ facts, store, builder, ...shared }: EstateReaderDeps): EstateReader {
  const graph = shared.graph ?? createGraphAccess({ store, builder });

  function affectedBy(input: AffectedInput, signal: AbortSignal): Promise<Affected> {
    return graph.answer(signal, () => readAffected(graph, input));
  }

  return {
    rowsOf: (filter, signal) => graph.answer(signal, () => readRows(graph, filter)),
    resourcesOf: (filter, signal) =>
      graph.answer(signal, async () => {
        const rows = await readRows(graph, { ...filter, includeStubs: false });
        const wanted = rows.map(({ id, scopeId, kind }) => ({ id, scope: scopeId, kind }));
        const bodies = await facts.bodies(wanted, signal);
        const ids = new Set(rows.map((row) => row.id));
        const all = await readLeaving(graph, ids);
        return {
          resources: rows.map((row) => toResourceFact(row, bodies.get(row.id) ?? null)),
          relationships: all.filter((fact) => ids.has(fact.to)),
          leaving: all.filter((fact) => !ids.has(fact.to)),
        };
      }),
    find: (id, signal) => graph.answer(signal, () => findRow(graph, id)),
    affectedBy,
    async blastRadius(input, signal) {
      const { affected } = await affectedBy(input, signal);
      const cells = await facts.coverage(null);
      const runs = await facts.runs();
      const { scopeId, region } = input.target;
      const here = cells.filter(
        (cell) => cell.scope === scopeId && [region, 'global', allRegions].includes(cell.region),
      );
      const newest = runs.find((run) => here.some((cell) => cell.run === run.id));
      const missing = here.filter((cell) => cell.status !== 'complete' && cell.status !== 'disabled');
      return {
        hops: input.hops ?? 3,
        affected,
        notMapped: missing.map(({ kind, region: where, status }) => ({ kind, region: where, status })),
        mappedAt: newest?.finishedAt ?? newest?.startedAt ?? null,
      };
    },
  };
}

function toResourceFact(row: ResourceRow, raw: ResourceFact['raw']): ResourceFact {
  const { id, cloud, kind, category, name, nativeId, scopeId, region, zone, state, createdAt, cidr, ip, tags } = row;
  const head = { id, cloud, kind, category, name, nativeId, scopeId, region, zone, state, createdAt, cidr, ip, tags };
  return { ...head, public: row.public, raw };
}
