import { jsonObject, numberOrNull, text, type Row } from './cells.ts';
import type { FactStore, GraphBuilder, GraphStore } from '#engine/ports/index.ts';
import {
  estateFilterSchema,
  relationshipTypeSchema,
  type BlastRadius,
  type EstateFilterInput,
  type RelationshipFact,
  type ResourceFact,
  type ResourceRow,
} from '#shared/model/index.ts';
import { readAffected, type Affected, type AffectedInput } from './blast-radius.ts';
import { compileFilter, matching, type CompiledFilter } from './compile-filter.ts';
import { createGraphAccess, type GraphAccess } from './graph-access.ts';
import { presentTypes } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { resourceColumns, toResourceRows } from './resource-rows.ts';
import { readScopes } from './scopes.ts';
import { resolveResource } from './resource-detail.ts';

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

async function readLeaving(graph: GraphAccess, selection: CompiledFilter): Promise<readonly RelationshipFact[]> {
  const types = await presentTypes(graph);
  const parts = ['Resource', 'Address'].map((table) =>
    graph.rows(
      `${matching(selection)} MATCH (r)-[e:${types}]->(o:${table})
       RETURN label(e) AS type, r.id AS from_id, o.id AS to_id, e.src AS source, e.conf AS confidence,
       e.props_json AS properties ORDER BY type, from_id, to_id`,
      selection.parameters,
    ),
  );
  return (await Promise.all(parts)).flat().map(toFact);
}

interface Selected {
  readonly selection: CompiledFilter;
  readonly rows: readonly ResourceRow[];
}

/** Makes the reader. It builds the graph first when there is none, as the estate service does. */
export function createEstateReader({ facts, store, builder }: EstateReaderDeps): EstateReader {
  const graph = createGraphAccess({ store, builder });

  async function select(filter: EstateFilterInput, signal: AbortSignal): Promise<Selected> {
    await graph.ensureReady(signal);
    const [scopes, managed] = await Promise.all([readScopes(graph), managedResources(graph)]);
    const selection = compileFilter(estateFilterSchema.parse(filter), scopes);
    const query = `${matching(selection)} RETURN ${resourceColumns} ORDER BY r.kind, r.id`;
    const rows = await graph.rows(query, selection.parameters);
    return { selection, rows: toResourceRows(rows, { scopes, managed, terms: selection.terms }) };
  }

  async function affectedBy(input: AffectedInput, signal: AbortSignal): Promise<Affected> {
    await graph.ensureReady(signal);
    return readAffected(graph, input);
  }

  return {
    async rowsOf(filter, signal) {
      return (await select(filter, signal)).rows;
    },
    async resourcesOf(filter, signal) {
      const { selection, rows } = await select({ ...filter, includeStubs: false }, signal);
      const wanted = rows.map(({ id, scopeId, kind }) => ({ id, scope: scopeId, kind }));
      const bodies = await facts.bodies(wanted, signal);
      signal.throwIfAborted();
      const ids = new Set(rows.map((row) => row.id));
      const all = await readLeaving(graph, selection);
      return {
        resources: rows.map((row) => toResourceFact(row, bodies.get(row.id) ?? null)),
        relationships: all.filter((fact) => ids.has(fact.to)),
        leaving: all.filter((fact) => !ids.has(fact.to)),
      };
    },
    async find(id, signal) {
      await graph.ensureReady(signal);
      return resolveResource(graph, id);
    },
    affectedBy,
    async blastRadius(input, signal) {
      const { affected } = await affectedBy(input, signal);
      const cells = await facts.coverage(null);
      const runs = await facts.runs();
      const { scopeId, region } = input.target;
      const here = cells.filter((cell) => cell.scope === scopeId && [region, 'global'].includes(cell.region));
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
