import { AppError, toAppError } from '#shared/errors/index.ts';
import type { ImportedFile, ReadingProgress, Run, ScopeFact } from '#shared/model/index.ts';
import type { RunWriter } from '#engine/ports/index.ts';
import { ProgressBoard } from '../progress-board.ts';
import type { RunUnderWay } from '../runs-under-way.ts';
import { settleRun, type SettleDeps } from '../settle-run.ts';
import { createFactCollector, type FactCollector } from './fact-collector.ts';
import type { InputFile } from './input/input-file.ts';
import { textsOf } from './input/unpack.ts';
import type { OfflineFormat } from './offline-format.ts';
import { readText, refused } from './read-text.ts';

export interface ImportRunOptions {
  readonly files: readonly InputFile[];
  readonly formats: readonly OfflineFormat[];
  /** The scopes that earlier runs saw. */
  readonly known: readonly ScopeFact[];
  /** Called once the files are not needed any more, whatever became of them. */
  readonly onRead: () => Promise<void>;
}

/** Reads files to their end as one run: facts, a ledger that promises no more than the files do, and a report. */
export function startImportRun(
  writer: RunWriter,
  options: ImportRunOptions,
  deps: Omit<SettleDeps, 'board'>,
): RunUnderWay {
  const board = new ProgressBoard(writer.run);
  const stop = new AbortController();
  const finished = importAndTidy(writer, { ...options, board, signal: stop.signal });
  const told = finished.then((run) => {
    board.closed(run);
    deps.events.changed(['runs'], String(run.id));
    return run;
  });
  return { board, cancel: () => stop.abort(), finished: told, settled: settleRun(told, { ...deps, board }) };
}

interface ImportContext extends ImportRunOptions {
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
}

async function importAndTidy(writer: RunWriter, context: ImportContext): Promise<Run> {
  try {
    return await importFiles(writer, context);
  } finally {
    await context.onRead();
  }
}

async function importFiles(writer: RunWriter, context: ImportContext): Promise<Run> {
  const { board, known, signal } = context;
  const collector = createFactCollector(writer, known);
  const imported: ImportedFile[] = [];
  board.enter('reading');
  try {
    await readFiles(collector, imported, context);
    signal.throwIfAborted();
    board.enter('writing');
    await collector.seal();
  } catch (error) {
    // Nothing was sealed, so nothing counts: a cancelled import leaves the estate as it was.
    const outcome = signal.aborted
      ? { status: 'cancelled' as const, error: null }
      : { status: 'failed' as const, error: toAppError(error).message };
    await writer.report({ run: writer.run.id, files: imported });
    return writer.finish(outcome);
  }
  await writer.report({ run: writer.run.id, files: imported });
  const nothing = imported.every(({ status }) => status === 'refused');
  return writer.finish({
    status: nothing ? 'failed' : imported.every(({ status }) => status === 'read') ? 'complete' : 'partial',
    error: nothing ? `Nothing could be read: ${imported[0]?.name ?? ''}: ${imported[0]?.error ?? ''}` : null,
    clouds: [...collector.clouds],
  });
}

async function readFiles(collector: FactCollector, imported: ImportedFile[], context: ImportContext): Promise<void> {
  const { board, files, formats, known, signal } = context;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let filesDone = 0;
  let bytesRead = 0;

  function tell(file: string | null, now: { readonly records: number; readonly broken: number }): void {
    const sum = (of: 'records' | 'broken' | 'resources' | 'relationships') =>
      imported.reduce((total, one) => total + one[of], 0);
    const reading: ReadingProgress = {
      file,
      files: files.length,
      filesDone,
      bytes,
      bytesRead: Math.min(bytes, bytesRead),
      records: sum('records') + now.records,
      broken: sum('broken') + now.broken,
    };
    board.read(reading, { resources: sum('resources'), relationships: sum('relationships') });
  }

  for (const file of files) {
    try {
      for await (const text of textsOf(file)) {
        signal.throwIfAborted();
        let now = { records: 0, broken: 0 };
        const onBytes = (more: number): void => {
          bytesRead += more;
          tell(text.name, now);
        };
        const onRecords = (counts: typeof now): void => {
          now = counts;
          tell(text.name, counts);
        };
        imported.push(await readText(text, { formats, collector, known, signal, onBytes, onRecords }));
      }
    } catch (error) {
      signal.throwIfAborted();
      // An archive that cannot be trusted, or a file that has gone, ends itself and not the others.
      if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
      imported.push(refused(file.name, error.message));
    }
    filesDone += 1;
    tell(null, { records: 0, broken: 0 });
  }
}
