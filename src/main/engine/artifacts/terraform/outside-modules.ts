import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { isInside, listFolder, spliced, type FolderContent, type Splice } from '#engine/files/index.ts';
import type { GatheredCode } from '../artifact-tool.ts';
import { correctionsFiles, isIgnoredSource } from '../source-files.ts';
import { scanConfiguration } from './json-scan.ts';
import { isConfigurationFile } from './module.ts';
import { isLocalSource } from './requirements.ts';

/** A folder that is copied, and where its copy lies in the artifact. */
interface Tree {
  readonly folder: string;
  readonly destination: string;
}

interface LocalCall {
  readonly source: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Values for a root belong to an environment, and may be secrets; the code is what is imported. */
function isValuesFile(file: string): boolean {
  return /\.tfvars(\.json)?$/.test(file);
}

function localCalls(file: string, text: string): readonly LocalCall[] {
  return scanConfiguration(file, text)
    .blocks.filter(({ type }) => type === 'module')
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'source'))
    .flatMap(({ start, end, line }) => {
      const source = /^"([^"\\$%]*)"$/.exec(text.slice(start, end))?.[1];
      return source !== undefined && isLocalSource(source) ? [{ source, line, start, end }] : [];
    });
}

function info(code: string, message: string, place: { readonly file: string; readonly line: number | null }): Problem {
  return { severity: 'info', code, message, advice: null, ...place, column: null, field: null, node: null };
}

function relativeSource(from: string, to: string): string {
  const relative = path.posix.relative(from, to);
  if (relative === '') return './';
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

interface GatherOptions {
  readonly signal?: AbortSignal | undefined;
  /** Files that stand for those of the folder; of its modules the called ones come along, each in its place. */
  readonly files?: FolderContent;
}

/**
 * Everything an artifact needs: the files of a module folder, and copies of the local modules it calls outside of
 * itself. Where such a call stands, the copy's source line points at the copied module; nothing else is changed, and
 * the original folder is never written to. A call of a module that does not exist stays as it is.
 */
export async function gatherModule(root: string, options: GatherOptions = {}): Promise<GatheredCode> {
  const { signal, files: given } = options;
  const trees: Tree[] = [{ folder: root, destination: '' }];
  const content: FolderContent[number][] = [];
  const problems: Problem[] = [];
  const taken = new Set<string>();

  /** The innermost copied folder that holds a path: an outer one leaves it out. */
  const ownerOf = (folder: string): Tree | undefined =>
    trees
      .filter((tree) => isInside(tree.folder, folder) && (given === undefined || tree.folder !== root))
      .toSorted((left, right) => right.folder.length - left.folder.length)[0];

  const freeDestination = (folder: string): string => {
    const base =
      path
        .basename(folder)
        .toLowerCase()
        .replaceAll(/[^a-z0-9_-]+/g, '-') || 'module';
    let destination = `modules/${base}`;
    for (let number = 2; taken.has(destination); number += 1) destination = `modules/${base}-${number}`;
    return destination;
  };

  const treeOf = (folder: string): Tree => {
    const known = ownerOf(folder);
    if (known !== undefined) return known;
    const inside = isInside(root, folder);
    const destination = inside ? path.relative(root, folder).split(path.sep).join('/') : freeDestination(folder);
    taken.add(destination);
    const tree = { folder, destination };
    trees.push(tree);
    return tree;
  };

  /** A module among the files that were given: it is there already. */
  const isGiven = (folder: string): boolean =>
    given?.some(
      (file) => path.resolve(root, path.dirname(file.path)) === folder && isConfigurationFile(path.basename(file.path)),
    ) === true;

  const rewrite = async (tree: Tree, file: string, text: string): Promise<string> => {
    const copied = path.posix.join(tree.destination, file);
    const splices: Splice[] = [];
    for (const call of localCalls(file, text)) {
      const target = path.resolve(tree.folder, path.dirname(file), call.source);
      if (tree.folder === root && isGiven(target)) continue;
      if (ownerOf(target) === tree) continue;
      // Who reads the copy says so, with its place.
      if (!(await isFolder(target))) continue;
      const to = treeOf(target);
      const place = path.posix.join(to.destination, path.relative(to.folder, target).split(path.sep).join('/'));
      const source = relativeSource(path.posix.dirname(copied), place);
      const inPlace = path.posix.relative(source, call.source) === '';
      if (inPlace && isInside(root, to.folder)) continue;
      const message = `The module ${call.source} was copied along; ${copied}:${call.line} now takes it from ${source}.`;
      problems.push(info('module-copied', message, { file: copied, line: call.line }));
      splices.push({ start: call.start, end: call.end, text: `"${source}"` });
    }
    return spliced(text, splices);
  };

  const filesOf = async (tree: Tree): Promise<FolderContent> => {
    if (given !== undefined && tree.folder === root) return given;
    const others = trees.filter((other) => other !== tree && isInside(tree.folder, other.folder));
    const files = await listFolder(tree.folder, {
      ignore: (relative) =>
        isIgnoredSource(relative) ||
        // An example imported with the module around it: the example itself is not copied twice.
        others.some((other) => isInside(other.folder, path.join(tree.folder, relative))),
      ...(signal === undefined ? {} : { signal }),
    });
    return files.map(({ path: relative, absolute }) => ({ path: relative, copyOf: absolute }));
  };

  // Trees are added while files are looked at; each is looked at once.
  for (const [index, tree] of trees.entries()) {
    const files = await filesOf(tree);
    if (index === 0) for (const file of files) taken.add(file.path.split('/').slice(0, 2).join('/'));
    for (const file of files) {
      const target = path.posix.join(tree.destination, file.path);
      if (correctionsFiles.includes(file.path) && index > 0) continue;
      if (isValuesFile(file.path)) {
        const message = `${target} was left out: its values belong to an environment.`;
        problems.push(info('values-left-out', message, { file: target, line: null }));
        continue;
      }
      const isCode = isConfigurationFile(path.basename(file.path));
      const text = 'text' in file ? file.text : isCode ? await readFile(file.copyOf, 'utf8') : '';
      const changed = isCode ? await rewrite(tree, file.path, text) : text;
      content.push('copyOf' in file && changed === text ? { ...file, path: target } : { path: target, text: changed });
    }
  }
  return { content, problems };
}
