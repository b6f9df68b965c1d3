import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPictures, launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { account, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { type Served, startServe } from '#test/support/serve.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { createWorkspaceFolder, workspacePaths } from '../../src/main/engine/workspace/index.ts';

// The three answers to "who looks after this": a state, nobody, and a state that still holds what is gone.

const enough = { timeout: 60_000 };
const kind = 'aws.ec2.vpc';
const vpcId = (name: string): string => `arn:aws:ec2:eu-west-1:111111111111:vpc/${name}`;

let folder = '';
let served: Served;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-managed-'));
  const workspace = path.join(folder, 'shop');
  await mkdir(workspace);
  await createWorkspaceFolder(workspace, 'shop');
  const facts = createFactStore({
    root: workspacePaths(workspace).facts,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '1',
  });
  const vpc = (name: string) => resource({ id: vpcId(name), kind, category: 'network' });
  await writeRun(
    facts,
    [{ scope: 'aws:account:111111111111', kind, resources: [vpc('vpc-0a0a0a0a'), vpc('vpc-0b0b0b0b')] }],
    [account('111111111111', 'production')],
  );
  const held = (name: string, id: string) => ({
    mode: 'managed',
    type: 'aws_vpc',
    name,
    provider: 'provider["registry.opentofu.org/hashicorp/aws"]',
    instances: [{ attributes: { id, arn: vpcId(id), cidr_block: '10.0.0.0/16' } }],
  });
  await writeFile(
    path.join(folder, 'shop.tfstate'),
    JSON.stringify({
      version: 4,
      terraform_version: '1.9.0',
      serial: 1,
      lineage: 'shop',
      outputs: {},
      resources: [held('kept', 'vpc-0a0a0a0a'), held('lost', 'vpc-0c0c0c0c')],
    }),
  );
  served = await startServe({
    env: { HOME: folder, GROUNDPLAN_SETTINGS: path.join(folder, 'settings') },
    args: ['--workspace', workspace],
    built: true,
  });
  browser = await launchBrowser();
  ({ page } = await openApp(browser, served.link));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The resources of the table, by name, once there are as many as wanted. */
async function shown(count: number): Promise<string[]> {
  const rows = page.getByRole('grid', { name: 'Resources' }).getByRole('row');
  await expect.poll(() => rows.count(), enough).toBe(count + 1);
  const texts = await rows.allTextContents();
  return texts.flatMap((text) => /vpc-0\w{7}/u.exec(text)?.[0] ?? []).sort();
}

async function filter(choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Managed', { exact: true }).first().click();
  await page.getByRole('option', { name: choice }).click();
  await page.keyboard.press('Escape');
}

test('managed, not managed, and managed but gone are three lists of their own', async () => {
  await page.evaluate(() => {
    window.location.hash = '/estate';
  });
  expect(await shown(2)).toEqual(['vpc-0a0a0a0a', 'vpc-0b0b0b0b']);
  await page.getByRole('button', { name: 'Import files…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Import files' });
  await dialog.getByLabel('Files to import').setInputFiles(path.join(folder, 'shop.tfstate'));
  await dialog.getByRole('button', { name: 'Show the estate' }).click(enough);
  await page.getByText('1 managed, but gone', { exact: false }).first().waitFor(enough);

  await filter('Managed by an environment or a state');
  await page
    .getByText('vpc-0b0b0b0b')
    .first()
    .waitFor({ state: 'detached', ...enough });
  expect(await shown(1)).toEqual(['vpc-0a0a0a0a']);

  await filter('Not managed');
  expect(await shown(1)).toEqual(['vpc-0b0b0b0b']);

  await filter('Managed, but gone');
  expect(await shown(1)).toEqual(['vpc-0c0c0c0c']);
  await keepPictures(page, 'managed-but-gone');
  for (const scheme of ['light', 'dark'] as const) {
    await showInScheme(page, scheme);
    expect(await seriousFindings(page)).toEqual([]);
  }
  await page.getByRole('grid', { name: 'Resources' }).getByText('vpc-0c0c0c0c').first().click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByText('aws_vpc.lost').first().waitFor(enough);
});
