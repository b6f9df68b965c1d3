import path from 'node:path';
import { graphCommand } from '../../src/main/compose.ts';
import { createBuildApart } from '../../src/main/engine/graph/apart/index.ts';
import { createNodeProcesses } from '../../src/main/engine-adapters/node-processes.ts';
import { programRoot } from '../../src/main/program-root.ts';
import { peakOf } from './peak-memory.ts';

/** As users run it, built: from source it would first have to be made JavaScript, each time. */
const program = graphCommand({}, path.join(programRoot(), 'out', 'main', 'graph.js'));
const lookEvery = 100;

/** Builds as the engine does it, in a process of its own, and watches how much memory that takes. */
export function createWatchedBuilds(): {
  readonly buildApart: ReturnType<typeof createBuildApart>;
  /** The most memory that one of the processes held, in MiB. */
  readonly peak: () => number;
} {
  const processes = createNodeProcesses();
  let peak = 0;
  const buildApart = createBuildApart({
    program,
    processes: {
      async run(options) {
        let pid = 0;
        const watch = setInterval(() => {
          void peakOf(pid).then((bytes) => {
            if (!Number.isNaN(bytes)) peak = Math.max(peak, bytes);
          });
        }, lookEvery);
        try {
          return await processes.run({ ...options, onStart: (child) => (pid = child.pid) });
        } finally {
          clearInterval(watch);
        }
      },
    },
  });
  return { buildApart, peak: () => peak / 2 ** 20 };
}
