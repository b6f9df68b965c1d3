import { spawnSync } from 'node:child_process';

// Every static check, in the order in which they answer fastest. All run, so that one call tells everything.
const checks = [
  ['format', 'check:format'],
  ['typed lint', 'lint'],
  ['type checks', 'typecheck'],
  ['import rules', 'check:imports'],
  ['unused code', 'check:unused'],
  ['contract and schema snapshots', 'check:contract'],
] as const;

const failedChecks: string[] = [];
for (const [title, script] of checks) {
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], { encoding: 'utf8' });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)\n`);
  if (status !== 0) {
    failedChecks.push(title);
    process.stdout.write(`${stdout}${stderr}\n`);
  }
}
process.stdout.write(`\nstatic checks: ${checks.length - failedChecks.length} passed, ${failedChecks.length} failed\n`);
process.exitCode = failedChecks.length === 0 ? 0 : 1;
