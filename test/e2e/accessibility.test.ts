import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openApp, seriousFindings, showInScheme, type AppPage } from '#test/support/browser/index.ts';
import { hiddenControls, sidewaysScroll, walkByTab } from '#test/support/browser/reach.ts';
import { startServe, type Served } from '#test/support/serve.ts';

// Every screen, empty and filled, in both colour schemes: read by axe, walked by Tab, and used at twice the size.

const soon = { timeout: 30_000 };
let folder = '';
let served: Served;
let browser: Browser;
let app: AppPage;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-accessible-'));
  const home = path.join(folder, 'home');
  await mkdir(home);
  served = await startServe({ env: { HOME: home, GROUNDPLAN_SETTINGS: path.join(folder, 'settings') }, built: true });
  browser = await launchBrowser();
  app = await openApp(browser, served.link);
  page = app.page;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const withoutWorkspace = ['/start', '/estate', '/settings?section=tools', '/settings?section=appearance', '/nowhere'];

const inWorkspace = [
  '/start',
  '/estate',
  '/estate?view=graph',
  '/estate?view=list',
  '/estate?tab=coverage',
  '/estate?tab=runs',
  '/estate?tab=query',
  '/estate?dialog=map',
  '/patterns',
  '/artifacts',
  '/blueprints',
  '/catalog',
  '/review',
  '/deployments',
  '/drift',
  '/settings?section=connections',
  '/settings?section=tools',
  '/settings?section=agents',
  '/settings?section=appearance',
];

/** Addresses of things that are gone: the failed state of each screen. */
const gone = [
  '/artifacts/gone',
  '/blueprints/gone',
  '/catalog/gone',
  '/review/gone',
  '/deployments/gone',
  '/drift/gone',
];

/** Opens a screen and waits until nothing on it is still being read. */
async function go(address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.getByRole('main').waitFor();
  await page.waitForTimeout(150);
  const waiting = page.getByRole('main').getByRole('status').filter({ hasText: /…$/ });
  await waiting.first().waitFor({ ...soon, state: 'hidden' });
}

/** What axe finds on these screens in both schemes. */
async function look(addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) {
    await go(address);
    for (const colorScheme of ['light', 'dark'] as const) {
      await showInScheme(page, colorScheme);
      found.push(...(await seriousFindings(page)).map((finding) => `${address}, ${colorScheme}: ${finding}`));
    }
    await page.keyboard.press('Escape');
  }
  await showInScheme(page, 'light');
  return found;
}

/** What cannot be reached on these screens in a window of 1440 × 900 at 200 %. */
async function lookEnlarged(addresses: readonly string[]): Promise<string[]> {
  await page.setViewportSize({ width: 720, height: 450 });
  const found: string[] = [];
  for (const address of addresses) {
    await go(address);
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) found.push(`${address}: the page is ${sideways} px wider than the window`);
    found.push(...(await hiddenControls(page)).map((control) => `${address}: ${control}`));
    await page.keyboard.press('Escape');
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

/** What Tab leaves out on these screens, or shows no focus on. */
async function walk(addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const address of addresses) {
    await go(address);
    const { missed, unseen } = await walkByTab(page);
    found.push(...missed.map((control) => `${address}: Tab does not reach ${control}`));
    found.push(...unseen.map((control) => `${address}: no focus is seen on ${control}`));
    await page.keyboard.press('Escape');
  }
  return found;
}

describe('without a workspace', () => {
  test('axe finds nothing serious', async () => {
    expect(await look(withoutWorkspace)).toEqual([]);
  });

  test('everything is reached at 200 % and by Tab', async () => {
    expect([...(await lookEnlarged(withoutWorkspace)), ...(await walk(withoutWorkspace))]).toEqual([]);
  });

  test('a workspace is made by keyboard alone, and Escape closes the dialog before', async () => {
    await go('/start');
    const make = page.getByRole('button', { name: 'Make a workspace' });
    await make.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Make a workspace' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => make.evaluate((element) => element === document.activeElement), soon).toBe(true);
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await expect
      .poll(() => dialog.getByLabel('Name').evaluate((element) => element === document.activeElement), soon)
      .toBe(true);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('platform');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is mapped yet').waitFor(soon);
  });
});

describe('in an empty workspace', () => {
  test('axe finds nothing serious', async () => {
    expect(await look([...inWorkspace, ...gone])).toEqual([]);
  });

  test('everything is reached at 200 %', async () => {
    expect(await lookEnlarged([...inWorkspace, ...gone])).toEqual([]);
  });

  test('Tab reaches everything, and the focus is seen', async () => {
    expect(await walk(inWorkspace)).toEqual([]);
  });

  test.each([
    ['/estate', 'Map now'],
    ['/start', 'Connect AWS'],
    ['/start', 'Open a folder'],
    ['/artifacts', 'Import artifacts'],
    ['/blueprints', 'New blueprint'],
  ])('on %s the dialog “%s” is accessible, closes with Escape and gives the focus back', async (address, name) => {
    await go(address);
    const opener = page.getByRole('main').getByRole('button', { name, exact: true }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.waitForTimeout(400);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement), soon).toBe(true);
  });
});

describe('with the sample loaded', () => {
  beforeAll(async () => {
    await go('/start');
    await page.getByRole('button', { name: 'Explore the sample estate' }).click();
    await page.getByText('518 resources').first().waitFor(soon);
    await page.getByRole('button', { name: 'Close the hint' }).waitFor(soon);
  }, 120_000);

  test('axe finds nothing serious', async () => {
    expect(await look([...inWorkspace, '/estate?hint=sample', '/estate?text=10.20.0.0/16'])).toEqual([]);
  });

  test('everything is reached at 200 %', async () => {
    expect(await lookEnlarged([...inWorkspace, '/estate?text=10.20.0.0/16'])).toEqual([]);
  });

  test('Tab reaches everything, and the focus is seen', async () => {
    expect(await walk(inWorkspace)).toEqual([]);
  });

  test('Ctrl-K opens the palette, finds a resource and leads to it; Escape closes it', async () => {
    await go('/drift');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Search or run a command' });
    const field = palette.getByPlaceholder(/^Screen, command, resource/);
    await field.waitFor();
    const chosen = palette.getByRole('listbox').getByRole('option', { selected: true });
    const first = await chosen.innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen.innerText(), soon).not.toBe(first);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => chosen.innerText(), soon).toBe(first);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden' });
    // Typed without waiting, as by a hand that knows the way.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('storefront-eu-west-1-carts');
    await page.getByRole('option', { name: /storefront-eu-west-1-carts.*aws\.dynamodb\.table/ }).waitFor(soon);
    await page.waitForTimeout(400);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('heading', { name: 'storefront-eu-west-1-carts' })
      .waitFor(soon);
    expect(new URL(page.url()).hash).toMatch(/^#\/estate/);
  });

  test('the table is walked by arrows, chosen from by space, and the inspector follows', async () => {
    await go('/estate');
    const grid = page.getByRole('grid', { name: 'Resources' });
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    const first = await inspector.getByRole('heading', { level: 2 }).innerText();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => inspector.getByRole('heading', { level: 2 }).innerText(), soon).not.toBe(first);
    await page.keyboard.press('Space');
    await page
      .getByText(/1 (resource|selected)/)
      .first()
      .waitFor(soon);
    await page.keyboard.press('End');
    await expect.poll(() => grid.getByRole('row').last().getAttribute('aria-rowindex'), soon).toBe(String(519));
    expect(await seriousFindings(page)).toEqual([]);
  });
});

test('the page complained about nothing on the way', () => {
  expect(app.complaints).toEqual([]);
});
