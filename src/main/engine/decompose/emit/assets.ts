import path from 'node:path';
import type { FolderFile } from '#engine/files/index.ts';
import type { PartFile } from './part-files.ts';
import { pathTexts } from './path-texts.ts';

/** A function that reads a file whose path begins with what only a run knows, or the folder itself as a value. */
const readsAnyFile =
  /=[ \t]*path\.(?:module|root|cwd)[ \t]*(?:[#,}\n]|\/\/|$)|\b(?:file|filebase64|templatefile|file(?:md5|sha1|sha256|sha512|base64sha256|base64sha512))\s*\(\s*\\?"?(?:\$\{path\.\w+\}\/?)?(?:\$\{)?\s*(?:var|each)\.|\bfileset\s*\(\s*(?:path\.\w+|\\?"?\$\{path\.\w+\}\\?"?|var\.\w+)\s*,\s*\\?"[^"/]*[*?]/;

/** A path within the root; what `format` puts before it is most likely the root's own folder. */
function normal(text: string): string | null {
  const relative = path.posix.normalize(text.replace(/^(?:%[sv]|\.)\//, ''));
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
 * computed. Where a path is computed from the root's folder on, or the folder itself is a value, every file of the root
 * goes along.
 */
export function assetsOf(files: readonly PartFile[], available: readonly FolderFile[]): readonly FolderFile[] {
  const wanted = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    if (readsAnyFile.test(file.text)) return available;
    for (const { text, whole, own } of pathTexts(file)) {
      if (own && text === '') return available;
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
