import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { account, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { createWorkspaceFolder, workspacePaths } from '../../src/main/engine/workspace/index.ts';

const scope = 'aws:account:111111111111';
const enough = { timeout: 20_000 };

let built: Awaited<ReturnType<typeof buildPage>>;
let folder: string;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

/** Four runs; the queues were last read in run 2. */
async function writeRuns(root: string): Promise<void> {
  await createWorkspaceFolder(root, 'history');
  const store = createFactStore({
    root: workspacePaths(root).facts,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '1',
  });
  const vpc = resource({ id: 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-a', kind: 'aws.ec2.vpc' });
  const queue = resource({ id: 'arn:aws:sqs:eu-west-1:111111111111:orders', kind: 'aws.sqs.queue' });
  for (let run = 1; run <= 4; run += 1) {
    const queues = run <= 2 ? { resources: [queue] } : { status: 'denied' as const };
    await writeRun(
      store,
      [
        { scope, kind: 'aws.ec2.vpc', resources: [vpc] },
        { scope, kind: 'aws.sqs.queue', ...queues },
      ],
      [account('111111111111', 'production')],
    );
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-history-'));
  await writeRuns(path.join(folder, 'shop'));
  built = await buildPage();
  app = await startApp(built.folder, path.join(folder, 'shop'));
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function lookAt(name: string): Promise<void> {
  const pictures = process.env['GROUNDPLAN_SCREENSHOTS'];
  for (const scheme of ['light', 'dark'] as const) {
    await showInScheme(page, scheme);
    if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, `${name}-${scheme}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  }
}

const runFolders = async () =>
  (await readdir(path.join(folder, 'shop/.groundplan/facts'))).filter((name) => /^\d+$/.test(name));

describe('the history of runs', { timeout: 120_000 }, () => {
  test('a run that the map rests on is not removed, and says why', async () => {
    await page.goto(`${app.origin}/#/estate?tab=runs&run=2`);
    await page.getByRole('button', { name: 'Remove run 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove run 2' });
    await dialog.getByText('The map rests on run 2 for one listing that no later run completed.').waitFor(enough);
    expect(await dialog.getByRole('button', { name: 'Remove run 2' }).isDisabled()).toBe(true);
    await lookAt('remove-needed-run');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
  });

  test('another is removed by hand, once that is confirmed', async () => {
    await page.goto(`${app.origin}/#/estate?tab=runs&run=1`);
    await page.getByRole('button', { name: 'Remove run 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove run 1' });
    await dialog.getByText('What run 1 saw is removed for good').waitFor(enough);
    expect(await runFolders()).toHaveLength(4);
    await dialog.getByRole('button', { name: 'Remove run 1' }).click();
    const runs = page.getByRole('grid', { name: 'Discovery runs' });
    await runs.getByRole('row').nth(3).waitFor(enough);
    await expect.poll(() => runs.getByRole('row').count()).toBe(4);
    expect(await runFolders()).toEqual(['000002', '000003', '000004']);
  });

  test('a rule is set in Settings, and followed when asked to', async () => {
    await page.goto(`${app.origin}/#/settings?section=history`);
    await page.getByText(/^3 runs take /u).waitFor(enough);
    await page.getByLabel('Keep the newest runs', { exact: true }).check();
    await page.getByLabel('Keep the newest runs: how many').fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Show what would go now' }).click();
    await page
      .getByText(/^Run 3 would go: .* Run 2 would stay, because the map or a kept run rests on it\.$/u)
      .waitFor(enough);
    await lookAt('history');
    expect(await readFile(path.join(folder, 'shop/groundplan.yaml'), 'utf8')).toMatch(/^history: \{ runs: 1 \}$/mu);
    await page.getByRole('button', { name: 'Remove one run now' }).click();
    await page.getByText(/^2 runs take /u).waitFor(enough);
    expect(await runFolders()).toEqual(['000002', '000004']);
    expect(complaints).toEqual([]);
  });

  test('a rule that was changed in the file waits until somebody follows it here', async () => {
    const document = path.join(folder, 'shop/groundplan.yaml');
    const text = await readFile(document, 'utf8');
    await writeFile(document, text.replace('runs: 1', 'runs: 2'));
    await page.reload();
    const rule = page.getByRole('group', { name: 'Which runs are kept' });
    await rule.getByText('not followed on this machine').waitFor(enough);
    await lookAt('history-rule-waits');
    await rule.getByRole('button', { name: 'Follow it here' }).click();
    await rule.getByText('not followed on this machine').waitFor({ ...enough, state: 'detached' });
    expect(await readFile(document, 'utf8')).toMatch(/^history: \{ runs: 2 \}$/mu);
    expect(complaints).toEqual([]);
  });
});
