import { graphCommand } from '../../src/main/compose.ts';
import { createBuildApart } from '../../src/main/engine/graph/apart/index.ts';
import { createNodeProcesses } from '../../src/main/engine-adapters/node-processes.ts';
import { peakOf } from './peak-memory.ts';

const program = graphCommand({});
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
