// Builds the app into out/ when the sources changed since the last build. `--force` builds in any case.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const stamp = path.join(root, 'out', '.built-from');

/** Digest over everything that a build reads. */
function sourcesDigest() {
  const hash = createHash('sha256');
  const files = globSync(['src/**/*', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig*.json'], {
    cwd: root,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Builds when needed. Returns false, with the builder's own words on the terminal, when the build failed. */
export function buildWhenNeeded({ force = false } = {}) {
  const digest = sourcesDigest();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
  process.stdout.write('Building Groundplan (about 10 s) …\n');
  const begin = Date.now();
  rmSync(stamp, { force: true });
  const cli = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}\n${stderr}\nThe build failed; the lines above say where.\n`);
    return false;
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  process.stdout.write(`Built in ${((Date.now() - begin) / 1000).toFixed(1)} s.\n`);
  return true;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = buildWhenNeeded({ force: process.argv.includes('--force') }) ? 0 : 1;
}
