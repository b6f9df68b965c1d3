import { setImmediate as breath } from 'node:timers/promises';
import type { RunUse } from '#engine/ports/index.ts';
import { createChainWalk } from '../chain-walk.ts';
import { newestRecords, type CellChain, type CellRecord } from '../chains.ts';
import type { FactIndex } from '../fact-index.ts';
import { createPartReader } from '../parts.ts';
import { isReadable } from '../cell-reader.ts';

export interface UsesOptions {
  /** The runs in question. */
  readonly candidates: ReadonlySet<number>;
  /** Runs after which the estate must be shown as it stood. */
  readonly views: readonly number[];
}

/** Chains after which others get their turn. */
const chainsAtOnce = 500;

/**
 * What the map of now, and the estates as they stood after some runs, still take from the runs in question. Of now a
 * listing counts as closing what is older only when all that it wrote can still be read: a damaged one must not make
 * what lies behind it go.
 */
export async function usesOfRuns(
  index: FactIndex,
  { candidates, views }: UsesOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, RunUse>> {
  const uses = new Map([...candidates].map((run) => [run, { cells: 0, views: new Set<number>() }]));
  const parts = createPartReader();
  let seen = 0;
  for (const chain of [...index.chains.values()].flat()) {
    if ((seen += 1) % chainsAtOnce === 0) await breath();
    signal.throwIfAborted();
    if (!chain.some(({ run }) => candidates.has(run))) continue;
    const needed = await neededNow(chain, candidates, (record) => isReadable(record, parts));
    for (const { run } of needed) {
      const use = uses.get(run);
      if (use !== undefined) use.cells += 1;
    }
    for (const view of views) {
      for (const { run } of neededBy(chain.filter((record) => record.run <= view))) uses.get(run)?.views.add(view);
    }
  }
  return new Map([...uses].map(([run, use]) => [run, { cells: use.cells, views: [...use.views].sort(byNumber) }]));
}

function byNumber(left: number, right: number): number {
  return left - right;
}

function isListed(record: CellRecord): boolean {
  return record.sealed.cell.status === 'complete';
}

/** False for a listing that brought nothing and was not complete: a newer one of the same place says as much. */
function tells(record: CellRecord): boolean {
  return isListed(record) || record.sealed.pages.length > 0;
}

/** The records of a chain that tell something, by what the ledger says of them. */
function neededBy(chain: CellChain): ReadonlySet<CellRecord> {
  const walk = createChainWalk();
  const needed = new Set<CellRecord>(newestRecords(chain));
  for (const record of chain) {
    if (!walk.mayTell(record)) continue;
    if (tells(record)) needed.add(record);
    walk.pass(record, isListed(record));
  }
  return needed;
}

/** The same, where a listing that closes a candidate's is looked at itself. */
async function neededNow(
  chain: CellChain,
  candidates: ReadonlySet<number>,
  readable: (record: CellRecord) => Promise<boolean>,
): Promise<ReadonlySet<CellRecord>> {
  const byLedger = neededBy(chain);
  if (chain.every((record) => byLedger.has(record) || !candidates.has(record.run))) return byLedger;
  const walk = createChainWalk();
  const needed = new Set<CellRecord>(newestRecords(chain));
  for (const record of chain) {
    if (!walk.mayTell(record)) continue;
    if (tells(record)) needed.add(record);
    walk.pass(record, isListed(record) && (await readable(record)));
  }
  return needed;
}
