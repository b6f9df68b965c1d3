import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser, openApp } from '#test/support/browser/index.ts';
import { startServe } from '#test/support/serve.ts';
import { median, type BenchResult } from './result.ts';

const rounds = 5;

/** From starting the built program to its link, and to the first screen in a real browser. Seconds. */
export async function benchStartup(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundplan-start-'));
  writeFileSync(path.join(folder, 'groundplan.yaml'), 'groundplan: 1\nname: start\n');
  const browser = await launchBrowser();
  const untilLink: number[] = [];
  const untilScreen: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now();
      await using served = await startServe({ args: ['--workspace', folder], built: true });
      untilLink.push((performance.now() - begin) / 1000);
      const { page } = await openApp(browser, served.link);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      untilScreen.push((performance.now() - begin) / 1000);
      await page.context().close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const method = `the built browser shell on an open workspace, ${rounds} starts`;
  return [
    { name: 'start until the link is printed', median: median(untilLink), unit: 's', aim: 'under 5 s', method },
    { name: 'start until the first screen is shown', median: median(untilScreen), unit: 's', aim: 'under 5 s', method },
  ];
}
