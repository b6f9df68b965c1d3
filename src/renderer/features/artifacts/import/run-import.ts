import type { FoundPiece, ImportReport, Problem } from '#shared/model/index.ts';
import { errorOf, type Engine } from '../../../rpc/index.ts';
import { correctionsOf, type Choice } from './choices.ts';

/** A piece that was chosen, with what the user said of it. */
export interface ChosenPiece {
  readonly found: FoundPiece;
  readonly choice: Choice;
}

/** How far an import is, and what came of it. */
export interface ImportProgress {
  /** The piece under way; null when none is. */
  readonly current: string | null;
  readonly done: number;
  readonly total: number;
  readonly imported: ImportReport['imported'];
  readonly updated: readonly string[];
  readonly problems: readonly Problem[];
  readonly failed: readonly string[];
  readonly state: 'running' | 'done' | 'cancelled';
}

function problemOf(thrown: unknown): Problem {
  const { code, message, advice } = errorOf(thrown);
  return { severity: 'error', code, message, advice, file: null, line: null, column: null, field: null, node: null };
}

/** At most so many calls for one import: after each the artifacts are listed anew. */
const mostCalls = 50;

/** Pieces of one path that are imported by one call, in their order. */
function batchesOf(pieces: readonly ChosenPiece[]): readonly (readonly ChosenPiece[])[] {
  const size = Math.ceil(pieces.length / mostCalls);
  const batches: ChosenPiece[][] = [];
  for (const piece of pieces) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < size && last[0]?.found.path === piece.found.path) last.push(piece);
    else batches.push([piece]);
  }
  return batches;
}

type Wanted = NonNullable<Parameters<Engine['client']['artifacts']['import']>[0]['pieces']>[number];

function wantedOf({ found, choice }: ChosenPiece): Wanted {
  const corrections = correctionsOf(choice);
  const replaces = choice.name === found.name && found.existing !== 'none';
  const { path, piece } = found;
  return { path, piece, name: choice.name, update: replaces, ...(corrections === null ? {} : { corrections }) };
}

/**
 * Imports pieces a few at a time, so that progress moves. Cancelling waits for those that are under way, so that each
 * piece is whole or not there and all that were imported are told. A piece that fails does not keep the others from
 * being imported.
 */
export async function runImport(
  client: { readonly artifacts: Pick<Engine['client']['artifacts'], 'import'> },
  pieces: readonly ChosenPiece[],
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
): Promise<void> {
  let progress: ImportProgress = {
    current: null,
    done: 0,
    total: pieces.length,
    imported: [],
    updated: [],
    problems: [],
    failed: [],
    state: 'running',
  };
  const tell = (change: Partial<ImportProgress>): void => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };
  const importBatch = async (batch: readonly ChosenPiece[]): Promise<void> => {
    const [first] = batch;
    if (first === undefined || signal.aborted) return;
    tell({ current: first.choice.name });
    const names = batch.map(({ choice }) => choice.name);
    try {
      const input = { paths: [first.found.path], pieces: batch.map(wantedOf) };
      // One alone is given up at once; of several none could be told from those that are there already.
      const report = await client.artifacts.import(input, batch.length === 1 ? { signal } : {});
      const there = new Set(report.imported.map(({ name }) => name));
      tell({
        imported: [...progress.imported, ...report.imported],
        updated: [...progress.updated, ...report.updated],
        problems: [...progress.problems, ...report.problems],
        failed: [...progress.failed, ...names.filter((name) => !there.has(name))],
      });
    } catch (thrown) {
      if (signal.aborted && batch.length === 1) return;
      // Which of several it was is not told, and the others are to be imported.
      if (batch.length > 1) {
        for (const one of batch) await importBatch([one]);
        return;
      }
      tell({ problems: [...progress.problems, problemOf(thrown)], failed: [...progress.failed, ...names] });
    }
    tell({ done: progress.done + batch.length });
  };
  for (const batch of batchesOf(pieces)) await importBatch(batch);
  tell({ current: null, state: progress.done < progress.total ? 'cancelled' : 'done' });
}
