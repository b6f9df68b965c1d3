import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { account, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { createWorkspaceFolder, workspacePaths } from '../../src/main/engine/workspace/index.ts';

const scope = 'aws:account:111111111111';
const kind = 'aws.ec2.vpc';
const enough = { timeout: 20_000 };

let built: Awaited<ReturnType<typeof buildPage>>;
let workspace: string;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

function vpc(
  name: string,
  more: { readonly raw?: Record<string, string>; readonly tags?: Record<string, string> } = {},
) {
  return resource({ id: `arn:aws:ec2:eu-west-1:111111111111:vpc/${name}`, kind, category: 'network', ...more });
}

/** Two runs: one VPC went, one came, one changed, and one kind could not be listed in the later run. */
async function writeTwoRuns(folder: string): Promise<void> {
  await createWorkspaceFolder(folder, 'runs');
  const store = createFactStore({
    root: workspacePaths(folder).facts,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '1',
  });
  const scopes = [account('111111111111', 'production')];
  const queue = resource({ id: 'arn:aws:sqs:eu-west-1:111111111111:orders', kind: 'aws.sqs.queue' });
  const before = vpc('vpc-changed', { raw: { CidrBlock: '10.0.0.0/16' }, tags: { env: 'test' } });
  const after = vpc('vpc-changed', { raw: { CidrBlock: '10.0.0.0/16', Tenancy: 'dedicated' }, tags: { env: 'prod' } });
  await writeRun(
    store,
    [
      { scope, kind, resources: [vpc('vpc-gone'), vpc('vpc-same'), before] },
      { scope, kind: 'aws.sqs.queue', resources: [queue] },
    ],
    scopes,
  );
  await writeRun(
    store,
    [
      { scope, kind, resources: [vpc('vpc-same'), after, vpc('vpc-new')] },
      { scope, kind: 'aws.sqs.queue', status: 'denied' },
    ],
    scopes,
  );
}

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'groundplan-runs-'));
  await writeTwoRuns(path.join(workspace, 'runs'));
  built = await buildPage();
  app = await startApp(built.folder, path.join(workspace, 'runs'));
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await rm(workspace, { recursive: true, force: true });
});

const differences = () => page.getByRole('grid', { name: 'Differences between the runs' });
const row = (name: string) => differences().getByRole('row').filter({ hasText: name });

// The tests follow one another.
describe('comparing two runs', { timeout: 120_000 }, () => {
  test('starts from a run and shows what came, went and changed', async () => {
    await page.goto(`${app.origin}/#/estate?tab=runs`);
    await page.getByRole('button', { name: 'Compare with…' }).click();
    await page.getByRole('menuitem', { name: /^Run 1,/ }).click();
    await row('vpc-gone').waitFor(enough);
    expect(await differences().getByRole('row').allTextContents()).toEqual([
      expect.stringContaining('Change'),
      expect.stringMatching(/changed.*vpc-changed.*tags\.env: test → prod, and 1 more/i),
      expect.stringMatching(/removed.*vpc-gone/i),
      expect.stringMatching(/added.*vpc-new/i),
    ]);
    await page.getByText('In 1 place one of the runs did not see everything').waitFor();
    expect(page.url()).toMatch(/from=1&to=2/);
  });

  test('shows the attributes of both runs side by side', async () => {
    await row('vpc-changed').click();
    const panel = page.getByRole('region', { name: 'Differences of vpc-changed' });
    const tenancy = panel.getByRole('row').filter({ hasText: 'Tenancy' });
    await tenancy.waitFor(enough);
    expect(await tenancy.getByRole('cell').allTextContents()).toEqual(['Tenancy', '–', 'dedicated']);
  });

  test.each(['light', 'dark'] as const)('has no serious finding of axe in %s', async (scheme) => {
    await showInScheme(page, scheme);
    const folder = process.env['GROUNDPLAN_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: path.join(folder, `compare-${scheme}.png`) });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('exports what the filter lets through', async () => {
    await page.getByLabel('Search the differences').fill('vpc-new');
    await row('vpc-gone').waitFor({ state: 'detached', ...enough });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.split('\r\n')).toEqual([
      'change,kind,name,id,scope,region,attribute,before,after',
      expect.stringContaining('added,aws.ec2.vpc,vpc-new'),
      '',
    ]);
    await page.getByLabel('Search the differences').fill('');
  });

  test('names the places that cannot be compared', async () => {
    await page.getByText('1 cannot tell').click();
    const gaps = page.getByRole('grid', { name: 'Places that cannot be compared' });
    await gaps.getByText('Run 2: denied: told as denied').waitFor(enough);
    expect(await gaps.getByRole('row').last().textContent()).toContain('aws.sqs.queue');
  });

  test('leads to the resource on the map, and back', async () => {
    await page.getByText('1 cannot tell').click();
    await row('vpc-changed').click();
    await page.getByRole('button', { name: 'Show in the estate' }).click();
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('heading', { name: 'vpc-changed' })
      .waitFor(enough);
    await page.goBack();
    await row('vpc-changed').waitFor(enough);
    expect(complaints).toEqual([]);
  });
});

describe('the estate as it stood after a run', { timeout: 120_000 }, () => {
  const named = (name: string) =>
    page.getByRole('grid', { name: 'Resources' }).getByRole('gridcell', { name, exact: true }).first();
  const notice = () => page.getByText('This is the past: the estate as it stood after run 1');

  test('is shown from the run, and says so', async () => {
    await page.goto(`${app.origin}/#/estate?tab=runs&run=1`);
    await page.getByRole('button', { name: 'The estate after it' }).click();
    await named('vpc-gone').waitFor(enough);
    await notice().waitFor();
    expect(await named('vpc-new').count()).toBe(0);
    const folder = process.env['GROUNDPLAN_SCREENSHOTS'];
    for (const scheme of ['light', 'dark'] as const) {
      await showInScheme(page, scheme);
      if (folder !== undefined) await page.screenshot({ path: path.join(folder, `as-of-${scheme}.png`) });
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  test('has its own bodies and its own coverage', async () => {
    await named('vpc-changed').click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('test').first().waitFor(enough);
    await page.getByRole('tab', { name: 'Coverage' }).click();
    await page.getByText('100 % complete').waitFor(enough);
    expect(await notice().isVisible()).toBe(true);
  });

  test('is left with one click', async () => {
    await page.getByRole('tab', { name: 'Resources' }).click();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await named('vpc-new').waitFor(enough);
    expect(await notice().count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a resource whose place could not be read since', { timeout: 120_000 }, () => {
  test('is marked, found by the filter, and says which run saw it last and why a later one could not', async () => {
    await page.goto(`${app.origin}/#/estate`);
    await page.getByText('1 stale').waitFor(enough);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Last seen').first().click();
    await page.getByRole('option', { name: 'Before: its place could not be read since' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('only stale').waitFor(enough);
    const rows = page.getByRole('grid', { name: 'Resources' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(2);
    await rows.nth(1).getByRole('gridcell').nth(1).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText(/Last seen in run 1; it may have changed or be gone since\./u).waitFor(enough);
    await inspector.getByText(/Run 2 could not list aws\.sqs\.queue here: denied, told as denied/u).waitFor(enough);
    for (const scheme of ['light', 'dark'] as const) {
      await showInScheme(page, scheme);
      const folder = process.env['GROUNDPLAN_SCREENSHOTS'];
      if (folder !== undefined) await page.screenshot({ path: path.join(folder, `stale-${scheme}.png`) });
      expect(await seriousFindings(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});
