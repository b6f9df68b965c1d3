import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createBench } from '#test/support/orchestrator/index.ts';
import { counted } from './counted-blueprint.ts';

// Proposes, approves and runs one deployment until the named point, where this process dies as if the power went.

const [, , root = '', point = ''] = process.argv;
const bench = await createBench({
  root,
  blueprints: [counted(path.join(root, 'marks'))],
  deps: {
    killPoint: (name) => {
      if (name === point) process.kill(process.pid, 'SIGKILL');
    },
  },
});
const { id } = await bench.propose('counted');
writeFileSync(path.join(root, 'deployment'), id);
await bench.until(id, ['AWAITING_APPROVAL']);
await bench.approve(id);
await bench.until(id, ['SUCCEEDED']);
process.exit(3);
