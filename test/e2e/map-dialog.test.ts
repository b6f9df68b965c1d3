import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPictures, launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { companyAssets, FakeInventory, type InventoryServer, startRestInventory } from '#test/support/gcp/index.ts';
import { type Served, startServe } from '#test/support/serve.ts';

// Narrowing a run on the screen, against a fake of Google's inventory: kinds that a connection keeps, a moment in the past.

const enough = { timeout: 60_000 };
const dayMilliseconds = 24 * 3600 * 1000;

let folder = '';
let inventory: FakeInventory;
let server: InventoryServer;
let served: Served;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-map-'));
  const home = path.join(folder, 'home');
  await mkdir(home);
  await mkdir(path.join(folder, 'shop'));
  inventory = new FakeInventory({ assets: () => companyAssets() });
  server = await startRestInventory(inventory);
  await writeFile(
    path.join(folder, 'shop', 'groundplan.yaml'),
    [
      'groundplan: 1',
      'name: shop',
      'connections:',
      '  - name: company',
      '    cloud: gcp',
      '    scopes: [organizations/6001]',
      `    endpoint: ${server.endpoint}`,
      '    accessTokenEnv: FAKE_TOKEN',
      '    transport: rest',
      '  - name: other',
      '    cloud: azure',
      '',
    ].join('\n'),
  );
  served = await startServe({
    env: { HOME: home, GROUNDPLAN_SETTINGS: path.join(folder, 'settings'), FAKE_TOKEN: 'test-token' },
    args: ['--workspace', path.join(folder, 'shop')],
    built: true,
  });
  browser = await launchBrowser();
  ({ page } = await openApp(browser, served.link));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function go(address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.getByRole('main').waitFor();
}

/** A moment as the field for date and time takes it, in the browser's time zone. */
async function fieldText(at: number): Promise<string> {
  return page.evaluate((moment) => {
    const date = new Date(moment);
    return new Date(moment - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, at);
}

test('kinds are searched, kept with the connection and refused where the cloud has none', async () => {
  await go('/settings?section=connections');
  await page.getByRole('button', { name: 'Edit company' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit the connection' });
  const kinds = dialog.getByLabel('Kinds').first();
  await kinds.fill('bucket');
  await page.getByRole('option', { name: 'gcp.storage.bucket', exact: true }).click();
  expect(await page.getByRole('option', { name: /^aws\./u }).count()).toBe(0);
  await kinds.fill('gcp.compute.net');
  await kinds.press('ArrowDown');
  await kinds.press('Enter');
  await keepPictures(page, 'connection-kinds');
  await kinds.press('Escape');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/only the kinds gcp\.storage\.bucket, gcp\.compute\.network/u).waitFor();
  expect(await readFile(path.join(folder, 'shop', 'groundplan.yaml'), 'utf8')).toMatch(
    /kinds: \[ ?gcp\.storage\.bucket, gcp\.compute\.network ?\]/u,
  );
});

test('a moment that Google does not keep is refused beside the field', async () => {
  await go('/estate?tab=runs');
  await page.getByRole('button', { name: 'Map now' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Map now' });
  const moment = dialog.getByLabel('As of');
  await moment.fill(await fieldText(Date.now() + 2 * dayMilliseconds));
  await dialog.getByRole('button', { name: 'Map every region' }).click();
  await dialog.getByText('This has not come yet. Leave the field empty to map what is there now.').waitFor();
  await moment.fill(await fieldText(Date.now() - 40 * dayMilliseconds));
  await dialog.getByText('Google keeps 35 days: choose a later moment.').waitFor();
  // A moment is of Google alone: with the other connection in the run it would be two times in one map.
  expect(await dialog.getByRole('button', { name: 'Map all 2 connections' }).isDisabled()).toBe(true);
  await keepPictures(page, 'map-past');
  for (const scheme of ['light', 'dark'] as const) {
    await showInScheme(page, scheme);
    expect(await seriousFindings(page)).toEqual([]);
  }
  expect(inventory.requests).toEqual([]);
});

test('the run asks for that moment and those kinds alone, and says so', async () => {
  const dialog = page.getByRole('dialog', { name: 'Map now' });
  const week = Date.now() - 7 * dayMilliseconds;
  await dialog.getByLabel('As of').fill(await fieldText(week));
  await dialog.getByRole('button', { name: 'Map every region' }).click();
  await page
    .getByText(/✓ complete/u)
    .first()
    .waitFor(enough);
  await page.getByText(/Google Cloud: only gcp\.storage\.bucket, gcp\.compute\.network, as of /u).waitFor(enough);
  await keepPictures(page, 'run-of-the-past');
  expect(await seriousFindings(page)).toEqual([]);
  const minute = Math.floor(week / 60_000) * 60_000;
  expect(new Set(inventory.requests.map(({ readTime }) => readTime))).toEqual(new Set([minute]));
});

test('why a run could not be started comes into sight in a window lower than the form', async () => {
  const usual = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.setViewportSize({ width: 1440, height: 480 });
  await go('/estate?tab=runs');
  await page.getByRole('button', { name: 'Map now' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Map now' });
  const token = dialog.getByLabel('Variable with a bearer token');
  await token.fill('NO_SUCH_TOKEN');
  // The end of the form is out of sight of who starts it from a field of its middle.
  const end = await dialog.getByRole('button', { name: 'Map every region' }).boundingBox();
  expect(end?.y).toBeGreaterThan(480);
  await token.press('Enter');
  const failure = dialog.getByRole('alert').filter({ hasText: 'The run could not be started.' });
  await failure.waitFor(enough);
  await keepPictures(page, 'map-failed');
  const box = await failure.boundingBox();
  expect(box).not.toBeNull();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(480);
  for (const scheme of ['light', 'dark'] as const) {
    await showInScheme(page, scheme);
    expect(await seriousFindings(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await page.setViewportSize(usual);
});
