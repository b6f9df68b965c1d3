import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createImportsService, createRunsUnderWay } from '#engine/discovery/index.ts';
import { createFactStore } from '#engine/graph/facts/index.ts';
import type {
  Call,
  FactStore,
  GraphRelationship,
  GraphResource,
  ImportsService,
  Workspace,
} from '#engine/ports/index.ts';
import type { CoverageCell, EstateImportReport, ImportedFile, Run, ScopeFact } from '#shared/model/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';

const call: Call = { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } };

/** What an import left. */
export interface Imported {
  readonly run: Run;
  readonly report: EstateImportReport;
  /** The first file; missing when the import was cancelled before it was done. */
  readonly file: ImportedFile;
  readonly resources: readonly GraphResource[];
  readonly relationships: readonly GraphRelationship[];
  readonly coverage: readonly CoverageCell[];
  readonly scopes: readonly ScopeFact[];
}

export interface ImportOptions {
  /** Cancels once so many records were read. */
  readonly cancelAfter?: number;
}

/** The imports service on a fact store of its own, without a graph. */
export interface ImportBench {
  readonly root: string;
  readonly facts: FactStore;
  readonly service: ImportsService;
  /** Imports files of this content, named as the keys say. */
  importFiles(files: Readonly<Record<string, string | Buffer>>, options?: ImportOptions): Promise<Imported>;
  importPaths(paths: readonly string[], options?: ImportOptions): Promise<Imported>;
  /** What the facts hold now. */
  view(): Promise<Pick<Imported, 'resources' | 'relationships' | 'coverage' | 'scopes'>>;
  close(): Promise<void>;
}

export async function createImportBench(options: { readonly now?: () => number } = {}): Promise<ImportBench> {
  const root = await mkdtemp(path.join(tmpdir(), 'groundplan-import-'));
  const clock = { now: options.now ?? (() => Date.now()) };
  const logger = recordingLogger();
  const facts = createFactStore({ root: path.join(root, 'facts'), clock, logger, appVersion: 'test' });
  const runs = createRunsUnderWay();
  const service = createImportsService({
    workspace: { assertWritable: () => undefined, paths: { work: path.join(root, 'work') } } as unknown as Workspace,
    facts,
    graph: { rebuild: () => Promise.resolve() },
    events: { changed: () => undefined },
    clock,
    logger,
    runs,
  });

  async function view(): ReturnType<ImportBench['view']> {
    const seen = await facts.view(call.signal);
    const resources: GraphResource[] = [];
    for await (const resource of seen.resources()) resources.push(resource);
    const relationships: GraphRelationship[] = [];
    for await (const batch of seen.relationships()) relationships.push(...batch);
    return { resources, relationships, coverage: seen.coverage, scopes: seen.scopes };
  }

  async function importPaths(paths: readonly string[], { cancelAfter }: ImportOptions = {}): Promise<Imported> {
    const { run: id } = await service.start({ paths: [...paths] }, call);
    if (cancelAfter !== undefined) await cancelOnce(id, cancelAfter);
    const run = (await runs.find(id)?.finished) ?? (await facts.runs()).find((one) => one.id === id);
    await runs.find(id)?.settled;
    const report = await service.report({ run: id }, call);
    const [file] = report.files;
    if (run === undefined) throw new Error('The import left no run.');
    return { run, report, file: file as ImportedFile, ...(await view()) };
  }

  async function cancelOnce(id: number, records: number): Promise<void> {
    const run = runs.find(id);
    if (run === undefined) return;
    for await (const { reading } of run.board.watch(call.signal)) {
      if ((reading?.records ?? 0) < records) continue;
      run.cancel();
      return;
    }
  }

  return {
    root,
    facts,
    service,
    importPaths,
    async importFiles(files, options) {
      const folder = await mkdtemp(path.join(root, 'files-'));
      const paths: string[] = [];
      for (const [name, content] of Object.entries(files)) {
        const at = path.join(folder, name);
        await mkdir(path.dirname(at), { recursive: true });
        await writeFile(at, content);
        paths.push(at);
      }
      return importPaths(paths, options);
    },
    view,
    async close() {
      await runs.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** `short-id -TYPE-> short-id`, sorted. */
export function edgeLines(relationships: readonly GraphRelationship[]): string[] {
  const short = (id: string) => id.split(/[:/]/).slice(-2).join('/');
  return relationships.map(({ fact }) => `${short(fact.from)} -${fact.type}-> ${short(fact.to)}`).sort();
}
