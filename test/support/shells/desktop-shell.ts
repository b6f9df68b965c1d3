import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import type { Shell, ShellOptions } from './shell.ts';

/** Electron's program where it was fetched, and a display to show it on; or why not. */
export function desktopHere(): { readonly program: string } | { readonly reason: string } {
  const folder = path.resolve('node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  const program = existsSync(pathFile) ? path.join(folder, 'dist', readFileSync(pathFile, 'utf8')) : null;
  if (program === null || !existsSync(program)) return { reason: "Electron's program is not here" };
  const hasDisplay =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  return hasDisplay ? { program } : { reason: 'there is no display' };
}

/** The built app in its own window. Throws where `desktopHere` says why not. */
export async function openDesktopShell({ env, workspace }: ShellOptions): Promise<Shell> {
  const desktop = desktopHere();
  if ('reason' in desktop) throw new Error(desktop.reason);
  await using opened = new AsyncDisposableStack();
  const user = opened.adopt(await mkdtemp(path.join(tmpdir(), 'groundplan-desktop-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  );
  const app = opened.adopt(
    await _electron.launch({
      executablePath: desktop.program,
      args: [
        path.resolve('.'),
        `--user-data-dir=${user}`,
        ...(workspace === undefined ? [] : ['--workspace', workspace]),
      ],
      env: { ...textsOf(process.env), ...env },
    }),
    (one) => one.close(),
  );
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const all = opened.move();
  return {
    page,
    complaints,
    origin: page.url().slice(0, page.url().indexOf('/', 'groundplan://'.length)),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function textsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
