import { spawnSync } from 'node:child_process';
import path from 'node:path';

// `npm run screenshots`: the story and the split once more, keeping every screen, light and dark, in docs/images.

const root = path.resolve(import.meta.dirname, '..', '..');
const build = spawnSync(process.execPath, [path.join(root, 'tools', 'build', 'build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'e2e',
    'test/e2e/story.test.ts',
    'test/e2e/split.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, GROUNDPLAN_SCREENSHOTS: path.join(root, 'docs', 'images') } },
);
process.exit(status ?? 1);
