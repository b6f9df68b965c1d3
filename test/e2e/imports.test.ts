import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPictures, launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { type Served, startServe } from '#test/support/serve.ts';

// Files on the screen: chosen, dropped, refused, cancelled; the estate saved as a file.

let folder = '';
let served: Served;
let browser: Browser;
let page: Page;

const arn = 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b2c3d';
const snapshot = JSON.stringify(
  snapshotOf([
    vpcItem('vpc-0a1b2c3d', { tags: { Name: 'storefront' } }),
    subnetItem('subnet-0a1b2c3d', 'vpc-0a1b2c3d'),
    { resourceType: 'AWS::EC2::VPC' },
  ]),
  null,
  2,
);
const state = JSON.stringify({
  version: 4,
  lineage: 'shop',
  resources: [
    {
      module: 'module.network',
      mode: 'managed',
      type: 'aws_vpc',
      name: 'main',
      provider: 'provider["registry/hashicorp/aws"]',
      instances: [{ attributes: { id: 'vpc-0a1b2c3d', arn } }],
    },
  ],
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-imports-'));
  await mkdir(path.join(folder, 'shop'));
  await writeFile(path.join(folder, 'shop', 'groundplan.yaml'), 'groundplan: 1\nname: shop\n');
  await writeFile(path.join(folder, 'snapshot.json'), snapshot);
  await writeFile(path.join(folder, 'shop.tfstate'), state);
  await writeFile(path.join(folder, 'notes.txt'), 'Things to do');
  await writeFile(path.join(folder, 'large.json'), Buffer.alloc(60 * 2 ** 20, 0x20));
  served = await startServe({
    env: { HOME: folder, GROUNDPLAN_SETTINGS: path.join(folder, 'settings') },
    args: ['--workspace', path.join(folder, 'shop')],
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

async function go(address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
  await page.getByRole('main').waitFor();
}

const picture = (name: string) => keepPictures(page, name);

const dialog = () => page.getByRole('dialog', { name: 'Import files' });

async function choose(...names: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Import files…' }).first().click();
  await dialog().getByRole('button', { name: 'Choose files' }).waitFor();
  await dialog()
    .getByLabel('Files to import')
    .setInputFiles(names.map((name) => path.join(folder, name)));
}

test('a file that nobody knows is told as not read, and the estate is as it was', async () => {
  await go('/estate');
  await page.getByText('Nothing is mapped yet').waitFor();
  await choose('notes.txt');
  await dialog()
    .getByText(/Nothing could be read: notes\.txt/)
    .waitFor();
  await expect.poll(() => dialog().getByRole('cell', { name: 'not read' }).count()).toBe(1);
  await picture('import-failed');
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await dialog().waitFor({ state: 'hidden' });
});

test('files that are being taken in can be cancelled, and nothing of them is left', async () => {
  await page.getByRole('button', { name: 'Import files…' }).first().click();
  await picture('import-choosing');
  await dialog().getByLabel('Files to import').setInputFiles(path.join(folder, 'large.json'));
  await dialog()
    .getByText(/Taking in large\.json/)
    .waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'hidden' });
  const data = path.join(folder, 'shop', '.groundplan');
  // The one run is that of the file nobody knew.
  expect(await readdir(path.join(data, 'facts'))).toEqual(['000001']);
  await expect.poll(() => readdir(path.join(data, 'work', 'uploads'))).toEqual([]);
});

test('several files at once: each is told with its kind, its broken records by line, and what is managed', async () => {
  await go('/estate');
  await choose('snapshot.json', 'shop.tfstate');
  const files = dialog().getByRole('table', {
    name: 'Files that were imported',
  });
  await files.getByText('AWS Config').waitFor();
  await files.getByText('Terraform state').waitFor();
  await files.getByText('partly read').waitFor();
  const line = snapshot.split('\n').findLastIndex((text) => text === '    {') + 1;
  await dialog()
    .getByText(new RegExp(`line ${line}, byte \\d+: It has no resourceType`))
    .waitFor();
  await dialog()
    .getByText(/\d+ relationships lead to what is known, \d+ to what nobody listed/)
    .waitFor();
  await picture('import-report');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Show the estate' }).click();
  await page.getByRole('row', { name: /storefront/ }).waitFor();
  await go('/estate?managed=managed');
  await page.getByRole('row', { name: /storefront/ }).click();
  await page.getByText('module.network.aws_vpc.main').waitFor();
  await page.getByText('in module.network').waitFor();
  await picture('import-managed');

  await go('/estate?selected=tf%3A%2F%2Fshop');
  await page.getByRole('tab', { name: 'Relationships 1' }).click();
  const manages = page.getByRole('region', { name: 'Manages' });
  await manages.getByText('module.network.aws_vpc.main').waitFor();
  await picture('import-state');
  expect(await seriousFindings(page)).toEqual([]);
  await manages.getByRole('link', { name: 'Show them in the table' }).click();
  await page.getByText('managed by shop').waitFor();
  await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe(2);
});

test('files are dropped anywhere on the window', async () => {
  await go('/settings');
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.tfstate', { type: 'application/json' }));
      return transfer;
    },
    state.replace('"shop"', '"dropped"'),
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await page.getByText('Drop to import').waitFor();
  await picture('import-dropping');
  await page.dispatchEvent('body', 'dragleave', { dataTransfer: data });
  await page.getByText('Drop to import').waitFor({ state: 'hidden' });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await dialog().getByRole('cell', { name: 'dropped.tfstate' }).waitFor();
  expect(await dialog().getByText('Terraform state').count()).toBe(1);
  await dialog().getByRole('button', { name: 'Close' }).last().click();
});

test('the estate is saved as a file, with names replaced, and can be imported again', async () => {
  await go('/estate');
  await page.getByRole('button', { name: 'Export…' }).click();
  const saving = page.getByRole('dialog', { name: 'Export the estate' });
  await saving.getByLabel('Names').check();
  await saving.getByLabel('Account numbers').check();
  await picture('export');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    saving.getByRole('button', { name: 'Save the file' }).click(),
  ]);
  await saving.getByText(/Saved \d+ resources/).waitFor();
  expect(download.suggestedFilename()).toBe('estate-redacted.ndjson.gz');
  const text = gunzipSync(await readFile(await download.path())).toString('utf8');
  expect(text.split('\n')[0]).toContain('"redacted":["names","accounts"]');
  expect(text).not.toMatch(/storefront|111122223333/);
  await saving.getByRole('button', { name: 'Close' }).last().click();
  await download.saveAs(path.join(folder, 'estate.ndjson.gz'));
  await choose('estate.ndjson.gz');
  await dialog().getByText('Groundplan archive').waitFor();
});
