import { allRegions, type RelationshipFact, type ResourceFact } from '#shared/model/index.ts';
import type { ArchivedCell, ArchivedFacts } from '#engine/ports/index.ts';
import { readBodies, readChainRelationships, readChainResources } from './cell-reader.ts';
import { newestRecords, type CellChain, type CellRecord } from './chains.ts';
import type { FactIndex } from './fact-index.ts';
import { createPartReader } from './parts.ts';

interface OpenCell {
  readonly cell: ArchivedCell;
  readonly resources: ResourceFact[];
  readonly relationships: RelationshipFact[];
}

/** All that the runs of an index know now, chain by chain. Facts that cannot be read any more are not in it. */
export async function* archivedFacts(index: FactIndex, signal: AbortSignal): AsyncGenerator<ArchivedFacts> {
  yield { scopes: index.scopes, cell: null, resources: [], relationships: [] };
  const startedAt = new Map(index.runs.map((run) => [run.id, run.startedAt]));
  for (const chain of [...index.chains.values()].flat()) {
    signal.throwIfAborted();
    yield* chainFacts(chain, startedAt);
  }
}

async function* chainFacts(chain: CellChain, startedAt: ReadonlyMap<number, number>): AsyncGenerator<ArchivedFacts> {
  const parts = createPartReader();
  const cells = newestRecords(chain).map((record): OpenCell => {
    const { run: _run, ...cell } = record.sealed.cell;
    const capturedAt = cell.capturedAt ?? startedAt.get(record.run) ?? 0;
    return { cell: { ...cell, capturedAt }, resources: [], relationships: [] };
  });
  // The listing of a region is nearer to what lies there than one of all regions.
  const cellOf = (region: string | undefined): OpenCell | undefined =>
    cells.find(({ cell }) => cell.region === region) ??
    cells.find(({ cell }) => cell.region === allRegions) ??
    cells[0];
  const regions = new Map<string, string>();
  const { facts } = await readChainResources(chain, parts);
  const bodies = new Map<CellRecord, Awaited<ReturnType<typeof readBodies>>['bodies']>();
  for (const { fact, record, stale } of facts) {
    const known = bodies.get(record) ?? (await readBodies(record, parts)).bodies;
    bodies.set(record, known);
    regions.set(fact.id, fact.region);
    const raw = known.get(fact.id) ?? null;
    cellOf(fact.region)?.resources.push({ ...fact, raw, ...(stale ? { carried: true } : {}) });
  }
  bodies.clear();
  for (const { fact } of (await readChainRelationships(chain, parts)).facts) {
    cellOf(regions.get(fact.from) ?? regions.get(fact.to))?.relationships.push(fact);
  }
  for (const open of cells) yield { scopes: [], ...open };
}
