import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type FakeResourceGraph,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
} from '#test/support/azure/index.ts';
import { keepPictures, launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { type Served, startServe } from '#test/support/serve.ts';

// Connecting Azure on the screen, against a fake of Resource Graph: fill in, map, see, edit, remove.

let folder = '';
let fake: FakeResourceGraph;
let served: Served;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-connections-'));
  const home = path.join(folder, 'home');
  await mkdir(path.join(home, '.azure'), { recursive: true });
  const signedIn = { subscriptions: [{ id: 's', name: 'Shop', user: { name: 'ada@example.org', type: 'user' } }] };
  await writeFile(path.join(home, '.azure', 'azureProfile.json'), `\uFEFF${JSON.stringify(signedIn)}`);
  await mkdir(path.join(folder, 'shop'));
  await writeFile(path.join(folder, 'shop', 'groundplan.yaml'), 'groundplan: 1\nname: shop\n');
  fake = await startFakeResourceGraph({ estate: makeEstate({ subscriptions: 2, groups: 2, applications: 2 }) });
  served = await startServe({
    env: { HOME: home, GROUNDPLAN_SETTINGS: path.join(folder, 'settings'), FAKE_TOKEN: fake.token },
    args: ['--workspace', path.join(folder, 'shop')],
    built: true,
  });
  browser = await launchBrowser();
  ({ page } = await openApp(browser, served.link));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
  await fake?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function go(address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.getByRole('main').waitFor();
}

const picture = (name: string) => keepPictures(page, name);

test('Azure is connected, mapped, edited and taken away again', async () => {
  await go('/settings?section=connections');
  await page.getByRole('button', { name: 'Connect Azure' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect Azure' });
  await dialog.getByText('az login: ada@example.org').waitFor();
  await dialog.getByLabel('Variable with a bearer token').fill('not a name');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByText('Give the name of an environment variable, not the token.').waitFor();
  await dialog.getByLabel('Variable with a bearer token').fill('FAKE_TOKEN');
  await dialog.getByLabel('Endpoint').fill(fake.endpoint);
  await picture('connect-azure');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save and map now' }).click();
  await page
    .getByText(/✓ complete/u)
    .first()
    .waitFor({ timeout: 60_000 });
  const kept = await readFile(path.join(folder, 'shop', 'groundplan.yaml'), 'utf8');
  expect(kept).toContain('accessTokenEnv: FAKE_TOKEN');
  expect(kept).not.toContain(fake.token);

  await go('/settings?section=connections');
  await page.getByText(/Azure · all regions · token in FAKE_TOKEN/u).waitFor();
  await picture('connections');

  // The next run can start once the graph shows the first.
  await go('/estate');
  await page
    .getByText(/[\d,]+ resources, [\d,]+ relationships/u)
    .first()
    .waitFor({ timeout: 60_000 });
  await go('/settings?section=connections');

  // A subscription closes: coverage says what opens it, for whom and where.
  const closed = subscriptionId(1);
  fake.setFaults([{ table: 'resources', subscription: closed, fault: { kind: 'denied' } }]);
  await page.getByRole('button', { name: 'Map azure' }).click();
  await page.getByRole('button', { name: /incomplete cells/u }).waitFor({ timeout: 60_000 });
  await go('/estate?tab=coverage');
  const advice = page.getByRole('region', { name: 'What to grant or enable' });
  await advice.getByText(`at /subscriptions/${closed}`).waitFor();
  await advice.getByRole('button', { name: 'Copy the command' }).waitFor();
  await picture('coverage-denied');
  expect(await seriousFindings(page)).toEqual([]);

  // The cells under a filter, one by one; the filter is still there after a reload.
  const cells = page.getByRole('grid', { name: 'Coverage cells' });
  await page.getByText('List', { exact: true }).click();
  await page.getByLabel('Only what is incomplete').check();
  await page
    .getByRole('status')
    .getByText(/^\d+ cells match$/u)
    .waitFor();
  await cells.getByText('denied').first().waitFor();
  expect(await cells.getByText(/complete$/u).count()).toBe(0);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Kind').first().fill('DISKS');
  await page.getByRole('option', { name: /^azure\.compute\.disks \(\d+\)$/u }).click();
  await picture('coverage-filter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  expect(await seriousFindings(page)).toEqual([]);
  await page.reload();
  const chip = page.getByRole('button', { name: 'Remove azure.compute.disks' });
  await chip.waitFor();
  await expect.poll(() => page.getByLabel('Only what is incomplete').isChecked()).toBe(true);
  await page.getByLabel('Search the coverage').fill('nowhere');
  await cells.getByText('No cell matches.').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await cells
    .getByText(/complete$/u)
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Read-only policies' }).click();
  const policies = page.getByRole('dialog', { name: 'Read-only policies' });
  await policies.getByText('includedPermissions').waitFor();
  for (const title of ['IAM policy for AWS', 'Custom role for Azure', 'Custom role for Google Cloud']) {
    await policies.getByText(title, { exact: true }).waitFor();
  }
  await page.keyboard.press('Escape');
  fake.setFaults([]);

  await go('/settings?section=connections');
  await page.getByRole('button', { name: 'Schedule azure' }).click();
  const scheduling = page.getByRole('dialog', { name: 'Map azure by itself' });
  await scheduling.getByLabel('How often').click();
  await page.getByRole('option', { name: 'every hour' }).click();
  await scheduling.getByLabel('Quiet hours, in which nothing is mapped').check();
  await scheduling.getByLabel('From', { exact: true }).fill('25:00');
  await scheduling.getByRole('button', { name: 'Save' }).click();
  await scheduling.getByText('Give a time of day such as 22:00.').waitFor();
  await picture('schedule');
  expect(await seriousFindings(page)).toEqual([]);
  await scheduling.getByLabel('Quiet hours, in which nothing is mapped').uncheck();
  await scheduling.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Mapped by itself every hour · next .* · no timer of the system$/u).waitFor();
  expect(await readFile(path.join(folder, 'shop', 'groundplan.yaml'), 'utf8')).toContain('every: 1h');
  // Never mapped by itself, it is due at once, and mapped while the app runs.
  await page.getByText(/ · last .* \(run 3 complete\)/u).waitFor({ timeout: 90_000 });
  await picture('scheduled');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Edit azure' }).click();
  const editing = page.getByRole('dialog', { name: 'Edit the connection' });
  await editing.getByLabel('Variable with a bearer token').fill('OTHER_TOKEN');
  await editing.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/token in OTHER_TOKEN/u).waitFor();

  await page.getByRole('button', { name: 'Remove azure' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove the connection' });
  await removing.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('No cloud is connected').waitFor();
  expect(await readFile(path.join(folder, 'shop', 'groundplan.yaml'), 'utf8')).not.toContain('OTHER_TOKEN');
});
