import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import {
  blueprintDocumentSchema,
  lockDocumentSchema,
  nameSchema,
  releaseInterfaceSchema,
  releaseSchema,
  type BlueprintDocument,
  type LockDocument,
  type Problem,
  type Release,
  type ReleaseInterface,
} from '#shared/model/index.ts';
import { compareVersions } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  digestFiles,
  digestText,
  type FolderFile,
  listFolder,
  namesIn,
  parseYaml,
  readTextIfThere,
} from '#engine/files/index.ts';
import type { WorkspacePaths } from '../ports/index.ts';
import { releaseFolder } from './names.ts';

export const releaseFile = 'release.yaml';

/** A published version as its folder holds it. */
export interface StoredRelease {
  readonly folder: string;
  readonly release: Release;
  /** Null for artifacts. */
  readonly document: BlueprintDocument | null;
  readonly lock: LockDocument;
  readonly ports: ReleaseInterface;
  readonly intact: boolean;
}

/** Everything of a release except `release.yaml`, whose fixed facts enter the digest by themselves. */
export async function listRelease(folder: string): Promise<readonly FolderFile[]> {
  // `.DS_Store` is left behind by a file manager that only looked.
  return listFolder(folder, { ignore: (relative) => relative === releaseFile || /(^|\/)\.DS_Store$/.test(relative) });
}

/**
 * `sha256:…` over a release: every file with its path, and name, version, type, author, date and notes. Status,
 * audience and history may change and are left out.
 */
export async function digestRelease(
  files: readonly FolderFile[],
  facts: Pick<Release, 'name' | 'version' | 'type' | 'author' | 'date' | 'notes'>,
): Promise<string> {
  const { name, version, type, author, date, notes } = facts;
  return digestText(JSON.stringify([await digestFiles(files), name, version, type, author, date, notes]));
}

async function readYamlAs<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> {
  const text = await readTextIfThere(file);
  if (text === null) throw damaged(file, 'it is missing');
  const yaml = parseYaml(text, file);
  const [syntax] = yaml.problems;
  if (syntax !== undefined) throw damaged(file, `line ${syntax.line}: ${syntax.message}`);
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const line = yaml.positionOf(
    (issue?.path ?? []).map((step) => (typeof step === 'symbol' ? String(step) : step)),
  ).line;
  throw damaged(file, `line ${line}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`);
}

function damaged(file: string, reason: string): AppError {
  return new AppError('digest-mismatch', `${file} cannot be read: ${reason}.`, {
    advice: 'Restore the published version from git; published files are never edited.',
    details: { file },
  });
}

/** Keeps what was read of release folders as long as no file changed its size or time. */
export interface ReleaseCache {
  readonly entries: Map<string, { readonly fingerprint: string; readonly stored: StoredRelease }>;
}

async function fingerprintOf(files: readonly FolderFile[], folder: string): Promise<string> {
  const { size, mtimeMs } = await stat(path.join(folder, releaseFile));
  const stamps = files.map((file) => `${file.path}:${file.size}:${file.modifiedMs}`);
  return digestText([`${size}:${mtimeMs}`, ...stamps].join('\n'));
}

/** The files of a release, or null when there is a link or device among them: that is not what was published. */
async function filesOrNull(folder: string): Promise<readonly FolderFile[] | null> {
  try {
    return await listRelease(folder);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return null;
    throw error;
  }
}

/**
 * Reads one published version. With a cache it is read and digested again only when a file's size or time changed;
 * with null always. Throws `not-found`, or `digest-mismatch` when it cannot be read at all.
 */
export async function readRelease(
  paths: WorkspacePaths,
  id: { readonly name: string; readonly version: string },
  cache: ReleaseCache | null,
): Promise<StoredRelease> {
  const folder = releaseFolder(paths, id.name, id.version);
  if ((await readTextIfThere(path.join(folder, releaseFile))) === null) {
    throw new AppError('not-found', `${id.name} ${id.version} is not in the catalog.`, {
      advice: 'Publish it, or choose a version that is.',
      details: { ...id },
    });
  }
  const files = await filesOrNull(folder);
  const fingerprint = files === null ? null : await fingerprintOf(files, folder);
  const known = cache?.entries.get(folder);
  if (known !== undefined && known.fingerprint === fingerprint) return known.stored;
  const release = await readYamlAs(path.join(folder, releaseFile), releaseSchema);
  const ports = await readYamlAs(path.join(folder, 'interface.yaml'), releaseInterfaceSchema);
  const lock = await readYamlAs(path.join(folder, 'lock.yaml'), lockDocumentSchema);
  const document =
    release.type === 'blueprint'
      ? await readYamlAs(path.join(folder, 'blueprint.yaml'), blueprintDocumentSchema)
      : null;
  const named = release.name === id.name && release.version === id.version;
  const digest = files === null ? null : await digestRelease(files, release);
  const stored = { folder, release, document, lock, ports, intact: named && digest === release.digest };
  if (fingerprint !== null) cache?.entries.set(folder, { fingerprint, stored });
  return stored;
}

/** The versions of a name in the catalog, newest first. */
export async function versionsOf(paths: WorkspacePaths, name: string): Promise<readonly string[]> {
  // A name that cannot be one has no versions; it never becomes a path.
  if (!nameSchema.safeParse(name).success) return [];
  const versions = await namesIn(path.join(paths.catalog, name), 'folder');
  return versions.toSorted((left, right) => compareVersions(right, left));
}

/** Reads the whole catalog: what can be read, and what cannot with its place. */
export async function readCatalog(
  paths: WorkspacePaths,
  cache: ReleaseCache,
): Promise<{ readonly releases: readonly StoredRelease[]; readonly problems: readonly Problem[] }> {
  const releases: StoredRelease[] = [];
  const problems: Problem[] = [];
  for (const name of await namesIn(paths.catalog, 'folder')) {
    for (const version of await versionsOf(paths, name)) {
      try {
        releases.push(await readRelease(paths, { name, version }, cache));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const file = `catalog/${name}/${version}`;
        const { message, advice } = error;
        problems.push({
          severity: 'error',
          code: 'damaged-release',
          message,
          advice,
          file,
          line: null,
          column: null,
          field: null,
          node: null,
        });
      }
    }
  }
  return { releases, problems };
}
