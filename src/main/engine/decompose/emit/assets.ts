import path from 'node:path';
import { scanHcl, type ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { FolderFile } from '#engine/files/index.ts';
import type { PartFile } from './part-files.ts';

/** A function that reads a file whose path begins with what only a run knows. */
const readsAnyFile =
  /\b(?:file|filebase64|templatefile|fileset|file(?:md5|sha1|sha256|sha512|base64sha256|base64sha512))\s*\(\s*"?(?:\$\{path\.\w+\}\/?)?(?:\$\{)?\s*(?:var|each)\./;

/** Texts in a part's values, without what their templates compute: `${path.module}/files/${x}` → `files/` and on. */
function* textsIn(text: string): Generator<{ readonly start: string; readonly whole: boolean }> {
  const attributes = function* (block: ScannedBlock): Generator<string> {
    for (const { start, end } of block.attributes) yield text.slice(start, end);
    for (const inner of block.blocks) yield* attributes(inner);
  };
  for (const block of scanHcl(text).blocks) {
    for (const value of attributes(block)) {
      for (const [, inner = ''] of value.matchAll(/"((?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^"{}]|"[^"]*")*\})*)"/g)) {
        const plain = inner.replace(/^\$\{path\.(module|root|cwd)\}\/?/, '');
        const computed = plain.search(/[$%]\{/);
        yield { start: computed === -1 ? plain : plain.slice(0, computed), whole: computed === -1 };
      }
    }
  }
}

function normal(text: string): string | null {
  const relative = path.posix.normalize(text.replace(/^\.\//, ''));
  return relative === '.' || relative.startsWith('..') || path.posix.isAbsolute(relative)
    ? null
    : relative.replace(/\/$/, '');
}

/**
 * The files of a root that a part's text names: by their path, by their folder, or by the part of a path that is not
 * computed. Where a file function is given a path that only a run knows, every file of the root goes along.
 */
export function assetsOf(files: readonly PartFile[], available: readonly FolderFile[]): readonly FolderFile[] {
  const wanted = new Set<string>();
  const folders = new Set<string>();
  let everything = false;
  for (const { text } of files) {
    for (const { start, whole } of textsIn(text)) {
      const relative = normal(start);
      if (relative === null) continue;
      if (whole) {
        wanted.add(relative);
        folders.add(`${relative}/`);
      } else if (start.includes('/')) folders.add(`${path.posix.dirname(`${start}x`)}/`.replace(/^\.\//, ''));
    }
    everything ||= readsAnyFile.test(text);
  }
  if (everything) return available;
  return available.filter(
    (file) => wanted.has(file.path) || [...folders].some((folder) => file.path.startsWith(folder)),
  );
}
