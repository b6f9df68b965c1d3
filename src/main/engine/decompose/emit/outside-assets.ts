import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { isInside, listFolder, spliced, type FolderContent, type Splice } from '#engine/files/index.ts';
import { isIgnoredSource } from '../../artifacts/source-files.ts';
import { problem } from '../source/problem.ts';
import { holdsSecrets, isPrivatePath } from '../../artifacts/never-copied.ts';
import type { PartFile } from './part-files.ts';
import { pathTexts, type PathText } from './path-texts.ts';

interface OutsidePlace {
  /** The folder or file that is copied; links are followed. */
  readonly absolute: string;
  /** From the root, with forward slashes, as the text names it. */
  readonly relative: string;
  readonly isFolder: boolean;
  /** A name on the way to it says that it is not copied. */
  readonly isPrivate: boolean;
}

function slashed(relative: string): string {
  return relative.split(path.sep).join('/');
}

async function placeOutside(root: string, { text, whole }: PathText): Promise<OutsidePlace | null> {
  const fixed = whole ? text : text.slice(0, text.lastIndexOf('/') + 1);
  const named = path.resolve(root, fixed);
  const absolute = await realpath(named).catch(() => null);
  // A path of dots alone names everything around the root.
  if (isInside(root, named) || isInside(named, root) || absolute === null || isInside(absolute, root)) return null;
  const status = await stat(absolute);
  if (!status.isFile() && !status.isDirectory()) return null;
  const relative = slashed(path.relative(root, named));
  const isPrivate = isPrivatePath(relative) || isPrivatePath(slashed(path.relative(root, absolute)));
  return { absolute, relative, isFolder: status.isDirectory(), isPrivate };
}

/** Where a copy lies: steps upwards are counted, so that different files never get one place. */
function placeOfCopy(folder: string, relative: string): string {
  const steps = relative.split('/');
  const down = steps.filter((step) => step !== '..');
  return [folder, `up-${steps.length - down.length}`, ...down].join('/');
}

/** Files of a place that may be copied, by their path below it (empty for a file), and those that are left out. */
async function divided(
  { absolute, isFolder }: OutsidePlace,
  signal: AbortSignal,
): Promise<{ readonly copied: ReadonlyMap<string, string>; readonly left: readonly string[] }> {
  const left: string[] = [];
  const ignore = (relative: string): boolean => {
    if (isIgnoredSource(relative)) return true;
    const isLeft = isPrivatePath(relative);
    if (isLeft) left.push(relative);
    return isLeft;
  };
  const files = isFolder ? await listFolder(absolute, { ignore, signal }) : [{ path: '', absolute }];
  const copied = new Map<string, string>();
  for (const file of files) {
    signal.throwIfAborted();
    if (await holdsSecrets(file.absolute)) left.push(file.path);
    else copied.set(file.path, file.absolute);
  }
  return { copied, left };
}

function listed(names: readonly string[]): string {
  const rest = names.length - 5;
  return names.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function staysAsItIs(file: string, text: string): Problem {
  return problem({
    severity: 'warning',
    code: 'path-leads-out',
    message: `${file} names ${text}, which lies outside of the root; it stays as it is.`,
    advice: 'Check that the path is right from where the part lies.',
    file,
  });
}

function notCopied(file: string, what: string): Problem {
  return problem({
    severity: 'warning',
    code: 'secret-not-copied',
    message: `${file} names ${what}: credentials, keys, states and values are not copied.`,
    advice:
      'Give credentials by the environment, or name the file in the root by a path that does not begin with dots.',
    file,
  });
}

function wasCopied(file: string, text: string): Problem {
  return problem({
    severity: 'info',
    code: 'file-copied',
    message: `${text} lies outside of the root: it was copied along, and ${file} reads the copy.`,
    advice: null,
    file,
  });
}

/** What a part has of files from outside of its root. */
export interface OutsideAssets {
  /** The part's files, reading the copies. */
  readonly files: readonly PartFile[];
  readonly copies: FolderContent;
  readonly problems: readonly Problem[];
}

/**
 * Copies of what a part reads from outside of its root, into `folder`, with the part's text reading the copies. States,
 * values and credentials are never copied: neither what a provider, a backend or a connection names, nor what is one by
 * its name or content. That, and what leads out and is not there, or names everything around the root, is told and
 * stays as it is. Throws `bad-input` for links that lead out of a folder.
 */
export async function withOutsideAssets(
  files: readonly PartFile[],
  { root, folder, signal }: { readonly root: string; readonly folder: string; readonly signal: AbortSignal },
): Promise<OutsideAssets> {
  const copies = new Map<string, string>();
  const problems: Problem[] = [];
  const changed: PartFile[] = [];
  for (const file of files) {
    const splices: Splice[] = [];
    for (const found of pathTexts(file)) {
      const { text, whole, place } = found;
      if (!/^\.\.(\/|$)/.test(path.posix.normalize(text))) continue;
      if (found.namesSecrets || isPrivatePath(text)) {
        problems.push(notCopied(file.path, `${text}, which stays as it is`));
        continue;
      }
      const there = await placeOutside(root, found);
      if (there === null || place === null) {
        problems.push(staysAsItIs(file.path, text));
        continue;
      }
      const { copied, left } = there.isPrivate
        ? { copied: new Map<string, string>(), left: [''] }
        : await divided(there, signal);
      if (left.includes('')) {
        problems.push(notCopied(file.path, `${text}, which stays as it is`));
        continue;
      }
      const copy = placeOfCopy(folder, there.relative);
      for (const [below, absolute] of copied) copies.set(path.posix.join(copy, below), absolute);
      const end = text.endsWith('/') || !whole ? text.slice(text.lastIndexOf('/')) : '';
      splices.push({ ...place, text: `${copy}${end}` });
      problems.push(wasCopied(file.path, text));
      if (left.length > 0) problems.push(notCopied(file.path, `${text}, without ${listed(left)}`));
    }
    changed.push(splices.length === 0 ? file : { ...file, text: spliced(file.text, splices) });
  }
  const content = [...copies].map(([target, copyOf]) => ({ path: target, copyOf }));
  return { files: changed, copies: content, problems };
}
