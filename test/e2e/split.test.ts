import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp } from '#test/support/browser/index.ts';
import { temporaryFolder } from '#test/support/orchestrator/index.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { applyRoot, smallCompany } from '#test/support/split/index.ts';
import { tofuEnvironment } from '#test/support/toolchain/index.ts';
import { journeyOf } from './journeys/journey.ts';
import { createWorkspaceFolder } from '../../src/main/engine/workspace/index.ts';

const soon = { timeout: 20_000 };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let workspace: string;
let root: string;
let built: Awaited<ReturnType<typeof buildPage>>;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  root = await applyRoot(folder.path, smallCompany);
  workspace = path.join(folder.path, 'workspace');
  await createWorkspaceFolder(workspace, 'split');
  built = await buildPage();
  app = await startApp(built.folder, workspace, tofuEnvironment());
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await folder?.[Symbol.asyncDispose]();
});

function part(name: string): Locator {
  return page.getByRole('region', { name: `Part ${name}` });
}

function card(within: Locator | Page, address: string): Locator {
  return within.getByRole('button', { name: new RegExp(`^${address.replace('.', '\\.')}\\b`) });
}

async function partsNow(): Promise<readonly (string | null)[]> {
  const headings = page.getByRole('region', { name: 'Parts' }).getByRole('heading', { level: 2 });
  return headings.allTextContents();
}

describe('taking a terralith apart', () => {
  test('begins with a folder of this machine, or with an imported root', async () => {
    await page.getByRole('link', { name: 'Artifacts' }).click();
    await page.getByRole('button', { name: 'Split a terralith' }).click();
    await page.getByRole('heading', { name: 'Take a monolithic root apart' }).waitFor(soon);
    await journeyOf(page).look('split-choose');
    await page.getByLabel('Folder', { exact: true }).fill(root);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Take ${root} apart` }).click();
    await page.getByRole('heading', { name: 'Split root' }).waitFor(soon);
    await part('network').waitFor(soon);
    expect(page.url()).toContain(encodeURIComponent(path.basename(root)));
    // It belongs to the artifacts, and the rail says so.
    expect(await page.getByRole('link', { name: 'Artifacts' }).getAttribute('aria-current')).toBe('page');
  });

  test('shows the parts in the order they are built, and what crosses', async () => {
    expect(await partsNow()).toEqual(['1. network', '2. orders', '3. billing']);
    await expect.poll(() => part('billing').textContent()).toContain('takes from orders ×1');
    await page.getByRole('tab', { name: 'Interfaces (2)' }).click();
    await page.getByRole('grid', { name: 'Interfaces between parts' }).waitFor(soon);
    await page.getByRole('tab', { name: 'Reach of a change' }).click();
    await page.getByText('In the root every change is planned against all 12 resources').waitFor(soon);
    // Beside the part that is looked at, those are marked that a change to it can reach.
    await part('network').getByRole('heading', { level: 2 }).hover();
    await part('network').getByText('a change reaches 12 of 12').waitFor(soon);
    await part('orders').getByText('a change reaches 8 of 12').waitFor(soon);
    expect(await page.locator('[data-reached="true"]').count()).toBe(2);
    await part('billing').getByRole('heading', { level: 2 }).hover();
    await expect.poll(() => page.locator('[data-reached="true"]').count()).toBe(0);
    await part('orders').getByRole('heading', { level: 2 }).hover();
    await expect.poll(() => page.locator('[data-reached="true"]').count()).toBe(1);
    await journeyOf(page).look('split');
  });

  test('shows the files of the root beside the parts, whole files are chosen and dragged', async () => {
    const files = page.getByRole('navigation', { name: 'Files of the root' });
    expect(await files.getByRole('button', { name: /^Choose all/ }).allTextContents()).toHaveLength(3);
    await files.getByRole('button', { name: /^network\.tf/ }).click();
    await card(files, 'terraform_data.network_gateway').waitFor(soon);
    await files.getByRole('button', { name: /^network\.tf/ }).click();
    await card(files, 'terraform_data.network_gateway').waitFor({ ...soon, state: 'detached' });
    await files.getByRole('button', { name: 'Choose all 4 of billing.tf' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: '4 resources' }).waitFor(soon);
    await journeyOf(page).look('split-files');
    await inspector.getByRole('button', { name: 'Close the inspector' }).click();
    await files.getByRole('button', { name: /^billing\.tf/ }).dragTo(part('orders'));
    await card(part('orders'), 'terraform_data.billing_job').getByLabel('pinned').waitFor(soon);
    await page.getByRole('button', { name: 'Undo' }).click();
    await card(part('billing'), 'terraform_data.billing_job').waitFor(soon);
    await page.getByLabel('Show files').uncheck();
    await files.waitFor({ ...soon, state: 'detached' });
    await page.getByLabel('Show files').check();
  });

  test('decisions are opened from a file of pins; what is wrong in one is told with its line', async () => {
    const open = async (text: string): Promise<void> =>
      page
        .getByLabel('File of pins')
        .setInputFiles({ name: 'root.pins.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await open('fineness: medium\npins:\n  terraform_data.orders_alarm: Not A Name\n');
    const refused = page.getByRole('dialog', { name: 'root.pins.yaml cannot be taken' });
    await refused.getByRole('listitem').filter({ hasText: /^3:/ }).waitFor(soon);
    await refused.getByRole('button', { name: 'Close' }).last().click();
    await open('pins:\n  terraform_data.orders_alarm: billing\n');
    await card(part('billing'), 'terraform_data.orders_alarm').getByLabel('pinned').waitFor(soon);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the pins' }).click();
    expect((await saved).suggestedFilename()).toBe('root.pins.yaml');
    await page.getByRole('button', { name: 'Undo' }).click();
    await card(part('orders'), 'terraform_data.orders_alarm').waitFor(soon);
  });

  test('a resource is dragged to another part, moved by keyboard, and both are undone', async () => {
    await card(page, 'terraform_data.orders_alarm').dragTo(part('billing'));
    await card(part('billing'), 'terraform_data.orders_alarm').waitFor(soon);
    await card(page, 'terraform_data.orders_table').focus();
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('heading', { name: 'terraform_data.orders_table' }).waitFor(soon);
    await journeyOf(page).look('split-inspector');
    await inspector.getByRole('combobox', { name: 'Move to…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').getByRole('option', { name: 'network' }).click();
    await card(part('network'), 'terraform_data.orders_table').waitFor(soon);
    await page.getByRole('button', { name: 'Undo' }).click();
    await card(part('orders'), 'terraform_data.orders_table').waitFor(soon);
    await page.keyboard.press('Control+z');
    await card(part('orders'), 'terraform_data.orders_alarm').waitFor(soon);
    await inspector.getByRole('button', { name: 'Close the inspector' }).click();
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  });

  test('several are chosen and moved at once, by keys and by what was found, and undone in one step', async () => {
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await card(page, 'terraform_data.orders_queue').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+ArrowDown');
    await inspector.getByRole('heading', { name: '2 resources' }).waitFor(soon);
    await inspector.getByRole('button', { name: 'Copy the addresses' }).waitFor(soon);
    await journeyOf(page).look('split-several');
    await card(page, 'terraform_data.network_gateway').dragTo(part('billing'));
    await card(part('billing'), 'terraform_data.network_routes').getByLabel('pinned').waitFor(soon);
    await card(part('billing'), 'terraform_data.network_gateway').waitFor(soon);
    await page.keyboard.press('Control+z');
    await card(part('network'), 'terraform_data.network_gateway').waitFor(soon);
    await card(part('network'), 'terraform_data.network_routes').waitFor(soon);
    await page.getByLabel('Find resources').fill('alarm');
    await page.getByRole('button', { name: 'Choose the 1 found' }).click();
    await inspector.getByRole('heading', { name: 'terraform_data.orders_alarm' }).waitFor(soon);
    await page.getByLabel('Find resources').fill('');
    await card(part('billing'), 'terraform_data.billing_job').waitFor(soon);
    expect(await page.getByRole('region', { name: 'Parts' }).getByLabel('pinned').count()).toBe(0);
    await inspector.getByRole('button', { name: 'Close the inspector' }).click();
  });

  test('the boundary of a part is decided, survives a reload, and is written', async () => {
    await page.getByLabel('Boundary of network').selectOption('security');
    await expect.poll(() => page.getByLabel('Boundary of network').inputValue()).toBe('security');
    await page.reload();
    await part('network').waitFor(soon);
    await expect.poll(() => page.getByLabel('Boundary of network').inputValue()).toBe('security');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => page.getByLabel('Boundary of network').inputValue()).not.toBe('security');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByLabel('Boundary of network').inputValue()).toBe('security');
  });

  test('pins that force a circle are told, and nothing can be written then', async () => {
    for (const [address, to] of [
      ['terraform_data.orders_queue', 'billing'],
      ['terraform_data.billing_topic', 'orders'],
      ['terraform_data.billing_job', 'billing'],
      ['terraform_data.orders_worker', 'orders'],
    ] as const) {
      await card(page, address).dragTo(part(to));
      await card(part(to), address).getByLabel('pinned').waitFor(soon);
    }
    await page.getByRole('alert').filter({ hasText: 'need one another' }).waitFor(soon);
    expect(await page.getByRole('button', { name: /^Write the/ }).isDisabled()).toBe(true);
    for (let step = 0; step < 4; step += 1) await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('alert').waitFor({ ...soon, state: 'detached' });
  });

  test('a part gets another name', async () => {
    await page.getByRole('button', { name: 'Rename billing' }).click();
    await page.getByLabel('New name of billing').fill('invoices');
    await page.keyboard.press('Enter');
    await part('invoices').waitFor(soon);
    expect(await partsNow()).toEqual(['1. network', '2. orders', '3. invoices']);
  });

  test('the parts are written as artifacts, blueprint and environment', async () => {
    await page.getByRole('button', { name: 'Write the 3 parts' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write 3 parts' });
    await dialog.getByLabel('Name of the blueprint').fill('company');
    await dialog.getByText('No environment is written: account and region left empty.').waitFor(soon);
    await dialog.getByRole('combobox', { name: 'Account' }).fill('123456789012');
    await dialog.getByText('No environment is written: region left empty.').waitFor(soon);
    await dialog.getByRole('combobox', { name: 'Region' }).fill('eu-west-1');
    await dialog.getByText('The environment company is written with it.').waitFor(soon);
    await journeyOf(page).look('split-write');
    await dialog.getByRole('button', { name: 'Write 3 artifacts and the blueprint' }).click();
    const written = page.getByRole('dialog', { name: 'Written' });
    await written.getByRole('link', { name: 'company-invoices' }).waitFor(soon);
    await written.getByRole('button', { name: 'Close' }).last().click();
    const network = await readFile(path.join(workspace, 'artifacts/company-network/network.tf'), 'utf8');
    expect(network).toBe(smallCompany['network.tf']);
    const manifest = await readFile(path.join(workspace, 'artifacts/company-network/groundplan.yaml'), 'utf8');
    expect(manifest).toContain('boundary: security');
    expect(await readFile(path.join(workspace, 'environments/company.yaml'), 'utf8')).toContain('company@0.1.0');
  });

  test('the proof with the root’s state ends green', async () => {
    await page.getByRole('tab', { name: 'Proof' }).click();
    await page.getByRole('button', { name: 'Prove', exact: true }).click();
    await page.getByText('needs state').first().waitFor(soon);
    await page.getByLabel('pull it in the root').check();
    await page.getByRole('button', { name: 'Prove', exact: true }).click();
    await page.getByText('All 12 points are proven.').waitFor({ timeout: 120_000 });
    const points = page.getByRole('list', { name: 'Points of the proof' }).getByRole('listitem');
    expect(await points.count()).toBe(12);
    await journeyOf(page).look('split-proof');
  });

  test('the states are pushed by typing the name, and rolled back', async () => {
    const states = page.getByRole('region', { name: 'States' });
    const push = states.getByRole('button', { name: 'Push the states of 3 parts' });
    await push.waitFor(soon);
    expect(await push.isDisabled()).toBe(true);
    await states.getByLabel('Type company to confirm').fill('company');
    await push.click();
    await states.getByRole('button', { name: 'Roll the states back' }).waitFor({ timeout: 60_000 });
    await states.getByText(/held from the first step to the last/).waitFor(soon);
    const stateOf = async (file: string): Promise<{ resources: unknown[] }> =>
      JSON.parse(await readFile(file, 'utf8')) as { resources: unknown[] };
    const part = path.join(workspace, '.groundplan/state/company/network.tfstate');
    expect((await stateOf(part)).resources).toHaveLength(4);
    expect((await stateOf(path.join(root, 'terraform.tfstate'))).resources).toHaveLength(0);
    await journeyOf(page).look('split-states');
    await states.getByLabel('Type company to confirm').fill('company');
    await states.getByRole('button', { name: 'Roll the states back' }).click();
    await states.getByText('rolled back', { exact: true }).waitFor({ timeout: 60_000 });
    expect((await stateOf(path.join(root, 'terraform.tfstate'))).resources).toHaveLength(12);
  });

  test('the page complained about nothing', () => {
    expect(complaints).toEqual([]);
  });
});
