import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp } from '#test/support/browser/index.ts';
import { temporaryFolder } from '#test/support/orchestrator/index.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { companyTerralith, writeRoot } from '#test/support/split/index.ts';
import { createWorkspaceFolder } from '../../src/main/engine/workspace/index.ts';
import { journeyOf } from './journeys/journey.ts';

/** Nobody asks this root's provider anything: it is taken apart without a state. */
const nowhere = 'http://127.0.0.1:9';
const soon = { timeout: 60_000 };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let root: string;
let built: Awaited<ReturnType<typeof buildPage>>;
let app: App;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  root = await writeRoot(folder.path, companyTerralith(nowhere));
  const workspace = path.join(folder.path, 'workspace');
  await createWorkspaceFolder(workspace, 'company');
  built = await buildPage();
  app = await startApp(built.folder, workspace, {});
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
  await folder?.[Symbol.asyncDispose]();
});

function parts(): Locator {
  return page.getByRole('region', { name: 'Parts' }).getByRole('region', { name: /^Part / });
}

describe('the root of a company on the screen', () => {
  test('its hundreds of resources stand in parts that need one another in one direction', async () => {
    await journeyOf(page).go('/split');
    await page.getByLabel('Folder', { exact: true }).fill(root);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Take ${root} apart` }).click();
    await page.getByText(/^[45]\d\d resources in 1[0-9],\d{3} lines/).waitFor(soon);
    expect(await parts().count()).toBeGreaterThan(10);
    await page.getByRole('tab', { name: 'Reach of a change' }).click();
    await page.getByText(/In the root every change is planned against all \d+ resources/).waitFor(soon);
    await parts().first().getByRole('heading', { level: 2 }).hover();
    await expect.poll(() => page.locator('[data-reached="true"]').count()).toBeGreaterThan(0);
    await journeyOf(page).look('split-company');
  });

  test('a finer proposal has more parts, and back again gives the same as before', async () => {
    const medium = await parts().count();
    await page.getByText(/^fine: \d+ parts$/).click();
    await expect.poll(() => parts().count(), soon).toBeGreaterThan(medium);
    await page.getByText(/^medium: \d+ parts$/).click();
    await expect.poll(() => parts().count(), soon).toBe(medium);
  });

  test('everything that a search found is moved to another part at once, and undone', async () => {
    const network = page.getByRole('region', { name: 'Part network' });
    const held = (): Promise<string | null> => network.getByText(/^\d+ resources/).textContent();
    const before = await held();
    await page.getByLabel('Find resources').fill('audit_updates');
    await page.getByRole('button', { name: /^Choose the \d+ found$/ }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('combobox', { name: 'Move to…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').getByRole('option', { name: 'network', exact: true }).click();
    await expect.poll(held, soon).not.toBe(before);
    // Of a value that several parts take now there is one line.
    await inspector.getByText(/taken by \w+, \w+/).waitFor(soon);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(held, soon).toBe(before);
    expect(complaints).toEqual([]);
  });
});
