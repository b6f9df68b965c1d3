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

/**
 * Imports pieces one after the other, so that progress moves and cancelling leaves each piece whole or not there. A
 * piece that fails does not keep the others from being imported.
 */
export async function runImport(
  client: Engine['client'],
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
  for (const { found, choice } of pieces) {
    if (signal.aborted) break;
    tell({ current: choice.name });
    const { path, piece } = found;
    const corrections = correctionsOf(choice);
    const replaces = choice.name === found.name && found.existing !== 'none';
    const chosen = {
      path,
      piece,
      name: choice.name,
      update: replaces,
      ...(corrections === null ? {} : { corrections }),
    };
    try {
      const report = await client.artifacts.import({ paths: [path], pieces: [chosen] }, { signal });
      tell({
        imported: [...progress.imported, ...report.imported],
        updated: [...progress.updated, ...report.updated],
        problems: [...progress.problems, ...report.problems],
        failed: report.imported.length === 0 ? [...progress.failed, choice.name] : progress.failed,
      });
    } catch (thrown) {
      if (signal.aborted) break;
      tell({ problems: [...progress.problems, problemOf(thrown)], failed: [...progress.failed, choice.name] });
    }
    tell({ done: progress.done + 1 });
  }
  tell({ current: null, state: signal.aborted ? 'cancelled' : 'done' });
}
