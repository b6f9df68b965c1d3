import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ArchivesService, Clock, FactStore, Workspace } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ArchiveReport, Redaction } from '#shared/model/index.ts';
import { writeArchive } from './write-archive.ts';

const pieceBytes = 2 ** 20;

export interface ArchivesDeps {
  readonly workspace: Pick<Workspace, 'paths' | 'assertWritable'>;
  readonly facts: Pick<FactStore, 'archived' | 'asOf' | 'runs'>;
  readonly clock: Clock;
  readonly version: string;
}

interface Wanted {
  readonly redact: Redaction[];
  readonly asOf?: number | null | undefined;
}

/** Writing an estate into one file, at a place or for a screen that fetches it. */
export function createArchivesService({ clock, facts, version, workspace }: ArchivesDeps): ArchivesService {
  const folder = path.join(workspace.paths.work, 'archives');
  const ready = new Map<string, string>();

  async function write(to: string, { asOf, redact }: Wanted, signal: AbortSignal): Promise<ArchiveReport> {
    if ((await facts.runs()).length === 0) {
      throw new AppError('not-found', 'There is nothing to export: nothing was mapped or imported yet.', {
        advice: 'Map a cloud or import files first.',
      });
    }
    const reader = asOf === null || asOf === undefined ? facts : facts.asOf(asOf);
    const all = () => reader.archived(signal);
    return writeArchive(to, { facts: all, redact: [...new Set(redact)], madeAt: clock.now(), app: version, signal });
  }

  function placeOf(archive: string): string {
    const at = ready.get(archive);
    if (at !== undefined) return at;
    throw new AppError('not-found', 'The archive is not there any more.', { advice: 'Export the estate again.' });
  }

  return {
    async write({ path: to, ...wanted }, { signal }) {
      if (!path.isAbsolute(to)) throw new AppError('bad-input', `${to} is no absolute path.`);
      const found = await stat(to).catch(() => null);
      if (found?.isDirectory() === true) {
        throw new AppError('bad-input', `${to} is a folder.`, { advice: 'Name a file in it.', details: { path: to } });
      }
      return write(to, wanted, signal);
    },

    async prepare(wanted, { signal }) {
      workspace.assertWritable();
      await mkdir(folder, { recursive: true });
      const archive = randomUUID();
      const at = path.join(folder, `${archive}.ndjson.gz`);
      const { path: _path, ...report } = await write(at, wanted, signal);
      ready.set(archive, at);
      return { ...report, archive };
    },

    async piece({ archive, offset }) {
      const file = await open(placeOf(archive), 'r');
      try {
        const { size } = await file.stat();
        const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, offset);
        const next = offset + bytesRead;
        return { data: buffer.subarray(0, bytesRead).toString('base64'), next, last: next >= size };
      } finally {
        await file.close();
      }
    },

    async discard({ archive }) {
      await rm(placeOf(archive), { force: true });
      ready.delete(archive);
      return {};
    },
  };
}
