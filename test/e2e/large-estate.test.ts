import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFactStore } from '#engine/graph/facts/index.ts';
import { workspacePaths } from '#engine/workspace/index.ts';
import { paintedColours, seriousFindings } from '#test/support/browser/index.ts';
import { writeGeneratedEstate } from '#test/support/estate/generate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { openBrowserShell, type Shell } from '#test/support/shells/index.ts';

// The Estate screen over ten thousand resources: all of them are there, and the page holds only what is seen.

const soon = { timeout: 60_000 };
const resources = 10_000;
let folder = '';
let shell: Shell;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-large-'));
  await writeFile(path.join(folder, 'groundplan.yaml'), 'groundplan: 1\nname: large\n');
  const facts = createFactStore({
    root: workspacePaths(folder).facts,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '0.0.0',
  });
  await writeGeneratedEstate(facts, { resources });
  shell = await openBrowserShell({
    env: { GROUNDPLAN_SETTINGS: path.join(folder, '.groundplan', 'settings') },
    workspace: folder,
  });
  ({ page } = shell);
}, 180_000);

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const table = () => page.getByRole('grid', { name: 'Resources' });
const rows = () => table().getByRole('row');
const inspector = () => page.getByRole('complementary', { name: 'Inspector' });

async function go(address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
}

test('every resource is in the table, of which the page holds what is seen', async () => {
  await go('/estate');
  await page.getByText('10,000 resources').first().waitFor(soon);
  await expect.poll(() => table().getAttribute('aria-rowcount'), soon).toBe(String(resources + 1));
  await table().focus();
  await page.keyboard.press('End');
  await expect.poll(() => rows().last().getAttribute('aria-rowindex'), soon).toBe(String(resources + 1));
  expect(await rows().count()).toBeLessThan(150);
  await inspector().getByRole('heading', { level: 2 }).waitFor(soon);
  expect(await seriousFindings(page)).toEqual([]);
});

test('all of them can be selected, and those between two rows far apart', async () => {
  await table().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.getByText('10,000 resources selected').waitFor(soon);
  await page.getByRole('button', { name: 'Show only these' }).click();
  await page.getByText('10,000 chosen resources').waitFor(soon);
  expect(page.url().length).toBeLessThan(1000);
  await page.reload();
  await page.getByRole('status').filter({ hasText: '10,000 resources match' }).waitFor(soon);
  await page.getByRole('button', { name: 'Remove 10,000 chosen resources' }).click();
  await expect.poll(() => page.getByText('10,000 chosen resources').count(), soon).toBe(0);
  await expect.poll(() => table().getAttribute('aria-rowcount'), soon).toBe(String(resources + 1));
  await table().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.getByText('10,000 resources selected').waitFor(soon);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => page.getByText('resources selected').count(), soon).toBe(0);
});

test('the search goes over all of them, and a scope narrows it', async () => {
  await page.getByLabel('Search the estate').fill('aws.kms.key');
  const matches = page.getByRole('status').filter({ hasText: /match(es)?$/ });
  await matches.waitFor(soon);
  await expect.poll(() => rows().nth(1).innerText(), soon).toContain('aws.kms.key');
  const everywhere = await matches.innerText();
  await page.getByRole('treeitem', { name: /^team-2\b/ }).click();
  await expect.poll(() => matches.innerText(), soon).not.toBe(everywhere);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect.poll(() => table().getAttribute('aria-rowcount'), soon).toBe(String(resources / 5 + 1));
});

test('the graph begins with groups that count all of them, and one opens in place', async () => {
  await go('/estate?view=graph');
  const picture = page.getByRole('application', { name: /Graph of the estate/ });
  await picture.waitFor(soon);
  expect(await paintedColours(picture)).toBeGreaterThan(3);
  await go('/estate?view=list');
  const list = page.getByRole('grid', { name: 'The graph as a list' });
  const groups = list.getByRole('row').filter({ has: page.getByRole('button', { name: /^Expand / }) });
  await groups.first().waitFor(soon);
  // The numbers of a group are how many resources it holds and how many relationships lead out of it.
  const texts = await groups.allInnerTexts();
  const counted = texts.reduce((sum, text) => sum + Number(/\n(\d+)\n\d+\nExpand/.exec(text)?.[1]), 0);
  expect(counted, texts.join('\n')).toBe(resources);
  const before = await list.getByRole('row').count();
  await groups
    .first()
    .getByRole('button', { name: /^Expand / })
    .click();
  await expect.poll(() => list.getByRole('row').count(), soon).toBeGreaterThan(before);
  expect(await list.getByRole('row').count()).toBeLessThan(150);
});

test('coverage shows every account and region', async () => {
  await go('/estate?tab=coverage');
  await page.getByText('100 % complete').waitFor(soon);
  expect(await seriousFindings(page)).toEqual([]);
});

test('the page complained about nothing on the way', () => {
  expect(shell.complaints).toEqual([]);
});
