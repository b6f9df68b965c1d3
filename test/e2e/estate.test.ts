import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { buildPage } from '#test/support/screens/index.ts';

let built: Awaited<ReturnType<typeof buildPage>>;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  built = await buildPage();
  app = await startApp(built.folder);
  browser = await launchBrowser({ webGl: true });
  ({ page, complaints } = await openApp(browser, app.link()));
});
afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
  await built.remove();
});

const go = (address: string) => page.goto(`${app.origin}/#${address}`);
const table = () => page.getByRole('grid', { name: 'Resources' });
const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
const treeItem = (name: RegExp) => page.getByRole('treeitem', { name });
const enough = { timeout: 20_000 };

// The tests follow one another, as a person’s first minutes do.
describe('the first five minutes', { timeout: 120_000 }, () => {
  test('begin on Start, which says what tools there are', async () => {
    await page.getByRole('heading', { name: 'Tools found' }).waitFor(enough);
    expect(page.url()).toContain('#/start');
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('load the sample estate with one click', async () => {
    await page.getByRole('button', { name: 'Explore the sample estate' }).click();
    await table().getByText('aws.dynamodb.table').first().waitFor(enough);
    await page.getByText('The tree on the left filters').waitFor();
    expect(await page.getByRole('heading', { name: 'Estate' }).isVisible()).toBe(true);
  });

  test('filter by the tree, search, and see why each row matched', async () => {
    await treeItem(/^production/).click();
    await page.getByText('scope production').waitFor();
    await page.getByLabel('Search the estate').fill('10.');
    await table()
      .getByText(/^network 10\./)
      .first()
      .waitFor(enough);
    expect(decodeURIComponent(page.url())).toMatch(/text=.*10\./);
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByRole('button', { name: 'Remove scope production' }).click();
  });

  test('follow relationships from resource to resource, and back', async () => {
    await go('/estate?kind=aws.ec2.vpc');
    await table().getByRole('gridcell', { name: 'storefront-eu-west-1', exact: true }).click();
    await inspector()
      .getByRole('tab', { name: /^Relationships/ })
      .click();
    await inspector()
      .getByRole('button', { name: /storefront-eu-west-1-private-a/ })
      .first()
      .click();
    await inspector().getByRole('heading', { name: 'storefront-eu-west-1-private-a' }).waitFor(enough);
    expect(await seriousFindings(page)).toEqual([]);
    await page.goBack();
    const heading = inspector().getByRole('heading', { name: 'storefront-eu-west-1', exact: true });
    await heading.waitFor(enough);
    expect(await heading.isVisible()).toBe(true);
  });

  test('work in the table by keyboard alone', async () => {
    await go('/estate?kind=aws.ec2.vpc');
    await table().focus();
    for (const key of ['Home', 'Space', 'ArrowDown', 'Space', 'ArrowDown']) await page.keyboard.press(key);
    await page.getByText('2 resources selected').waitFor();
    await inspector().getByRole('heading').first().waitFor(enough);
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => page.getByText('resources selected').count()).toBe(0);
  });
});

describe('the graph', { timeout: 120_000 }, () => {
  test('shows groups first, expands them in place, and never moves when something is selected', async () => {
    await go('/estate?view=list');
    await page.getByRole('button', { name: /^Expand production · eu-west-1/ }).click();
    await page.getByRole('gridcell', { name: 'aws.ec2.subnet', exact: true }).first().waitFor(enough);
    await page.getByText('Graph', { exact: true }).click();
    const title = page.getByText(/^eu-west-1 · 104$/);
    await title.waitFor({ ...enough, state: 'attached' });
    const place = () => title.evaluate((element) => (element instanceof HTMLElement ? element.style.transform : ''));
    await expect.poll(place).toContain('translate');
    const before = await place();
    await page.getByRole('application').click({ position: { x: 300, y: 200 } });
    expect(await place()).toBe(before);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(place).not.toBe(before);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(place).toBe(before);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('is a list, with a word about why, where there is no WebGL', async () => {
    const plain = await browser.newContext({ storageState: await page.context().storageState() });
    await plain.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    const other = await plain.newPage();
    await other.goto(`${app.origin}/#/estate?view=graph`);
    await other.getByText('This window has no WebGL').waitFor(enough);
    await other
      .getByRole('button', { name: /^Expand/ })
      .first()
      .waitFor(enough);
    expect(await other.getByRole('application').count()).toBe(0);
    await plain.close();
  });
});

describe('coverage, runs and queries', { timeout: 120_000 }, () => {
  test.each([
    ['coverage', '100 % complete'],
    ['runs', 'Run 1'],
  ])('%s says what was read', async (tab, text) => {
    await go(`/estate?tab=${tab}`);
    await page.getByText(text).first().waitFor(enough);
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a query is answered, and one that writes is refused with the reason', async () => {
    await go('/estate?tab=query');
    await page.getByRole('button', { name: 'Run the query' }).click();
    await page.getByRole('grid', { name: 'Result of the query' }).getByText('aws.ec2.subnet').waitFor(enough);
    await page.getByLabel('Cypher').fill('MATCH (r:Resource) DELETE r');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('The query could not be answered').waitFor(enough);
    expect(await page.getByRole('button', { name: 'Copy details' }).isVisible()).toBe(true);
  });
});

describe('from a selection to a comparison', { timeout: 180_000 }, () => {
  test('two ticked regions become two instances, side by side', async () => {
    await go('/estate');
    const production = treeItem(/^production/);
    await production.waitFor(enough);
    const regions = page.locator('[role=treeitem][title*="account"]');
    for (const region of ['eu-west-1', 'us-east-1']) {
      await page
        .locator(`[role=treeitem]`, { hasText: region })
        .filter({ hasText: /(31|32)$/ })
        .locator('input')
        .check();
    }
    expect(await regions.count()).toBeGreaterThan(0);
    await page.getByText('understood as 2 instances: eu-west-1, us-east-1').waitFor();
    await page.getByRole('button', { name: 'Make a blueprint from these' }).click();
    await page
      .getByRole('grid', { name: 'Resources of the pattern' })
      .getByText('aws_vpc.main')
      .waitFor({ timeout: 60_000 });
    await page.getByRole('grid', { name: 'Attributes of aws_vpc.main' }).getByText('10.10.0.0/16').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('tab', { name: /^Inputs/ }).click();
    await page.getByLabel('Name of the input database_password').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('the palette finds screens, commands and resources', async () => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder(/Screen, command, resource/).fill('storefront-eu-west-1-carts');
    await page.getByRole('option', { name: /storefront-eu-west-1-carts/ }).click(enough);
    const found = inspector().getByRole('heading', { name: 'storefront-eu-west-1-carts' });
    await found.waitFor(enough);
    expect(await found.isVisible()).toBe(true);
  });

  test('nothing on the way made the page complain', () => {
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  });
});
