import type { Run, ScopeFact } from '#shared/model/index.ts';
import type { FactDamage } from '#engine/ports/index.ts';
import { linkChains, type CellRecord, type ChainsByPlace } from './chains.ts';
import { runDirectory } from './layout.ts';
import { readLedger, readScopes, type SealedCell } from './ledger.ts';
import { rankByTime, type SeenAt } from './rank-by-time.ts';
import { readRemovedRuns, type RemovedRun } from './removal/removed-runs.ts';
import type { ReadLines } from './ndjson.ts';
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
  /** Runs that were removed; what stays of them is counted in. */
  readonly removed: readonly RemovedRun[];
  /** The scopes that a run itself saw, and its sealed cells; null when there is no such run. */
  readonly seenBy: (run: number) => Pick<RunFacts, 'scopes' | 'cells'> | null;
  /** The scopes that a run saw and the next one did not: whatever is known of them later, it knows from here. */
  scopesLeftBy(run: number): readonly ScopeFact[];
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
  const removed = await readRemovedRuns(root);
  const gone = new Set(removed.values.map(({ run }) => run));
  for (const id of await listRuns(root)) {
    // Its folder was not cleared away any more.
    if (gone.has(id)) continue;
    const directory = runDirectory(root, id);
    const ledger = await readLedger(directory);
    const seen = await readScopes(directory);
    const run = await readRunRecord(root, { run: id, cells: ledger.values, isActive: active.has(id) });
    const damage = [...ledger.damage, ...seen.damage];
    runs.push({ run, directory, cells: ledger.values, scopes: seen.values, damage });
  }
  return indexRuns(runs, removed);
}

/** Links what some runs left behind; newest run first. */
function indexRuns(all: readonly RunFacts[], removed: ReadLines<RemovedRun>): FactIndex {
  const runs = all.map(({ run }) => run);
  const newest = newestScopes([
    ...all.map(({ run: { id }, scopes }) => ({ run: id, scopes })),
    ...removed.values.map(({ run, scopes }) => ({ run, scopes })),
  ]);
  const seals = all.flatMap(({ run, directory, cells }) => cells.map((sealed) => ({ run: run.id, directory, sealed })));
  const seen = seals.map(({ run, sealed: { cell } }): SeenAt => {
    return { run, capturedAt: cell.capturedAt, secondhand: cell.secondhand };
  });
  const ageOf = rankByTime([...runs, ...removed.values.map(({ run: id, startedAt }) => ({ id, startedAt }))], seen);
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
    scopes: newest,
    chains: linkChains(linked),
    records,
    damage: [...removed.damage, ...all.flatMap(({ damage }) => damage)],
    removed: removed.values,
    seenBy: (run) => all.find((candidate) => candidate.run.id === run) ?? null,
    scopesLeftBy: (run) => scopesLeftBy(all, run),
    upTo(run) {
      const before = { ...removed, values: removed.values.filter((candidate) => candidate.run <= run) };
      const known =
        earlier.get(run) ??
        indexRuns(
          all.filter((candidate) => candidate.run.id <= run),
          before,
        );
      earlier.set(run, known);
      return known;
    },
  };
}

/** Every scope as the newest run that saw it tells it. */
function newestScopes(
  seen: readonly { readonly run: number; readonly scopes: readonly ScopeFact[] }[],
): readonly ScopeFact[] {
  const newest = new Map<string, ScopeFact>();
  for (const { scopes } of seen.toSorted((left, right) => right.run - left.run)) {
    const fromThisRun = new Map(scopes.map((scope) => [scope.id, scope]));
    for (const [id, scope] of fromThisRun) {
      const known = newest.get(id);
      if (known === undefined) newest.set(id, scope);
      // A project's number never changes, and not every source tells it.
      else if (known.number === undefined && scope.number !== undefined) {
        newest.set(id, { ...known, number: scope.number });
      }
    }
  }
  return [...newest.values()];
}

function scopesLeftBy(all: readonly RunFacts[], run: number): readonly ScopeFact[] {
  const seen = all.find((candidate) => candidate.run.id === run)?.scopes ?? [];
  const next = all.findLast((candidate) => candidate.run.id > run)?.scopes ?? [];
  const again = new Set(next.map(({ id }) => id));
  const left = seen.filter(({ id }) => !again.has(id));
  return [...new Map(left.map((scope) => [scope.id, scope])).values()];
}
