import type { Run, ScopeFact } from '#shared/model/index.ts';
import type { FactDamage } from '#engine/ports/index.ts';
import { linkChains, type CellRecord, type ChainsByPlace } from './chains.ts';
import { runDirectory } from './layout.ts';
import { readLedger, readScopes, type SealedCell } from './ledger.ts';
import { rankByTime } from './rank-by-time.ts';
import { listRuns, readRunRecord } from './run-record.ts';

/** All runs' ledgers read together: who knows what, without any fact being read. */
export interface FactIndex {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly scopes: readonly ScopeFact[];
  readonly chains: ChainsByPlace;
  /** What each run says, by its number. */
  readonly records: ReadonlyMap<number, readonly CellRecord[]>;
  readonly damage: readonly FactDamage[];
}

/** Reads the ledgers of all runs. `active` are the runs being written by this process. */
export async function readFactIndex(root: string, active: ReadonlySet<number>): Promise<FactIndex> {
  const runs: Run[] = [];
  const scopes = new Map<string, ScopeFact>();
  const seals: { readonly run: Run; readonly directory: string; readonly sealed: SealedCell }[] = [];
  const damage: FactDamage[] = [];
  for (const run of await listRuns(root)) {
    const directory = runDirectory(root, run);
    const ledger = await readLedger(directory);
    const seen = await readScopes(directory);
    damage.push(...ledger.damage, ...seen.damage);
    const runRecord = await readRunRecord(root, { run, cells: ledger.values, isActive: active.has(run) });
    runs.push(runRecord);
    const fromThisRun = new Map(seen.values.map((scope) => [scope.id, scope]));
    for (const [id, scope] of fromThisRun) if (!scopes.has(id)) scopes.set(id, scope);
    for (const sealed of ledger.values) seals.push({ run: runRecord, directory, sealed });
  }
  const ageOf = rankByTime(
    runs,
    seals.map(({ run, sealed }) => ({ run: run.id, capturedAt: sealed.cell.capturedAt })),
  );
  const all = seals.map(({ run, directory, sealed }): CellRecord => {
    return { run: run.id, age: ageOf({ run: run.id, capturedAt: sealed.cell.capturedAt }), directory, sealed };
  });
  const records = new Map<number, CellRecord[]>(runs.map(({ id }) => [id, []]));
  for (const record of all) records.get(record.run)?.push(record);
  // Stable: what is equally old stays in the order of its runs.
  all.sort((left, right) => right.age - left.age);
  return { runs, scopes: [...scopes.values()], chains: linkChains(all), records, damage };
}
