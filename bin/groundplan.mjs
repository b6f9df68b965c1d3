#!/usr/bin/env node
// Starts the command line on Node 24, wherever it is: this very process, or the one this project brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bundled = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const [major] = process.versions.node.split('.').map(Number);
const node = major >= 24 ? process.execPath : existsSync(bundled) ? bundled : null;
if (node === null) {
  process.stderr.write(`Groundplan needs Node 24 or newer; this is ${process.versions.node}. Run npm ci here first.\n`);
  process.exit(1);
}
const built = path.join(root, 'out', 'main', 'cli.js');
const program = existsSync(built) ? built : path.join(root, 'src', 'main', 'cli.ts');
const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// The command line ends in its own way, and only then does this process: whoever waits for it waits for the whole.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
