import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// `npm run screenshots`: the story and the split once more, keeping every screen, light and dark, in docs/images; and of
// the tests of discovery those pictures that docs/discovery.md shows.

const root = path.resolve(import.meta.dirname, '..', '..');
const images = path.join(root, 'docs', 'images');

/** Pictures of docs/discovery.md, by the test that takes them. */
const ofDiscovery: Readonly<Record<string, readonly string[]>> = {
  imports: ['import-report', 'import-state'],
  connections: ['scheduled', 'coverage-denied'],
  resume: ['run-cancelled'],
  'compare-live': ['compare'],
};

const build = spawnSync(process.execPath, [path.join(root, 'tools', 'build', 'build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
takePictures(['story', 'split', 'split-company'], images);
const all = mkdtempSync(path.join(tmpdir(), 'groundplan-pictures-'));
try {
  takePictures(Object.keys(ofDiscovery), all);
  for (const name of Object.values(ofDiscovery).flat()) {
    copyFileSync(path.join(all, `${name}-light.png`), path.join(images, `${name}-light.png`));
  }
} finally {
  rmSync(all, { recursive: true, force: true });
}

/** Runs tests of the screens that keep pictures in a folder. Throws when one fails. */
function takePictures(tests: readonly string[], folder: string): void {
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      'e2e',
      ...tests.map((name) => `test/e2e/${name}.test.ts`),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, GROUNDPLAN_SCREENSHOTS: folder } },
  );
  if (status !== 0) throw new Error(`A test that takes pictures failed: ${tests.join(', ')}.`);
}
