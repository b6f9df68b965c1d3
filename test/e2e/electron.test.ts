import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import { expect, test } from 'vitest';

/** Electron's program where it was fetched, and a display to show it on; or why not. */
function electronHere(): { program: string } | { reason: string } {
  const folder = path.resolve('node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  const program = existsSync(pathFile) ? path.join(folder, 'dist', readFileSync(pathFile, 'utf8')) : null;
  if (program === null || !existsSync(program)) return { reason: "Electron's program is not here" };
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined;
  return hasDisplay ? { program } : { reason: 'there is no display' };
}

const electron = electronHere();
const title =
  'program' in electron
    ? 'the desktop window: workspace, sample estate, estate'
    : `the desktop window was not run: ${electron.reason}`;

test.skipIf('reason' in electron)(title, async () => {
  if ('reason' in electron) throw new Error(electron.reason);
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-electron-'));
  await writeFile(path.join(folder, 'groundplan.yaml'), 'groundplan: 1\nname: desktop\n');
  const app = await _electron.launch({
    executablePath: electron.program,
    args: [path.resolve('.'), '--workspace', folder, `--user-data-dir=${path.join(folder, 'user')}`],
  });
  try {
    const page = await app.firstWindow();
    expect(page.url()).toMatch(/^groundplan:\/\/app\//);
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
    await page.getByRole('link', { name: 'Estate' }).click();
    await page.getByRole('heading', { name: 'Estate', level: 1 }).waitFor();
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
});
