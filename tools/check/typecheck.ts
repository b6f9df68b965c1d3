import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

// The native compiler checks; the `typescript` package itself stays at 6 for the tools that need its API.
const compiler = path.join(
  path.dirname(createRequire(import.meta.url).resolve('typescript-native/package.json')),
  'bin',
  'tsc',
);

// What did not change since the last check is not checked again: a quarter to a half of the time of a whole check.
const remembered = path.resolve(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'typecheck');

let failedChecks = 0;
for (const project of ['tsconfig.shared.json', 'tsconfig.node.json', 'tsconfig.web.json']) {
  const memory = path.join(remembered, `${project}.tsbuildinfo`);
  const options = ['--incremental', '--tsBuildInfoFile', memory];
  const { status } = spawnSync(process.execPath, [compiler, '-p', project, ...options], { stdio: 'inherit' });
  if (status !== 0) failedChecks += 1;
}
process.exitCode = failedChecks === 0 ? 0 : 1;
