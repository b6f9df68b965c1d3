import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The first of the named commands that is an executable file on `PATH`, as an absolute path, or null. */
export function findOnPath(commands: readonly string[], env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const command of commands) {
    for (const folder of folders) {
      const found = endings.map((ending) => path.resolve(folder, command + ending)).find(isExecutableFile);
      if (found !== undefined) return found;
    }
  }
  return null;
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
