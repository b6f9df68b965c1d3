import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { keepPictures, launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { resource } from '#test/support/estate/small-estate.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { createWorkspaceFolder, workspacePaths } from '../../src/main/engine/workspace/index.ts';
import type { ScopeFact } from '../../src/shared/model/index.ts';

// One run over three clouds: each has an account that is called production, and a service that is called compute.

const scopes: readonly ScopeFact[] = [
  { id: 'aws:account:111111111111', cloud: 'aws', kind: 'account', nativeId: '111111111111' },
  { id: 'azure:subscription:s1', cloud: 'azure', kind: 'subscription', nativeId: 's1' },
  { id: 'gcp:project:acme-production', cloud: 'gcp', kind: 'project', nativeId: 'acme-production' },
].map((scope) => ({ ...scope, name: 'production', parentId: null }) as ScopeFact);
const kinds = ['aws.ec2.instance', 'azure.compute.virtualmachines', 'gcp.compute.instance'];
const enough = { timeout: 20_000 };

let built: Awaited<ReturnType<typeof buildPage>>;
let workspace: string;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

async function writeRunOfThree(folder: string): Promise<void> {
  await createWorkspaceFolder(folder, 'clouds');
  const store = createFactStore({
    root: workspacePaths(folder).facts,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '1',
  });
  const writer = await store.startRun({ source: 'live', clouds: ['aws', 'azure', 'gcp'] });
  await writer.scopes(scopes);
  for (const [index, scope] of scopes.entries()) {
    const kind = kinds[index] ?? '';
    const cell = { scope: scope.id, region: scope.cloud === 'aws' ? 'eu-west-1' : '*', kind };
    const machine = resource({ id: `machine-${index}`, cloud: scope.cloud, kind, scopeId: scope.id });
    await writer.page(cell, { resources: [machine], relationships: [] });
    await writer.finishCell({ ...cell, status: 'complete', pages: 1, rows: 1, error: null, permission: null });
  }
  const calls = { made: 12_345, empty: 3456, throttled: 12, spared: 1000 };
  await writer.finish({ status: 'complete', error: null, calls });
}

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'groundplan-clouds-'));
  await writeRunOfThree(path.join(workspace, 'clouds'));
  built = await buildPage();
  app = await startApp(built.folder, path.join(workspace, 'clouds'));
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await rm(workspace, { recursive: true, force: true });
});

describe('an estate of several clouds', { timeout: 120_000 }, () => {
  const matrix = () => page.getByRole('grid', { name: 'Coverage by account, region and kind' });

  test('says in the matrix of coverage which cloud each account and each service is of', async () => {
    await page.goto(`${app.origin}/#/estate?tab=coverage`);
    await matrix().getByRole('row', { name: 'Google Cloud production' }).waitFor(enough);
    const texts = await matrix().getByRole('row').allTextContents();
    expect(texts[0]).toMatch(/^Cloud.*aws ec2 instance.*azure compute virtualmachines.*gcp compute instance/);
    expect(texts.slice(1).map((text) => text.slice(0, 24))).toEqual([
      expect.stringMatching(/^AWSproduction/),
      expect.stringMatching(/^Azureproduction/),
      expect.stringMatching(/^Google Cloudproduction/),
    ]);
  });

  test('puts those of a cloud together, by keyboard', async () => {
    await matrix().getByRole('button', { name: 'Cloud' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await matrix().getByRole('row').nth(1).textContent())?.slice(0, 12), enough)
      .toBe('Google Cloud');
  });

  test('tells the cloud with every account that the filter offers', async () => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('combobox', { name: 'Account' }).click();
    expect(await page.getByRole('option').allTextContents()).toEqual([
      'production, AWS (1)',
      'production, Azure (1)',
      'production, Google Cloud (1)',
    ]);
    await page.getByRole('option', { name: 'production, Azure (1)' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove production, Azure' }).click();
  });

  test.each(['light', 'dark'] as const)('in %s too', async (scheme) => {
    await showInScheme(page, scheme);
    await keepPictures(page, 'coverage-clouds');
    expect(await seriousFindings(page)).toEqual([]);
  });

  test.each([1280, 900])('shows the calls of a run whole in a window of %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${app.origin}/#/estate?tab=runs`);
    const runs = page.getByRole('grid', { name: 'Discovery runs' });
    const calls = runs.getByRole('gridcell', { name: '12,345, 28 % empty' });
    await calls.waitFor(enough);
    await calls.scrollIntoViewIfNeeded();
    await keepPictures(page, `runs-calls-${width}`);
    const progress = page.getByRole('grid').filter({ hasText: 'Worst cell' });
    expect((await progress.getByRole('row').allTextContents()).map((text) => text.slice(0, 15)).sort()).toEqual([
      'AWSproductioneu',
      'Azureproduction',
      'CloudAccountReg',
      'Google Cloudpro',
    ]);
    for (const part of [calls, runs.getByRole('columnheader', { name: 'Calls' })]) {
      expect(
        await part.evaluate((node) =>
          [node, ...node.querySelectorAll('*')].every(
            (one) => one.scrollWidth <= one.clientWidth || one.clientWidth === 0,
          ),
        ),
      ).toBe(true);
    }
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('without a complaint', () => {
    expect(complaints).toEqual([]);
  });
});
