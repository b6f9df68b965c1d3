import type { FactStore, GraphBuilder, GraphStore } from '#engine/ports/index.ts';
import {
  allRegions,
  estateFilterSchema,
  type BlastRadius,
  type EstateFilterInput,
  type RelationshipFact,
  type ResourceFact,
  type ResourceRow,
} from '#shared/model/index.ts';
import { codedAt, compareTexts, textAt } from '../shape/index.ts';
import { readAffected, type Affected, type AffectedInput } from './blast-radius.ts';
import { createGraphAccess, type GraphAccess } from './graph-access.ts';
import { relationshipFactAt } from './relationship-rows.ts';
import { resolveResource } from './resolve.ts';
import { readRowsAt } from './resource-rows.ts';
import { parseSearch } from './search-terms.ts';
import { selectNodes } from './selection.ts';
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

/** Relationships that leave the given resources, with what their facts said. */
async function readLeaving(graph: GraphAccess, positions: readonly number[]): Promise<readonly RelationshipFact[]> {
  const { shape, leaving } = await readTopology(graph);
  const facts: RelationshipFact[] = [];
  for (const position of positions) {
    for (let edge = leaving[position] ?? 0; edge < (leaving[position + 1] ?? 0); edge += 1) {
      facts.push(relationshipFactAt(shape, edge));
    }
  }
  return facts.sort((left, right) => compareTexts(sortKey(left), sortKey(right)));
}

function sortKey({ type, from, to, properties }: RelationshipFact): string {
  return `${type}\n${from}\n${to}\n${JSON.stringify(properties)}`;
}

/** The positions of a filter's resources, by kind and id. */
async function readSelected(graph: GraphAccess, filter: EstateFilterInput): Promise<readonly number[]> {
  const [{ kinds, ids }, selected] = await Promise.all([
    graph.shape(),
    selectNodes(graph, estateFilterSchema.parse(filter)),
  ]);
  const positions: number[] = [];
  for (const [position, mark] of selected.entries()) if (mark === 1) positions.push(position);
  return positions.sort(
    (left, right) =>
      compareTexts(codedAt(kinds, left), codedAt(kinds, right)) || compareTexts(textAt(ids, left), textAt(ids, right)),
  );
}

/** Makes the reader. It builds the graph first when there is none, as the estate service does. */
export function createEstateReader({ facts, store, builder, ...shared }: EstateReaderDeps): EstateReader {
  const graph = shared.graph ?? createGraphAccess({ store, builder });

  function affectedBy(input: AffectedInput, signal: AbortSignal): Promise<Affected> {
    return graph.answer(signal, () => readAffected(graph, input));
  }

  return {
    rowsOf: (filter, signal) =>
      graph.answer(signal, async () =>
        readRowsAt(graph, await readSelected(graph, filter), parseSearch(filter.text ?? '')),
      ),
    resourcesOf: (filter, signal) =>
      graph.answer(signal, async () => {
        const positions = await readSelected(graph, { ...filter, includeStubs: false });
        const rows = await readRowsAt(graph, positions);
        const wanted = rows.map(({ id, scopeId, kind }) => ({ id, scope: scopeId, kind }));
        const bodies = await facts.bodies(wanted, signal);
        const ids = new Set(rows.map((row) => row.id));
        const all = await readLeaving(graph, positions);
        return {
          resources: rows.map((row) => toResourceFact(row, bodies.get(row.id) ?? null)),
          relationships: all.filter((fact) => ids.has(fact.to)),
          leaving: all.filter((fact) => !ids.has(fact.to)),
        };
      }),
    find: (id, signal) =>
      graph.answer(signal, async () => {
        const [row] = await readRowsAt(graph, [await resolveResource(graph, id)]);
        if (row === undefined) throw new RangeError(`The graph has no row for ${id}.`);
        return row;
      }),
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
