import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { AppError } from '#shared/errors/index.ts';
import type { ArchiveReport, Redaction } from '#shared/model/index.ts';
import type { ArchivedFacts } from '#engine/ports/index.ts';
import { resourceWithoutSecretTexts } from '../secret-texts.ts';
import { ArchiveDigest, archiveMark, archiveVersion, linesPerSeal, type ArchiveHeader } from './archive-lines.ts';
import { createRedactor, learnResource, learnScope, type Originals, type Redactor } from './redaction/redact-facts.ts';

export interface WriteArchiveOptions {
  /** The facts, from their beginning each time it is called. */
  readonly facts: () => AsyncIterable<ArchivedFacts>;
  readonly redact: readonly Redaction[];
  readonly madeAt: number;
  readonly app: string;
  readonly signal: AbortSignal;
}

interface Counts {
  resources: number;
  relationships: number;
  cells: number;
}

/**
 * Writes the facts of an estate into one file, gzipped. The file is there once it is whole: it replaces what was at
 * the path. Throws `read-only` when it cannot be written.
 */
export async function writeArchive(path: string, options: WriteArchiveOptions): Promise<ArchiveReport> {
  const counts: Counts = { resources: 0, relationships: 0, cells: 0 };
  const redactor = options.redact.length === 0 ? null : createRedactor(options.redact, await learn(options));
  const half = `${path}.part`;
  const lines = Readable.from(archiveText(options, { redactor, counts }), { objectMode: false });
  try {
    await pipeline(lines, createGzip({ level: 6 }), createWriteStream(half, { mode: 0o600 }), {
      signal: options.signal,
    });
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    options.signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new AppError('read-only', `The archive cannot be written to ${path}: ${String(error)}.`, {
      advice: 'Choose another place, or make room there.',
      details: { path },
      cause: error,
    });
  }
  return { path, bytes: (await stat(path)).size, redacted: [...options.redact], ...counts };
}

/** What is called what has to be known before the first name is replaced. */
async function learn({ facts, signal }: WriteArchiveOptions): Promise<Originals> {
  const originals: Originals = { texts: new Set(), accountIds: new Set() };
  for await (const { resources, scopes } of facts()) {
    signal.throwIfAborted();
    for (const scope of scopes) learnScope(originals, scope);
    for (const resource of resources) learnResource(originals, resource);
  }
  return originals;
}

async function* archiveText(
  { app, facts, madeAt, redact, signal }: WriteArchiveOptions,
  { counts, redactor }: { readonly counts: Counts; readonly redactor: Redactor | null },
): AsyncGenerator<string> {
  const digest = new ArchiveDigest();
  const header: ArchiveHeader = { groundplan: archiveMark, version: archiveVersion, madeAt, app, redacted: redact };
  yield* lineOf(header, digest);
  for await (const { cell, relationships, resources, scopes } of facts()) {
    signal.throwIfAborted();
    for (const scope of scopes) yield* lineOf({ scope: redactor?.scope(scope) ?? scope }, digest);
    if (cell === null) continue;
    counts.cells += 1;
    yield* lineOf({ cell: redactor?.cell(cell) ?? cell }, digest);
    for (const fact of resources) {
      const resource = resourceWithoutSecretTexts(fact);
      yield* lineOf({ resource: redactor?.resource(resource) ?? resource }, digest);
    }
    for (const fact of relationships) yield* lineOf({ relationship: redactor?.relationship(fact) ?? fact }, digest);
    counts.resources += resources.length;
    counts.relationships += relationships.length;
  }
  yield `${JSON.stringify({ seal: digest.seal(), end: true })}\n`;
}

function* lineOf(value: unknown, digest: ArchiveDigest): Generator<string> {
  const line = JSON.stringify(value);
  digest.add(line);
  yield `${line}\n`;
  if (digest.lines % linesPerSeal === 0) yield `${JSON.stringify({ seal: digest.seal() })}\n`;
}
