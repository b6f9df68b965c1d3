import type { Run, ScopeFact } from '#shared/model/index.ts';
import type { FactDamage } from '#engine/ports/index.ts';
import { linkChains, type CellRecord, type ChainsByPlace } from './chains.ts';
import { runDirectory } from './layout.ts';
import { readLedger, readScopes, type SealedCell } from './ledger.ts';
import { rankByTime, type SeenAt } from './rank-by-time.ts';
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
  /** The same as it was once this run had ended. */
  upTo(run: number): FactIndex;
}

/** What one run left behind, its facts not read. */
interface RunFacts {
  readonly run: Run;
  readonly directory: string;
  readonly cells: readonly SealedCell[];
  readonly scopes: readonly ScopeFact[];
  readonly damage: readonly FactDamage[];
}

/** Reads the ledgers of all runs. `active` are the runs being written by this process. */
export async function readFactIndex(root: string, active: ReadonlySet<number>): Promise<FactIndex> {
  const runs: RunFacts[] = [];
  for (const id of await listRuns(root)) {
    const directory = runDirectory(root, id);
    const ledger = await readLedger(directory);
    const seen = await readScopes(directory);
    const run = await readRunRecord(root, { run: id, cells: ledger.values, isActive: active.has(id) });
    const damage = [...ledger.damage, ...seen.damage];
    runs.push({ run, directory, cells: ledger.values, scopes: seen.values, damage });
  }
  return indexRuns(runs);
}

/** Links what some runs left behind; newest run first. */
function indexRuns(all: readonly RunFacts[]): FactIndex {
  const runs = all.map(({ run }) => run);
  const scopes = new Map<string, ScopeFact>();
  for (const { scopes: seen } of all) {
    const fromThisRun = new Map(seen.map((scope) => [scope.id, scope]));
    for (const [id, scope] of fromThisRun) if (!scopes.has(id)) scopes.set(id, scope);
  }
  const seals = all.flatMap(({ run, directory, cells }) => cells.map((sealed) => ({ run: run.id, directory, sealed })));
  const seen = seals.map(({ run, sealed: { cell } }): SeenAt => {
    return { run, capturedAt: cell.capturedAt, secondhand: cell.secondhand };
  });
  const ageOf = rankByTime(runs, seen);
  const linked = seals.map(({ run, directory, sealed }, index): CellRecord => {
    return { run, age: ageOf(seen[index] ?? { run, capturedAt: undefined }), directory, sealed };
  });
  const records = new Map<number, CellRecord[]>(runs.map(({ id }) => [id, []]));
  for (const record of linked) records.get(record.run)?.push(record);
  // Stable: what is equally old stays in the order of its runs.
  linked.sort((left, right) => right.age - left.age);
  const earlier = new Map<number, FactIndex>();
  return {
    runs,
    scopes: [...scopes.values()],
    chains: linkChains(linked),
    records,
    damage: all.flatMap(({ damage }) => damage),
    upTo(run) {
      const known = earlier.get(run) ?? indexRuns(all.filter((candidate) => candidate.run.id <= run));
      earlier.set(run, known);
      return known;
    },
  };
}
