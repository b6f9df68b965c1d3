import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startWorld } from '#test/support/world/index.ts';
import { ensureToolchain } from '../toolchain/ensure.ts';

// `npm run demo [-- DIR]`: the whole loop by hand, on a real AWS server of this machine filled with a company of
// three accounts, with the real OpenTofu and the real provider. Ends with Ctrl-C.

const root = path.resolve(import.meta.dirname, '..', '..');
const folder = path.resolve(process.argv[2] ?? 'demo-workspace');
if (existsSync(path.join(folder, 'groundplan.yaml'))) {
  process.stderr.write(
    `${folder} holds an earlier demo, whose cloud is gone. Remove it or name another folder: npm run demo -- DIR\n`,
  );
  process.exit(2);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const tools = await ensureToolchain(['tofu', 'provider-aws', 'moto'], { log: say });
const missing = tools.filter(({ status }) => status === 'failed').map(({ title }) => title);
if (missing.length > 0) {
  process.stderr.write(`The demo needs ${missing.join(' and ')}; the lines above say what went wrong.\n`);
  process.exit(1);
}

await mkdir(folder, { recursive: true });
const world = await startWorld({ workspace: folder, log: say });
const { production } = world.company.accounts;
say(`
The cloud listens on ${world.moto.endpoint}. Go round the loop:
  1. Estate → Map now: the connection "company" reads three accounts in two regions.
  2. Patterns: choose production (${production.id}) in us-east-1 and eu-west-1, extract regional-infrastructure, run the proof.
  3. Blueprints: look at the canvas, publish it to people and agents.
  4. Settings → Agents: connect an agent, or propose from the Catalog: aws/${production.id}/ap-southeast-1.
  5. Review: read, fill in the password, approve. Then map again, change something by hand, and see Drift.
`);
const child = spawn(
  process.execPath,
  [path.join(root, 'tools', 'start', 'start.mjs'), '--browser', '--workspace', folder],
  { stdio: 'inherit', env: { ...process.env, ...world.environment } },
);
const passOn = (signal: NodeJS.Signals) => child.kill(signal);
process.on('SIGINT', passOn);
process.on('SIGTERM', passOn);
child.on('exit', (code) => {
  void world[Symbol.asyncDispose]().then(() => process.exit(code ?? 0));
});
