import path from 'node:path';
import type {
  Clock,
  EventSink,
  FactStore,
  GraphBuilder,
  ImportsService,
  Logger,
  Workspace,
} from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ReferenceCounts } from '#shared/model/index.ts';
import type { RunsUnderWay } from '../runs-under-way.ts';
import { offlineFormats } from './formats.ts';
import { startImportRun } from './import-run.ts';
import { filesAt } from './input-files.ts';
import type { InputFile } from './input/input-file.ts';
import { createReceivedFiles } from './received-files.ts';

export interface ImportsDeps {
  readonly workspace: Workspace;
  readonly facts: Pick<FactStore, 'startRun' | 'knownScopes' | 'importReport'>;
  readonly graph: GraphBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Counts what a run's relationships lead to; there is none without a map. */
  readonly references?: (run: number, signal: AbortSignal) => Promise<ReferenceCounts>;
  /** What is under way; shared with discovery. */
  readonly runs: RunsUnderWay;
}

/** Taking in exports: each import is a run of its own. */
export function createImportsService(deps: ImportsDeps): ImportsService {
  const { events, facts, runs, workspace } = deps;
  const received = createReceivedFiles(path.join(workspace.paths.work, 'uploads'), deps.logger);

  async function start(files: readonly InputFile[], onRead: () => Promise<void>): Promise<{ run: number }> {
    const run = await runs.start(async () => {
      const known = await facts.knownScopes();
      const writer = await facts.startRun({ source: 'import', clouds: [] });
      const options = { files, formats: offlineFormats, known, onRead };
      return startImportRun(writer, options, { ...deps, closing: runs.closing });
    });
    events.changed(['runs'], String(run));
    return { run };
  }

  return {
    async start({ paths }) {
      workspace.assertWritable();
      return start(await filesAt(paths), () => Promise.resolve());
    },

    async receive({ files }) {
      workspace.assertWritable();
      return { upload: await received.announce(files) };
    },

    async append({ upload, file, offset, data }) {
      return { received: await received.append(upload, { file, offset, data: Buffer.from(data, 'base64') }) };
    },

    async startReceived({ upload }) {
      workspace.assertWritable();
      return start(await received.filesOf(upload), () => received.discard(upload));
    },

    async discard({ upload }) {
      await received.discard(upload);
      return {};
    },

    async report({ run }, { signal }) {
      const report = await facts.importReport(run);
      if (report !== null) {
        const onMap = runs.find(run) === undefined && deps.references !== undefined;
        return { ...report, references: onMap ? ((await deps.references?.(run, signal)) ?? null) : null };
      }
      throw new AppError('not-found', `Run ${run} is no import, or not done yet.`, {
        advice: 'Look at the list of runs; the report comes with the end of an import.',
        details: { run },
      });
    },
  };
}
