import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The first of the named commands that is an executable file on `PATH`, as an absolute path, or null. */
export function findOnPath(commands: readonly string[], env: NodeJS.ProcessEnv = process.env): string | null {
  return findAllOnPath(commands, env)[0] ?? null;
}

/** Every executable file on `PATH` with one of the names, in the order of the names and then of the path. */
export function findAllOnPath(commands: readonly string[], env: NodeJS.ProcessEnv = process.env): string[] {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const files = commands.flatMap((command) =>
    folders.flatMap((folder) => endings.map((ending) => path.resolve(folder, command + ending))),
  );
  return [...new Set(files)].filter(isExecutableFile);
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
