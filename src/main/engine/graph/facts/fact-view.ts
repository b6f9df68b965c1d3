import type { CoverageCell } from '#shared/model/index.ts';
import type { FactDamage, FactView, GraphRelationship, GraphResource } from '#engine/ports/index.ts';
import { readBodies, type CellResource, type ChainFacts } from './cell-reader.ts';
import { newestRecords, type CellChain, type CellRecord } from './chains.ts';
import type { FactIndex } from './fact-index.ts';
import { inOrder } from '#shared/base/in-order.ts';
import { tellChainRelationships, tellChainResources, type ChainParts } from './large-cells.ts';
import { createOwnership } from './ownership.ts';
import { createPartReader, type PartReader, type ReadFile } from './parts.ts';
import { createTextNumbers } from '../shape/index.ts';

const cellsInFlight = 6;
const batchSize = 2000;
/** So many resources wait for their bodies, which are read once for all of one cell: it may be a large one. */
const waitingAtMost = 10_000;

function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * Newest cells first, so that of two equal sightings the newer one is met first. Then by kind: relationships of one
 * type come together, and the columns of what is built of them hold runs of the same. Then by file, because cells of
 * one file are read together.
 */
function byAgeKindAndFile([left]: CellChain, [right]: CellChain): number {
  const byAge = (right?.age ?? 0) - (left?.age ?? 0);
  if (byAge !== 0) return byAge;
  const byKind = byText(left?.sealed.cell.kind ?? '', right?.sealed.cell.kind ?? '');
  return byKind === 0 ? byText(left?.sealed.file ?? '', right?.sealed.file ?? '') : byKind;
}

const newestOf = new WeakMap<FactIndex, readonly CoverageCell[]>();

/**
 * The newest cell of each scope × region × kind; a listing of all regions stands for the regions before it. The same
 * list for the same index: whoever orders or counts it may keep what follows from it.
 */
export function newestCoverage(index: FactIndex): readonly CoverageCell[] {
  const known = newestOf.get(index);
  if (known !== undefined) return known;
  const cells: CoverageCell[] = [];
  for (const chains of index.chains.values()) {
    for (const chain of chains) for (const { sealed } of newestRecords(chain)) cells.push(sealed.cell);
  }
  newestOf.set(index, cells);
  return cells;
}

function earliest(better: CellResource, other: CellResource): CellResource {
  return other.firstRun < better.firstRun ? { ...better, firstRun: other.firstRun } : better;
}

/**
 * The newest view over all runs. A resource seen from several cells (a subnet shared between accounts) comes once:
 * a full body before a part, a fresh sighting before a stale one, then the one from the scope that owns it, then the
 * newer.
 */
export function createFactView(index: FactIndex, signal: AbortSignal, readFile?: ReadFile): FactView {
  const damage: FactDamage[] = [...index.damage];
  const damaged = new Set<string>();
  const chains = [...index.chains.values()].flat().sort(byAgeKindAndFile);
  const owns = createOwnership(index.scopes);

  function isFromOwner({ record, fact }: CellResource): boolean {
    return owns(record.sealed.cell.scope, fact.scopeId);
  }

  function isBetter(candidate: CellResource, known: CellResource): boolean {
    const full = candidate.fact.sparse !== true;
    if (full !== (known.fact.sparse !== true)) return full;
    if (candidate.stale !== known.stale) return !candidate.stale;
    const owned = isFromOwner(candidate);
    if (owned !== isFromOwner(known)) return owned;
    return candidate.record.age > known.record.age;
  }

  function report(found: readonly FactDamage[]): void {
    for (const item of found) {
      const key = `${item.file}:${item.line}`;
      if (!damaged.has(key)) damage.push(item);
      damaged.add(key);
    }
  }

  /** What all chains tell, one after the other. */
  async function* factsOf<Fact>(
    tell: (chain: CellChain, parts: PartReader) => Promise<ChainParts<Fact>>,
  ): AsyncGenerator<ChainFacts<Fact>['facts']> {
    const parts = createPartReader(readFile);
    for await (const told of inOrder(chains, cellsInFlight, (chain) => tell(chain, parts))) {
      for await (const { facts, damage: found } of told) {
        signal.throwIfAborted();
        report(found);
        yield facts;
      }
    }
  }

  async function* merged(): AsyncGenerator<readonly CellResource[]> {
    const told = createTextNumbers();
    const waiting = new Map<string, CellResource>();
    for await (const facts of factsOf(tellChainResources)) {
      const batch: CellResource[] = [];
      for (const resource of facts) {
        const { id } = resource.fact;
        if (resource.fact.sparse !== true && !resource.stale && isFromOwner(resource)) {
          // By the size whether it is new: looking for it first would be a second search among a million.
          const { size } = told;
          told.add(id);
          if (told.size === size) continue;
          const earlier = waiting.get(id);
          waiting.delete(id);
          batch.push(earlier === undefined ? resource : earliest(resource, earlier));
          continue;
        }
        if (told.has(id)) continue;
        const known = waiting.get(id);
        if (known === undefined) waiting.set(id, resource);
        else waiting.set(id, isBetter(resource, known) ? earliest(resource, known) : earliest(known, resource));
      }
      for (let start = 0; start < batch.length; start += batchSize) yield batch.slice(start, start + batchSize);
    }
    const rest = [...waiting.values()];
    for (let start = 0; start < rest.length; start += batchSize) yield rest.slice(start, start + batchSize);
  }

  return {
    runs: index.runs,
    scopes: index.scopes,
    coverage: newestCoverage(index),
    damage,
    heads: merged,
    async *relationships(): AsyncGenerator<readonly GraphRelationship[]> {
      for await (const facts of factsOf(tellChainRelationships)) {
        for (let start = 0; start < facts.length; start += batchSize) yield facts.slice(start, start + batchSize);
      }
    },
    async *resources(wanted = () => true): AsyncGenerator<GraphResource> {
      const parts = createPartReader(readFile);
      const waiting = new Map<CellRecord, Map<string, CellResource>>();

      async function* tellWaiting(): AsyncGenerator<GraphResource> {
        for (const [record, resources] of waiting) {
          signal.throwIfAborted();
          const read = await readBodies(record, parts, resources);
          report(read.damage);
          for (const { record: _record, ...resource } of resources.values()) {
            const raw = read.bodies.get(resource.fact.id) ?? null;
            yield { ...resource, fact: { ...resource.fact, raw } };
          }
        }
        waiting.clear();
      }

      let count = 0;
      for await (const batch of merged()) {
        for (const resource of batch) {
          if (!wanted(resource.fact)) continue;
          const { id } = resource.fact;
          const group = waiting.get(resource.record);
          if (group === undefined) waiting.set(resource.record, new Map([[id, resource]]));
          else group.set(id, resource);
          count += 1;
        }
        if (count < waitingAtMost) continue;
        yield* tellWaiting();
        count = 0;
      }
      yield* tellWaiting();
    },
  };
}
