import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEventBus } from '#engine/system/index.ts';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { exampleDocument, examplePalette } from '#test/support/canvas/example.ts';
import {
  buildPage,
  createDraftFolder,
  startScreens,
  type DraftFolder,
  type Screens,
} from '#test/support/screens/index.ts';

const name = 'regional-infrastructure';
let browser: Browser;
let built: Awaited<ReturnType<typeof buildPage>>;
let screens: Screens;
let drafts: DraftFolder;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  built = await buildPage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await built.remove();
});

beforeEach(async () => {
  const events = createEventBus();
  drafts = createDraftFolder(events, { documents: [exampleDocument], palette: examplePalette });
  screens = await startScreens(
    built.folder,
    {
      blueprints: drafts.service,
      catalog: { list: () => ({ entries: [], problems: [] }) },
      deployments: { list: () => [] },
      discovery: { runs: () => [] },
    },
    events,
  );
  ({ page, complaints } = await openApp(browser, screens.link()));
  await page.goto(`${screens.origin}/#/blueprints/${name}`);
  await node('network').waitFor();
  return async () => {
    await page.context().close();
    await screens[Symbol.asyncDispose]();
  };
});

const node = (id: string) => page.locator(`[data-node="${id}"]`);
const port = (id: string, side: 'Input' | 'Output', portName: string) =>
  node(id).getByRole('img', { name: new RegExp(`^${side} ${portName}:`) });
/** What is in the file now. */
const onDisk = () => drafts.document(name);
const soon = { timeout: 8000 };
const select = (id: string) => node(id).click({ position: { x: 60, y: 12 } });

async function draw(from: ReturnType<typeof port>, to: ReturnType<typeof port>): Promise<void> {
  await from.hover();
  await page.mouse.down();
  await to.hover();
  await to.hover();
  await page.mouse.up();
}

describe('the canvas', () => {
  test('places an artifact dragged from the palette, and one added by keyboard', async () => {
    const canvas = page.getByRole('application', { name: 'Blueprint canvas' });
    await page
      .getByRole('button', { name: 'Add postgres@1.0.3' })
      .dragTo(canvas, { targetPosition: { x: 120, y: 420 } });
    await node('postgres').waitFor();
    await page.getByRole('button', { name: 'Add web@2.1.0' }).press('Enter');
    await node('web').waitFor();
    await expect
      .poll(() => Object.keys(onDisk().nodes), soon)
      .toEqual(['network', 'database', 'application', 'postgres', 'web']);
    expect(complaints).toEqual([]);
  });

  test('wires two ports that fit, and refuses two that do not with the reason', async () => {
    await draw(port('network', 'Output', 'vpc_id'), port('database', 'Input', 'name'));
    await expect.poll(() => onDisk().nodes['database']?.set?.['name'], soon).toBe('${network.vpc_id}');
    await draw(port('network', 'Output', 'private_subnet_ids'), port('application', 'Input', 'database_url'));
    await page.getByText('a list of text does not fit a text').waitFor();
    expect(drafts.document(name).nodes['application']?.set?.['database_url']).toBe('${database.url}');
  });

  test('lights what fits a wire that is held, and dims the rest', async () => {
    await port('network', 'Output', 'private_subnet_ids').hover();
    await page.mouse.down();
    await page.mouse.move(700, 700, { steps: 4 });
    const lightOf = (portName: string) =>
      node('database').locator('li', { hasText: portName }).first().getAttribute('data-light');
    expect([await lightOf('subnet_ids'), await lightOf('name')]).toEqual(['fits', 'dim']);
    await page.mouse.up();
    expect(await lightOf('subnet_ids')).toBeNull();
  });

  test('offers the inputs of a node on which a wire is dropped', async () => {
    await port('network', 'Output', 'private_subnet_ids').hover();
    await page.mouse.down();
    await node('database').hover({ position: { x: 80, y: 12 } });
    await node('database').hover({ position: { x: 90, y: 14 } });
    await page.mouse.up();
    await page
      .getByRole('dialog', { name: 'Wire network.private_subnet_ids to database' })
      .getByRole('button', { name: 'groups' })
      .click();
    await expect.poll(() => onDisk().nodes['database']?.set?.['groups'], soon).toBe('${network.private_subnet_ids}');
  });

  test('undoes to the beginning and does it again', async () => {
    await select('database');
    await page.keyboard.press('Delete');
    await expect.poll(() => node('database').count(), soon).toBe(0);
    await select('network');
    await page.keyboard.press('Control+d');
    await node('network_2').waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await node('database').waitFor();
    // A save in between must not lose what can be done again.
    await expect.poll(onDisk, soon).toEqual(exampleDocument);
    await page.getByText('✓ saved').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => node('database').count(), soon).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(onDisk, soon).toEqual(exampleDocument);
  });

  test('copies and pastes nodes with the wires between them', async () => {
    await select('network');
    await page.keyboard.down('Shift');
    await select('database');
    await page.keyboard.up('Shift');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await node('database_2').waitFor();
    await expect
      .poll(() => onDisk().nodes['database_2']?.set?.['subnet_ids'], soon)
      .toBe('${network_2.private_subnet_ids}');
  });

  test('moves nodes by dragging and by arrow keys, and a click moves nothing', async () => {
    const before = await node('database').boundingBox();
    await select('database');
    expect(await node('database').boundingBox()).toEqual(before);
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await node('database').boundingBox())?.y, soon).toBeGreaterThan(before?.y ?? 0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => node('database').boundingBox(), soon).toEqual(before);
  });

  test('leads from a problem to its field, which is filled in by keyboard', async () => {
    await page.getByRole('button', { name: /needs "name"/ }).press('Enter');
    const field = page.getByRole('textbox', { name: 'Value of name' });
    await expect.poll(() => field.evaluate((element) => element === document.activeElement), soon).toBe(true);
    await page.keyboard.type('main');
    await expect.poll(() => page.getByRole('region', { name: 'Problems' }).count(), soon).toBe(0);
    await expect.poll(() => onDisk().nodes['database']?.set?.['name'], soon).toBe('main');
  });

  test('wires by keyboard: the inspector offers what fits', async () => {
    await select('database');
    const input = page.getByRole('region', { name: 'Input name' });
    await input.getByText('Wire', { exact: true }).click();
    await input.getByRole('combobox', { name: 'Source of name' }).focus();
    await page.keyboard.type('network.vpc');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => onDisk().nodes['database']?.set?.['name'], soon).toBe('${network.vpc_id}');
  });

  test('takes over a change of the file, and asks where both sides changed the same', async () => {
    drafts.edit(name, (document) => ({ ...document, summary: 'From an editor' }));
    await expect.poll(() => page.getByRole('textbox', { name: 'Summary' }).inputValue(), soon).toBe('From an editor');
    await page.getByRole('textbox', { name: 'Summary' }).fill('From the canvas');
    drafts.edit(name, (document) => ({ ...document, summary: 'From an editor again', version: '2.4.0' }));
    const dialog = page.getByRole('dialog', { name: /changed at the same places/ });
    await dialog.getByRole('radio', { name: 'Keep what is on the canvas' }).check();
    await dialog.getByRole('button', { name: 'Apply the choices' }).click();
    await expect.poll(onDisk, soon).toMatchObject({ summary: 'From the canvas', version: '2.4.0' });
  });

  test('has nothing serious for axe, in light and dark', async () => {
    await select('database');
    expect(await seriousFindings(page)).toEqual([]);
    const dark = await openApp(browser, screens.link(), { scheme: 'dark' });
    await dark.page.goto(`${screens.origin}/#/blueprints/${name}`);
    await dark.page.locator('[data-node="database"]').click({ position: { x: 60, y: 12 } });
    await dark.page.getByRole('heading', { name: 'database' }).waitFor();
    expect(await seriousFindings(dark.page)).toEqual([]);
    await dark.page.context().close();
  });
});
