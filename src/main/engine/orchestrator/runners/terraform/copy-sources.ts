import { constants, copyFile, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';

/** What a run leaves behind, which never belongs to an artifact's sources. */
const leftBehind = [
  '.terraform',
  '.git',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  '.terraform.tfstate.lock.info',
  'crash.log',
];

/** Kept over a second preparation: the installed providers, and a state that could not be written. */
const keptInWorkdir = new Set(['.terraform', '.terraform.lock.hcl', 'errored.tfstate']);

/**
 * Copies an artifact's sources into an emptied working directory (mode 0700). Files are real copies; a symbolic link
 * is refused by name, since it could lead out of the artifact.
 */
export async function copySources(sources: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (!keptInWorkdir.has(name)) await rm(path.join(directory, name), { recursive: true, force: true });
  }
  await copyFolder(sources, directory, '');
}

async function copyFolder(from: string, to: string, inside: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch((thrown: unknown) => {
    throw new AppError('not-found', `The sources at ${from} cannot be read.`, {
      cause: thrown,
      details: { path: from },
    });
  });
  for (const entry of entries) {
    if (inside === '' && leftBehind.includes(entry.name)) continue;
    const relative = path.join(inside, entry.name);
    const source = path.join(from, entry.name);
    const copy = path.join(to, entry.name);
    const status = await lstat(source);
    if (status.isDirectory()) {
      await mkdir(copy, { recursive: true, mode: 0o700 });
      await copyFolder(source, copy, relative);
    } else if (status.isFile()) {
      await copyFile(source, copy, constants.COPYFILE_FICLONE);
    } else {
      throw new AppError('bad-input', `${relative} of the artifact is not a plain file or folder.`, {
        advice: 'Replace the link by a copy of what it points to.',
        details: { file: relative, sources: from },
      });
    }
  }
}
