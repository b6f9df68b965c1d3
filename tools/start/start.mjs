// `npm start`: builds when needed, then opens the window, or serves the same app on loopback where there is none.
// Plain JavaScript, so that an old Node gets a message instead of a syntax error.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..', '..');
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Groundplan needs Node 24; this is Node ${process.versions.node}. ` +
      'Run `npm ci` and then `npm start`: npm brings the right Node along for its scripts.\n',
  );
  process.exit(1);
}

/** Electron's program, fetched when it is missing and can be had; or a sentence why not. */
function findElectron() {
  const hasDisplay =
    process.platform === 'darwin' ||
    process.platform === 'win32' ||
    process.env.DISPLAY !== undefined ||
    process.env.WAYLAND_DISPLAY !== undefined;
  if (!hasDisplay) return { reason: 'There is no display here' };
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  const binary = () => (existsSync(pathFile) ? path.join(folder, 'dist', readFileSync(pathFile, 'utf8')) : null);
  const known = binary();
  if (known !== null && existsSync(known)) return { file: known };
  process.stdout.write('Fetching the Electron program (once) …\n');
  spawnSync(process.execPath, [path.join(folder, 'install.js')], { stdio: 'ignore', timeout: 180_000 });
  const fetched = binary();
  if (fetched !== null && existsSync(fetched)) return { file: fetched };
  return { reason: "Electron's program could not be fetched" };
}

const { buildWhenNeeded } = await import('../build/build.mjs');
if (!buildWhenNeeded()) process.exit(1);

const args = process.argv.slice(2);
const browserWanted = args.includes('--browser');
const passed = args.filter((argument) => argument !== '--browser');
const electron = browserWanted ? { reason: null } : findElectron();
if (electron.file === undefined && electron.reason !== null) {
  process.stdout.write(`${electron.reason}: serving the same app to a browser on this machine instead.\n`);
}
const command =
  electron.file === undefined
    ? [
        process.execPath,
        ['--disable-warning=ExperimentalWarning', path.join(root, 'out', 'main', 'serve.js'), ...passed],
      ]
    : [electron.file, [root, ...passed]];
const child = spawn(command[0], command[1], { stdio: 'inherit', cwd: process.cwd() });
// Ctrl-C reaches the child through the terminal; a signal sent to npm alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
