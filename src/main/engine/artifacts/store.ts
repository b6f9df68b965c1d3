import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { digestText, isTemporary } from '#engine/files/index.ts';
import { listFolder } from '#engine/files/index.ts';
import type { Problem } from '#shared/model/index.ts';
import type { ArtifactSource, SourcedArtifact, Workspace } from '../ports/index.ts';
import { noAids, type ReadingAids } from './artifact-tool.ts';
import { boundaryOfType } from './boundary-table.ts';
import { readImportRecord } from './import-record.ts';
import { readArtifact, type ArtifactReading } from './read-artifact.ts';
import { isIgnoredSource } from './source-files.ts';

/** The artifacts of a workspace, read from disk and kept until their files change. */
export interface ArtifactStore extends ArtifactSource {
  readonly aids: ReadingAids;
  /** Everything under `artifacts/`: what can be read, and what is wrong, with files relative to the workspace. */
  scan(signal?: AbortSignal): Promise<{
    readonly artifacts: readonly SourcedArtifact[];
    readonly problems: readonly Problem[];
  }>;
}

interface Kept {
  readonly fingerprint: string;
  readonly reading: ArtifactReading;
}

async function fingerprintOf(folder: string): Promise<string> {
  const files = await listFolder(folder, { ignore: isIgnoredSource });
  return digestText(files.map(({ path: file, size, modifiedMs }) => `${file}:${size}:${modifiedMs}`).join('\n'));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const folders = entries.filter(
      (entry) => entry.isDirectory() && !isTemporary(entry.name) && !entry.name.startsWith('.'),
    );
    return folders.map(({ name }) => name).sort();
  } catch (error) {
    // No artifact was imported yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Opens the artifacts of a workspace. Reading is repeated only for folders whose files changed. */
export function createArtifactStore(workspace: Workspace, aids: ReadingAids = noAids): ArtifactStore {
  const kept = new Map<string, Kept>();

  async function read(name: string, signal?: AbortSignal): Promise<ArtifactReading> {
    const folder = path.join(workspace.paths.artifacts, name);
    let fingerprint: string | null = null;
    try {
      fingerprint = await fingerprintOf(folder);
    } catch {
      // A link that leads out, or a folder that vanished: `readArtifact` names it as a problem.
    }
    const known = kept.get(name);
    if (known !== undefined && known.fingerprint === fingerprint) return known.reading;
    const reading = await readArtifact(folder, { workspaceRoot: workspace.paths.root, aids, signal });
    // A pointer leads to files this fingerprint does not see.
    const pointer = reading.artifact !== null && reading.artifact.source !== `artifacts/${name}`;
    if (fingerprint !== null && !pointer) kept.set(name, { fingerprint, reading });
    else kept.delete(name);
    return reading;
  }

  async function scan(signal?: AbortSignal): ReturnType<ArtifactStore['scan']> {
    const artifacts: SourcedArtifact[] = [];
    const problems: Problem[] = [];
    for (const name of await foldersIn(workspace.paths.artifacts)) {
      signal?.throwIfAborted();
      const reading = await read(name, signal);
      const found = reading.problems.map((problem): Problem => ({
        ...problem,
        file: `artifacts/${name}${problem.file === null ? '' : `/${problem.file}`}`,
      }));
      problems.push(...found);
      if (reading.artifact !== null)
        artifacts.push({ artifact: reading.artifact, problems: found, files: reading.files });
    }
    return { artifacts, problems };
  }

  return {
    aids,
    scan,
    all: async () => (await scan()).artifacts,
    find: async (name) => (await scan()).artifacts.find(({ artifact }) => artifact.name === name) ?? null,
    recorded: async (name) => (await readImportRecord(workspace, name))?.imports ?? [],
    boundaryOfType,
  };
}
