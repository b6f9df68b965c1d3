import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { isInside } from '#engine/files/index.ts';
import type { Workspace } from '../ports/index.ts';
import type { FoundCode } from './artifact-tool.ts';
import { isIgnoredSource } from './source-files.ts';
import { codeLooksLike, findCode } from './tools.ts';
import { isArchive, unpackArchive } from './unpack-archive.ts';

const maximumDepth = 8;

/** A piece of code under a path that was given, and what it would be called. */
export interface FoundPiece {
  /** The path as it was given. */
  readonly path: string;
  /** Where it lies below that path, with forward slashes: `modules/vpc`, `templates/queue.yaml`; `.` for itself. */
  readonly piece: string;
  readonly code: FoundCode;
  readonly name: string;
  /** False where other pieces lie in the same folder. */
  readonly alone: boolean;
  /** Names the place the code came from, also after an archive is gone again. */
  readonly origin: string;
}

/** The code at or below a folder; what lies below a module belongs to it. */
async function findAllCode(folder: string, signal: AbortSignal): Promise<readonly FoundCode[]> {
  const all: FoundCode[] = [];
  const walk = async (current: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    const { found, owned } = await findCode(current);
    all.push(...found);
    if (owned || depth === maximumDepth) return;
    const entries = await readdir(current, { withFileTypes: true });
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || isIgnoredSource(`${entry.name}/`)) continue;
      await walk(path.join(current, entry.name), depth + 1);
    }
  };
  await walk(folder, 0);
  return all;
}

/** The name of a folder or file as the name of an artifact. */
function artifactNameOf(title: string, runner: FoundCode['runner']): string {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  const prefix = runner === 'terraform' ? 'module' : runner;
  return /^[a-z]/.test(name) ? name : `${prefix}-${name}`.replace(/-$/, '');
}

/** A name no other piece has: of two `vpc` the second brings the folder it lies in along, `legacy-vpc`. */
function freeName({ title, runner, folder, entry }: FoundCode, taken: ReadonlySet<string>): string {
  const name = artifactNameOf(title, runner);
  if (!taken.has(name)) return name;
  const parent = path.basename(entry === null ? path.dirname(folder) : folder);
  const longer = artifactNameOf(`${parent}-${title}`, runner);
  let free = longer;
  for (let number = 2; taken.has(free); number += 1) free = `${longer}-${number}`;
  return free;
}

/** Where a given path leads. Throws `not-found`, and `bad-input` for what is an artifact already. */
async function checkedPlace(
  given: string,
  workspace: Workspace,
): Promise<{ readonly place: string; readonly isFolder: boolean }> {
  const absolute = path.resolve(workspace.paths.root, given);
  const status = await stat(absolute).catch(() => null);
  const details = { path: absolute };
  if (status === null) {
    throw new AppError('not-found', `${absolute} does not exist.`, { advice: 'Check the path.', details });
  }
  const folder = await realpath(absolute);
  if (isInside(await realpath(workspace.paths.root), folder) && isInside(workspace.paths.artifacts, absolute)) {
    const advice = 'It is listed already; edit it where it is.';
    throw new AppError('bad-input', `${absolute} lies among the artifacts of this workspace.`, { advice, details });
  }
  return { place: folder, isFolder: status.isDirectory() };
}

/** What looking for code needs. */
export interface PieceContext {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
  /** Closes the archives that were unpacked. */
  readonly unpacked: AsyncDisposableStack;
}

/** Where a given path leads, with archives unpacked. */
export interface PlaceOfCode {
  /** The folder or file itself. */
  readonly place: string;
  /** The folder that pieces are named from. */
  readonly base: string;
  /** False for a single file that is a piece of its own. */
  readonly whole: boolean;
  /** Names a piece below the path, also after an archive is gone again. */
  readonly originOf: (code: FoundCode) => Pick<FoundPiece, 'piece' | 'origin'>;
}

/** Looks at a given path, and unpacks it when it is a packed chart. Throws `not-found` and `bad-input`. */
export async function placeOfCode(given: string, { workspace, unpacked }: PieceContext): Promise<PlaceOfCode> {
  const { place, isFolder } = await checkedPlace(given, workspace);
  const archive = !isFolder && isArchive(place);
  const base = archive ? unpacked.use(await unpackArchive(place)).folder : isFolder ? place : path.dirname(place);
  const whole = isFolder || archive;
  return {
    place,
    base,
    whole,
    originOf({ folder, entry }) {
      const at = path.join(folder, entry ?? '');
      const below = path.relative(base, at).split(path.sep).join('/') || '.';
      return { piece: whole ? below : '.', origin: archive ? `${place}!${below}` : at };
    },
  };
}

/** The code at a given path: a folder of pieces, one file that is a piece, or a packed chart. */
async function codeAt(
  given: string,
  context: PieceContext,
): Promise<readonly (Pick<FoundPiece, 'piece' | 'origin'> & { readonly code: FoundCode })[]> {
  const { place, base, whole, originOf } = await placeOfCode(given, context);
  const found = whole
    ? await findAllCode(base, context.signal)
    : (await findCode(base)).found.filter(({ entry }) => entry === path.basename(place));
  if (found.length === 0) {
    throw new AppError('bad-input', `${place} holds no infrastructure code.`, {
      advice: `Point at ${codeLooksLike}, a folder that holds such code, or a packed chart (.tgz).`,
      details: { path: place },
    });
  }
  return found.map((code) => ({ code, ...originOf(code) }));
}

/**
 * Every piece of code at the given paths, each once and each with a name of its own. Throws `not-found` and `bad-input`
 * for paths that lead nowhere or to no code.
 */
export async function findPieces(paths: readonly string[], context: PieceContext): Promise<readonly FoundPiece[]> {
  const pieces = new Map<string, Omit<FoundPiece, 'alone'>>();
  const taken = new Set<string>();
  const inFolder = new Map<string, number>();
  for (const given of paths) {
    for (const { code, piece, origin } of await codeAt(given, context)) {
      const { runner, folder, entry } = code;
      const key = [runner, folder, entry ?? ''].join('\n');
      if (pieces.has(key)) continue;
      const name = freeName(code, taken);
      taken.add(name);
      inFolder.set(folder, (inFolder.get(folder) ?? 0) + 1);
      pieces.set(key, { path: given, piece, code, name, origin });
    }
  }
  return [...pieces.values()].map((one) => ({ ...one, alone: inFolder.get(one.code.folder) === 1 }));
}
