import path from 'node:path';
import type { ProgramCommand } from '#engine/ports/index.ts';

/** The program that builds graphs, from its source. */
export const graphCommand: ProgramCommand = {
  file: process.execPath,
  args: [
    '--disable-warning=ExperimentalWarning',
    path.resolve(import.meta.dirname, '..', '..', '..', 'src', 'main', 'graph-program.ts'),
  ],
  environment: {},
};
