import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of this program: the nearest one above that holds `package.json`. The same from source, from the build
 * (whose chunks lie at different depths) and from a packaged app.
 */
export function programRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('Groundplan was installed without its package.json.');
    folder = parent;
  }
  return folder;
}

/** The version in this program's package file. */
export function programVersion(): string {
  return (JSON.parse(readFileSync(path.join(programRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** What ships beside the program: the sample estate, schemas. */
export function resourcesFolder(): string {
  return path.join(programRoot(), 'resources');
}

/** The engine as a program of its own: the built one, or its source where this program runs from source. */
export function engineProgram(): string {
  return siblingProgram('engine.js', 'engine-program.ts');
}

/** The building of graphs as a program of its own. */
export function graphProgram(): string {
  return siblingProgram('graph.js', 'graph-program.ts');
}

/** The browser shell as a program of its own. */
export function serveProgram(): string {
  return siblingProgram('serve.js', 'serve.ts');
}

/** Run from source (tests, tools) the other programs are the source as well, whatever lies in out/. */
function siblingProgram(built: string, source: string): string {
  if (import.meta.filename.endsWith('.ts')) return path.join(import.meta.dirname, source);
  return path.join(programRoot(), 'out', 'main', built);
}
