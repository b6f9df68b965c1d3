import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Problem } from '#shared/model/index.ts';
import { isInside } from '#engine/files/index.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { configurationFiles, unreadableFile } from '../../artifacts/terraform/module.ts';
import { problem } from './problem.ts';
import { syntaxProblems } from './syntax-problems.ts';

/** A configuration file of a root, with where its blocks stand. */
export interface SourceFile {
  /** Name of the file; a root has no folders of its own. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly ScannedBlock[];
}

/** A root as it lies on disk. */
export interface RootSource {
  readonly folder: string;
  /** Files that could be read, in the order the tool reads them. */
  readonly files: readonly SourceFile[];
  /** Files that could not be read or cannot be cut; the rest is analysed all the same. */
  readonly problems: readonly Problem[];
}

/** The real folder of a root. Throws `not-found`, or `bad-input` for what is no folder or holds no configuration. */
export async function rootFolder(given: string): Promise<string> {
  const status = await stat(given).catch(() => null);
  const details = { path: given };
  if (status === null) {
    throw new AppError('not-found', `${given} does not exist.`, { advice: 'Check the path.', details });
  }
  if (!status.isDirectory()) {
    const advice = 'Point at the folder that holds the .tf files; unpack an archive first.';
    throw new AppError('bad-input', `${given} is not a folder.`, { advice, details });
  }
  const folder = await realpath(given);
  if ((await configurationFiles(folder)).length === 0) {
    throw new AppError('bad-input', `${given} holds no Terraform or OpenTofu code.`, {
      advice: 'Point at the root: the folder where plan and apply are run.',
      details,
    });
  }
  return folder;
}

/** Reads the configuration of a root. What cannot be read is a problem with file, line and column; the rest is read. */
export async function readRootSource(folder: string, signal: AbortSignal): Promise<RootSource> {
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const name of await configurationFiles(folder)) {
    signal.throwIfAborted();
    const read = await readSourceFile(folder, name);
    if ('blocks' in read) files.push(read);
    else problems.push(...read.problems);
  }
  return { folder, files, problems };
}

async function readSourceFile(
  folder: string,
  name: string,
): Promise<SourceFile | { readonly problems: readonly Problem[] }> {
  const absolute = path.join(folder, name);
  if ((await lstat(absolute)).isSymbolicLink()) {
    const target = await realpath(absolute).catch(() => null);
    if (target === null || !isInside(folder, target)) {
      const message = `${name} is a link that leads out of the root.`;
      return { problems: [problem({ code: 'link-leads-out', message, advice: 'Replace it by a copy.', file: name })] };
    }
  }
  const text = await readFile(absolute, 'utf8');
  const problems = await syntaxProblems(name, text);
  if (problems.length > 0) return { problems: problems.map((found) => unreadableFile(name, found)) };
  return { path: name, text, ...scanConfiguration(name, text) };
}
