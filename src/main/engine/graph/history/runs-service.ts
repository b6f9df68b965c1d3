import type { ComparedRuns, FactStore, RunsService } from '#engine/ports/index.ts';
import type { RunChange, RunComparison } from '#shared/model/index.ts';
import type { LookedAt } from './looked-at.ts';
import type { RunKeeper } from './run-keeper.ts';

export interface RunsServiceDeps {
  readonly facts: Pick<FactStore, 'compare'>;
  readonly keeper: RunKeeper;
  readonly lookedAt: LookedAt;
}

interface RunPair {
  readonly from: number;
  readonly to: number;
}

/** The history that runs make. Differences come a page at a time: what changed inside is read for the rows asked for. */
export function createRunsService({ facts, keeper, lookedAt }: RunsServiceDeps): RunsService {
  function compared({ from, to }: RunPair, signal: AbortSignal): Promise<ComparedRuns> {
    lookedAt.note(from, to);
    return facts.compare({ from, to }, signal);
  }

  return {
    async compare({ from, to }, { signal }) {
      const { differences, unchanged, unknown, gaps } = await compared({ from, to }, signal);
      return { from, to, ...countsOf(differences), unchanged, unknown, gaps: gaps.length };
    },
    async differences({ from, to, changes, kinds, text, offset, limit }, { signal }) {
      const found = await compared({ from, to }, signal);
      const wanted = text.toLowerCase();
      const rows = found.differences.filter(
        (row) =>
          (changes.length === 0 || changes.includes(row.change)) &&
          (kinds.length === 0 || kinds.includes(row.kind)) &&
          (row.name.toLowerCase().includes(wanted) || row.id.toLowerCase().includes(wanted)),
      );
      const page = rows.slice(offset, offset + limit);
      return { total: rows.length, rows: [...(await found.attributes(page, signal))] };
    },
    async gaps({ from, to, offset, limit }, { signal }) {
      const { gaps } = await compared({ from, to }, signal);
      return { total: gaps.length, rows: gaps.slice(offset, offset + limit) };
    },
    history: () => keeper.history(),
    retain: (retention) => keeper.retain(retention),
    prune: (options, { signal }) => keeper.prune(options, signal),
    removal: ({ run }, { signal }) => keeper.removal(run, signal),
    remove: ({ run }, { signal }) => keeper.remove(run, signal),
  };
}

type Counts = Record<RunChange, number>;

function countsOf(
  differences: readonly { readonly kind: string; readonly change: RunChange }[],
): Counts & Pick<RunComparison, 'kinds'> {
  const sum: Counts = { added: 0, removed: 0, changed: 0 };
  const kinds = new Map<string, Counts>();
  for (const { kind, change } of differences) {
    sum[change] += 1;
    const ofKind = kinds.get(kind) ?? { added: 0, removed: 0, changed: 0 };
    ofKind[change] += 1;
    kinds.set(kind, ofKind);
  }
  return { ...sum, kinds: [...kinds].map(([kind, counts]) => ({ kind, ...counts })) };
}
