import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import {
  isInside,
  listFolder,
  spliced,
  type FolderContent,
  type FolderFile,
  type Splice,
} from '#engine/files/index.ts';
import { isIgnoredSource } from '../../artifacts/source-files.ts';
import { problem } from '../source/problem.ts';
import type { PartFile } from './part-files.ts';
import { pathTexts } from './path-texts.ts';

/** A function that reads a file whose path begins with what only a run knows. */
const readsAnyFile =
  /\b(?:file|filebase64|templatefile|file(?:md5|sha1|sha256|sha512|base64sha256|base64sha512))\s*\(\s*\\?"?(?:\$\{path\.\w+\}\/?)?(?:\$\{)?\s*(?:var|each)\.|\bfileset\s*\(\s*(?:path\.\w+|\\?"?\$\{path\.\w+\}\\?"?|var\.\w+)\s*,\s*\\?"[^"/]*[*?]/;

function normal(text: string): string | null {
  const relative = path.posix.normalize(text.replace(/^\.\//, ''));
  return relative === '.' || relative.startsWith('..') || path.posix.isAbsolute(relative)
    ? null
    : relative.replace(/\/$/, '');
}

/** The folder that a text with wildcards or with a computed end names: `policies/*.json` → `policies/`. */
function folderBefore(text: string): string | null {
  const end = text.search(/[*?[{]/);
  const fixed = end === -1 ? text : text.slice(0, end);
  return fixed.includes('/') ? `${path.posix.dirname(`${fixed}x`)}/`.replace(/^\.\//, '') : null;
}

/**
 * The files of a root that a part's text names: by their path, by their folder, or by the part of a path that is not
 * computed. Where a file function is given a path that only a run knows, every file of the root goes along.
 */
export function assetsOf(files: readonly PartFile[], available: readonly FolderFile[]): readonly FolderFile[] {
  const wanted = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    if (readsAnyFile.test(file.text)) return available;
    for (const { text, whole } of pathTexts(file)) {
      const relative = normal(text);
      if (relative === null) continue;
      if (whole && !/[*?[{]/.test(text)) {
        wanted.add(relative);
        folders.add(`${relative}/`);
      } else {
        const folder = folderBefore(text);
        if (folder !== null) folders.add(folder);
      }
    }
  }
  return available.filter(
    (file) => wanted.has(file.path) || [...folders].some((folder) => file.path.startsWith(folder)),
  );
}

/** Where copies of files lie that the root reads from outside of itself. */
const linkedFolder = 'linked';

interface OutsidePlace {
  /** The folder or file that is copied. */
  readonly absolute: string;
  readonly isFolder: boolean;
}

async function placeOutside(root: string, text: string, whole: boolean): Promise<OutsidePlace | null> {
  const fixed = whole ? text : text.slice(0, text.lastIndexOf('/') + 1);
  const absolute = path.resolve(root, fixed);
  // A path of dots alone names everything around the root.
  if (isInside(root, absolute) || isInside(absolute, root)) return null;
  const status = await stat(absolute).catch(() => null);
  if (status === null || (!status.isFile() && !status.isDirectory())) return null;
  return { absolute, isFolder: status.isDirectory() };
}

/**
 * Copies of what a part reads from outside of its root, with the part's text reading the copies. States and values are
 * never copied; what leads out and is not there, or names everything around the root, is told and stays as it is.
 */
export async function withOutsideAssets(
  root: string,
  files: readonly PartFile[],
  signal: AbortSignal,
): Promise<{
  readonly files: readonly PartFile[];
  readonly copies: FolderContent;
  readonly problems: readonly Problem[];
}> {
  const copies = new Map<string, string>();
  const problems: Problem[] = [];
  const changed: PartFile[] = [];
  for (const file of files) {
    const splices: Splice[] = [];
    for (const { text, whole, place } of pathTexts(file)) {
      if (!/^\.\.(\/|$)/.test(path.posix.normalize(text))) continue;
      const there = /\.(tfstate|tfvars)(\.|$)/.test(text) ? null : await placeOutside(root, text, whole);
      const about = { severity: 'warning' as const, code: 'path-leads-out', file: file.path };
      if (there === null || place === null) {
        const message = `${file.path} names ${text}, which lies outside of the root; it stays as it is.`;
        problems.push(problem({ ...about, message, advice: 'Check that the path is right from where the part lies.' }));
        continue;
      }
      const relative = path.relative(root, there.absolute).split(path.sep);
      const copy = [linkedFolder, ...relative.filter((step) => step !== '..')].join('/');
      if (there.isFolder) {
        const inside = await listFolder(there.absolute, { ignore: isIgnoredSource, signal });
        for (const one of inside)
          if (!/\.tfvars(\.json)?$/.test(one.path)) copies.set(`${copy}/${one.path}`, one.absolute);
      } else copies.set(copy, there.absolute);
      const end = text.endsWith('/') || !whole ? text.slice(text.lastIndexOf('/')) : '';
      splices.push({ ...place, text: `${copy}${end}` });
      const message = `${text} lies outside of the root: it was copied along, and ${file.path} reads the copy.`;
      problems.push(problem({ ...about, severity: 'info', code: 'file-copied', message, advice: null }));
    }
    changed.push(splices.length === 0 ? file : { ...file, text: spliced(file.text, splices) });
  }
  const content = [...copies].map(([target, copyOf]) => ({ path: target, copyOf }));
  return { files: changed, copies: content, problems };
}
