import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { CallCounts, CoverageCell, RelationshipFact, ResourceFact, Run, ScopeFact } from '#shared/model/index.ts';
import type { CellKey, Clock, RunWriter } from '#engine/ports/index.ts';
import { type BodyIds, bodyReference, idsInBody, relativeNameOf } from '../schema/body-references.ts';
import { resourceHashes } from './hashes.ts';
import { writeImportReport } from './import-report.ts';
import { cellKey, coverageFile, factsFile, scopesFile } from './layout.ts';
import { countLedger, type SealedCell } from './ledger.ts';
import { createLineWriter } from './line-writer.ts';
import type { HeadLine } from './lines.ts';
import { createPartWriter, flushFile, type PageParts } from './parts.ts';
import { writeRunRecord } from './run-record.ts';

/** What earlier runs knew of the resources of a cell, by id. */
export type CellPast = ReadonlyMap<string, Pick<HeadLine, 'firstRun' | 'changedRun' | 'driftHash'>>;

export interface RunWriterOptions {
  readonly directory: string;
  readonly run: Run;
  readonly clock: Clock;
  /** What was sealed before, when the run is taken up again. */
  readonly sealed?: readonly SealedCell[];
  /** Asked once per cell, before its first page. */
  readonly pastOf: (cell: CellKey) => Promise<CellPast>;
  /** Called after each sealed cell and at the end, so that cached indexes are read again. */
  readonly onChange: (ended: boolean) => void;
}

interface OpenCell {
  readonly file: string;
  readonly past: Promise<CellPast>;
  readonly pages: PageParts[];
}

function writeFailure(path: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError('read-only', `Facts could not be written to ${path}: ${why}.`, {
    advice: 'Free some space or make the folder writable, then map again; what was complete is kept.',
    details: { path },
    cause,
  });
}

/** Whether a relationship of the page joins a resource with what its body names, whichever way. */
function toldBy(relationships: readonly RelationshipFact[]): (own: string, named: string) => boolean {
  const pairs = new Set(relationships.map(({ from, to }) => `${from}\n${to}`));
  for (const { from, to } of relationships) {
    // Bodies of Google name without the service.
    const [source, target] = [relativeNameOf(from), relativeNameOf(to)];
    if (target !== null) pairs.add(`${from}\n${target}`);
    if (source !== null) pairs.add(`${to}\n${source}`);
  }
  return (own, named) => pairs.has(`${own}\n${named}`) || pairs.has(`${named}\n${own}`);
}

function sumOfCalls(all: readonly CallCounts[]): CallCounts {
  return all.reduce((sum, one) => ({
    made: sum.made + one.made,
    empty: sum.empty + one.empty,
    throttled: sum.throttled + one.throttled,
    spared: sum.spared + one.spared,
  }));
}

/** Writes one run. Pages go to the disk as they come; only the line in the ledger makes a cell count. */
export function createRunWriter(options: RunWriterOptions): RunWriter {
  const { directory, run } = options;
  const parts = createPartWriter();
  const open = new Map<string, OpenCell>();
  const sealed = new Map((options.sealed ?? []).map((one) => [cellKey(one.cell), one]));
  const ledgers = {
    [coverageFile]: createLineWriter(join(directory, coverageFile)),
    [scopesFile]: createLineWriter(join(directory, scopesFile)),
  };
  let ended = false;

  function assertRunning(): void {
    if (ended) throw new AppError('conflict', `Run ${run.id} has ended; nothing can be added to it.`);
  }

  function openCell(cell: CellKey): OpenCell {
    const key = cellKey(cell);
    const known = open.get(key);
    if (known !== undefined) return known;
    const started = { file: factsFile(cell.scope, cell.kind, run.resumed ?? 0), past: options.pastOf(cell), pages: [] };
    open.set(key, started);
    return started;
  }

  function headLine(fact: ResourceFact, past: CellPast, { ids, unfollowed }: BodyIds): string {
    const { raw: _raw, id, ...head } = fact;
    const hashes = resourceHashes(fact);
    const before = past.get(id);
    const unchanged = before !== undefined && before.driftHash === hashes.driftHash;
    // The id comes first: lines are found by how they begin (`lineStart`).
    const line: HeadLine = {
      id,
      ...head,
      ...hashes,
      firstRun: before?.firstRun ?? run.id,
      changedRun: unchanged ? before.changedRun : run.id,
      ...(ids.length === 0 ? {} : { references: ids }),
      ...(unfollowed === 0 ? {} : { unfollowed }),
    };
    return JSON.stringify(line);
  }

  async function writePage(
    cell: OpenCell,
    facts: { readonly resources: readonly ResourceFact[]; readonly relationships: readonly RelationshipFact[] },
  ): Promise<PageParts> {
    const past = await cell.past;
    const { resources, relationships } = facts;
    const bodies = resources.map(({ id, raw, sparse }) => JSON.stringify({ id, raw, sparse }));
    const isTold = toldBy(relationships);
    const referencesOf = (fact: ResourceFact, body: string): BodyIds =>
      idsInBody(body, fact, (id) => isTold(fact.id, bodyReference(id, fact).id));
    const groups: Record<keyof PageParts, readonly string[]> = {
      heads: resources.map((fact, index) => headLine(fact, past, referencesOf(fact, bodies[index] ?? ''))),
      bodies,
      relationships: relationships.map((fact) => JSON.stringify(fact)),
    };
    const kinds = (['heads', 'bodies', 'relationships'] as const).filter((kind) => groups[kind].length > 0);
    const page: PageParts = {};
    if (kinds.length === 0) return page;
    const written = await parts.append(
      join(directory, cell.file),
      kinds.map((kind) => groups[kind]),
    );
    for (const [index, kind] of kinds.entries()) page[kind] = written[index];
    return page;
  }

  async function appendLine(name: keyof typeof ledgers, value: SealedCell | ScopeFact): Promise<void> {
    try {
      await ledgers[name].append(JSON.stringify(value));
    } catch (error) {
      throw writeFailure(join(directory, name), error);
    }
  }

  return {
    run,
    async scopes(scopes: readonly ScopeFact[]) {
      assertRunning();
      await Promise.all(scopes.map((scope) => appendLine(scopesFile, scope)));
    },
    async page(cell, facts) {
      assertRunning();
      const target = openCell(cell);
      try {
        target.pages.push(await writePage(target, facts));
      } catch (error) {
        throw writeFailure(join(directory, target.file), error);
      }
    },
    async finishCell(cell: Omit<CoverageCell, 'run'>) {
      assertRunning();
      const key = cellKey(cell);
      const { file, pages } = open.get(key) ?? { file: null, pages: [] };
      // A turn that did not get this far takes nothing away from what an earlier turn of the run saw.
      const before = sealed.get(key);
      if (cell.status !== 'complete' && pages.length === 0 && before !== undefined && before.pages.length > 0) return;
      const line: SealedCell = { cell: { ...cell, run: run.id }, file: pages.length === 0 ? null : file, pages };
      await appendLine(coverageFile, line);
      sealed.set(key, line);
      // What earlier runs knew of the cell is not needed any more, and may be large.
      open.delete(key);
      options.onChange(false);
    },
    async report(report) {
      assertRunning();
      try {
        await writeImportReport(directory, report);
      } catch (error) {
        throw writeFailure(directory, error);
      }
    },
    async finish({ clouds = run.clouds, calls, ...outcome }) {
      assertRunning();
      ended = true;
      const counts = countLedger([...sealed.values()]);
      const spent = [run.calls, calls].filter((one) => one !== undefined);
      const record: Run = {
        ...run,
        ...outcome,
        clouds,
        ...counts,
        finishedAt: options.clock.now(),
        ...(spent.length === 0 ? {} : { calls: sumOfCalls(spent) }),
      };
      try {
        await Promise.all(Object.values(ledgers).map((ledger) => ledger.settled()));
        await parts.flush();
        for (const name of [coverageFile, scopesFile]) await flushFile(join(directory, name));
        await writeRunRecord(directory, record);
      } catch (error) {
        throw writeFailure(directory, error);
      } finally {
        options.onChange(true);
      }
      return record;
    },
  };
}
