import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { create } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createArtifactsService, createArtifactStore } from '#engine/artifacts/index.ts';
import { createCatalogService, createLibrary } from '#engine/catalog/index.ts';
import type { ArtifactsService, CatalogService } from '#engine/ports/index.ts';
import { createEventBus, listFolders } from '#engine/system/index.ts';
import { databaseCode, networkCode, regionalBlueprint } from '#test/integration/catalog/company.ts';
import { keepPictures, launchBrowser, openApp, seriousFindings, showInScheme } from '#test/support/browser/index.ts';
import { buildPage, startScreens, type Screens } from '#test/support/screens/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';

// The real services of artifacts and catalog over a workspace on the disk; the rest of the engine is not there.
let browser: Browser;
let built: Awaited<ReturnType<typeof buildPage>>;
let workspace: TestWorkspace;
let elsewhere: string;
let catalog: CatalogService;
let screens: Screens;
let page: Page;
let complaints: readonly string[];
/** After so many pieces looking goes on only when it is stopped; null lets it run. */
let holdAfter: number | null;

beforeAll(async () => {
  built = await buildPage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await built.remove();
});

const repository = {
  'modules/vpc/main.tf': `variable "cidr" { type = string }
variable "tags" {}
variable "zones" { default = 2 }
variable "password" { type = string }
resource "aws_vpc" "this" { cidr_block = var.cidr }
output "vpc_id" { value = aws_vpc.this.id }
`,
  'modules/queue/main.tf': 'variable "name" { type = string }\nresource "aws_sqs_queue" "q" { name = var.name }\n',
  'modules/queue/broken.tf': 'variable "x" {\n  type = = string\n}\n',
  'modules/hopeless/main.tf': 'resource "a" {\n',
  'jobs/report.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--month")\n',
};

async function code(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(elsewhere, name)), { recursive: true });
    await writeFile(path.join(elsewhere, name), text);
  }
}

/** The service itself, except that looking can be held in the middle for as long as a test needs it. */
function holding(artifacts: ArtifactsService): ArtifactsService {
  return {
    ...artifacts,
    async *examine(request, call) {
      let pieces = 0;
      for await (const item of await artifacts.examine(request, call)) {
        yield item;
        if (item.type !== 'piece') continue;
        pieces += 1;
        if (pieces === holdAfter && !call.signal.aborted) await once(call.signal, 'abort');
      }
    },
  };
}

beforeEach(async () => {
  workspace = await makeWorkspace();
  elsewhere = await mkdtemp(path.join(tmpdir(), 'groundplan-code-'));
  const events = createEventBus();
  const store = createArtifactStore(workspace.workspace);
  const artifacts = holding(createArtifactsService({ ...workspace, events, store }));
  holdAfter = null;
  catalog = createCatalogService({
    library: createLibrary(workspace.workspace, store),
    events,
    clock: { now: Date.now },
    environmentStatus: () => Promise.resolve(null),
  });
  const system = {
    browseFolders: ({ path: at, files }: { path: string | null; files?: boolean | undefined }) =>
      listFolders(at ?? elsewhere, { files }),
  };
  screens = await startScreens(built.folder, { artifacts, catalog, system }, events);
  ({ page, complaints } = await openApp(browser, screens.link()));
  await page.goto(`${screens.origin}/#/artifacts`);
});
afterEach(async () => {
  await page.context().close();
  await screens[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
  await rm(elsewhere, { recursive: true, force: true });
});

async function lookAt(...paths: string[]) {
  await page.getByRole('main').getByRole('button', { name: 'Import artifacts' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Paths' }).fill(paths.join('\n'));
  await page.keyboard.press('Tab');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Look at/ })
    .press('Enter');
  return page.getByRole('dialog', { name: 'What was found' });
}

const picture = (name: string) => keepPictures(page, name);

describe('the import', () => {
  test('shows what a repository holds, takes corrections, leaves out, and imports the rest', async () => {
    await code(repository);
    const dialog = await lookAt(elsewhere);
    await dialog.getByText('4 found').waitFor();
    await dialog.getByText('1 cannot be read').waitFor();

    await dialog.getByRole('button', { name: 'Details of hopeless' }).click();
    await dialog.getByText('main.tf:1:14', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Details of queue' }).click();
    await dialog.getByText('broken.tf:2:10', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Details of queue' }).click();
    await dialog.getByRole('button', { name: 'Details of hopeless' }).click();

    await dialog.getByRole('button', { name: 'Details of vpc' }).click();
    await dialog.getByText('networking was proposed: it creates aws_vpc').waitFor();
    await dialog.getByText('Not declared in the code: 1 unknown, 2 inferred.').waitFor();
    await dialog.getByRole('combobox', { name: 'Type of tags' }).click();
    await page.getByRole('option', { name: 'map of text' }).click();
    await dialog.getByRole('button', { name: 'Show the other 2' }).click();
    await dialog.getByRole('checkbox', { name: 'password is sensitive' }).check();
    await dialog.getByRole('combobox', { name: 'Boundary' }).click();
    await page.getByRole('option', { name: 'security' }).click();
    await picture('import');
    for (const scheme of ['light', 'dark'] as const) {
      await showInScheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
    }
    await dialog.getByRole('checkbox', { name: 'Import report' }).uncheck();
    await dialog.getByRole('button', { name: 'Import 2' }).click();

    const result = page.getByRole('dialog', { name: 'Import' });
    await result.getByText('2 imported.').waitFor();
    await result.getByText('artifacts/queue/broken.tf:2:10', { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await result.getByRole('link', { name: 'vpc' }).click();
    await page.getByRole('heading', { name: 'vpc 0.1.0' }).waitFor();
    const row = page.getByRole('table', { name: 'Inputs' }).getByRole('row', { name: /^tags/ });
    expect(await row.innerText()).toMatch(/map of text[\s\S]*declared by the user, groundplan.yaml:5/);
    expect(await readFile(path.join(workspace.root, 'artifacts/vpc/groundplan.yaml'), 'utf8')).toContain(
      'boundary: security\ninputs:\n  tags:',
    );
    expect(complaints).toEqual([]);
  });

  test('of a packed chart, again, and of a path that is wrong', async () => {
    await code({
      'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.4.0\n',
      'shop/values.yaml': 'replicas: 2\n',
    });
    const archive = path.join(elsewhere, 'shop-1.4.0.tgz');
    await create({ file: archive, gzip: true, cwd: elsewhere }, ['shop']);
    const dialog = await lookAt(archive);
    await dialog.getByRole('button', { name: 'Import 1' }).click();
    await page.getByText('1 imported.').waitFor();
    await page.getByRole('button', { name: 'Import more' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Paths' }).fill(archive);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await dialog.getByText('there already').waitFor();
    expect(await dialog.getByRole('button', { name: 'Nothing is chosen' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Paths' }).fill(path.join(elsewhere, 'nowhere'));
    await page.getByRole('button', { name: 'Look at it' }).click();
    await dialog.getByRole('alert').getByText('does not exist').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('of a chart and a script that are chosen among the files of the machine, with the keyboard', async () => {
    await code({
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.4.0\n',
      'charts/shop/values.yaml': 'replicas: 2\n',
      'charts/report.py': 'def main(month: int) -> None: ...\n',
      'charts/notes.txt': 'no code',
    });
    const charts = path.join(elsewhere, 'charts');
    await create({ file: path.join(charts, 'shop-1.4.0.tgz'), gzip: true, cwd: charts }, ['shop']);
    await page.getByRole('main').getByRole('button', { name: 'Import artifacts' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Browse folders and files' }).press('Enter');
    const list = dialog.getByRole('list', { name: 'Folders and files' });
    await list.getByRole('button', { name: 'charts' }).press('Enter');
    await list.getByRole('button', { name: 'shop-1.4.0.tgz' }).press('Enter');
    await list.getByRole('button', { name: 'report.py' }).press('Enter');
    expect(await list.getByRole('button').allInnerTexts()).toEqual([
      'Up',
      'shop',
      'report.py\nadd',
      'shop-1.4.0.tgz\nadd',
    ]);
    await picture('import-choose');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Look at 2 paths' }).press('Enter');
    await page.getByRole('dialog', { name: 'What was found' }).getByText('2 found').waitFor();
    expect(complaints).toEqual([]);
  });

  test('of what is dropped: a browser is told what to do instead, the desktop knows where it lies', async () => {
    await code({ ...repository, 'other/main.tf': 'variable "x" { type = string }\n' });
    const data = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'modules'));
      return transfer;
    });
    await page.getByText('No artifacts yet').waitFor();
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
    await page.getByText('A repository, modules, charts').waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A browser does not tell where modules lies.').waitFor();
    await dialog.getByRole('list', { name: 'Folders and files' }).getByRole('button', { name: 'modules' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Choose folders…' }).count()).toBe(0);
    await picture('import-dropped');
    for (const scheme of ['light', 'dark'] as const) {
      await showInScheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
    }

    // The desktop's bridge tells the page like this; while paths are chosen they are added.
    const tell = (...paths: readonly string[]) =>
      page.evaluate((told) => window.postMessage({ type: 'groundplan:code', paths: told }, '*'), paths);
    await tell(path.join(elsewhere, 'other'));
    const paths = dialog.getByRole('textbox', { name: 'Paths' });
    await expect.poll(() => paths.inputValue()).toBe(path.join(elsewhere, 'other'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await tell(path.join(elsewhere, 'other'), path.join(elsewhere, 'jobs'));
    await page.getByRole('dialog', { name: 'What was found' }).getByText('2 found').waitFor();
    await dialog.getByRole('button', { name: 'Back' }).click();
    expect(await paths.inputValue()).toBe([path.join(elsewhere, 'other'), path.join(elsewhere, 'jobs')].join('\n'));
    expect(complaints).toEqual([]);
  });

  test('can be stopped while it looks, and shows what it has', async () => {
    await code(repository);
    holdAfter = 2;
    const dialog = await lookAt(elsewhere);
    await dialog.getByRole('progressbar', { name: 'Pieces read' }).waitFor();
    await dialog.getByText('2 found').waitFor();
    await dialog.getByRole('button', { name: 'Stop looking' }).click();
    await dialog.getByText('Looking was stopped: 2 pieces are shown').waitFor();
    expect(await dialog.getByRole('button', { name: /^Import \d+/ }).isEnabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('No artifacts yet').waitFor();
  });
});

describe('an artifact', () => {
  test('leads on to who uses it, and shows what a change of its code breaks', async () => {
    await workspace.write('artifacts/network/main.tf', networkCode);
    await workspace.write('artifacts/database/main.tf', databaseCode);
    await workspace.write('blueprints/regional/blueprint.yaml', regionalBlueprint);
    const audience = { people: 'everyone', agents: 'no' } as const;
    await catalog.publish({ name: 'regional', audience, notes: '' }, workspace.call);
    await workspace.write(
      'environments/eu.yaml',
      'environment: eu\nblueprint: regional@1.0.0\ntarget: { cloud: aws, account: "210987654321", region: eu-west-1 }\n',
    );
    await workspace.write('artifacts/network/main.tf', networkCode.replaceAll('"subnet_ids"', '"subnets"'));
    await page.goto(`${screens.origin}/#/artifacts/network?tab=uses`);
    const uses = page.getByRole('table', { name: 'Who uses it' });
    await uses.getByRole('link', { name: 'regional, draft' }).waitFor();
    await uses.getByRole('link', { name: 'eu' }).waitFor();
    expect(await uses.getByRole('link', { name: 'regional 1.0.0' }).getAttribute('href')).toContain(
      '/catalog/regional?version=',
    );
    await page.getByRole('tab', { name: 'Changes' }).press('Enter');
    await page.getByText('2 of 2 that use it cannot follow as they are.').waitFor();
    const breaks = page.getByRole('list', { name: 'What breaks' });
    await breaks.getByText('database.subnet_ids takes "subnet_ids", which is gone.').first().waitFor();
    await picture('artifact-changes');
    for (const scheme of ['light', 'dark'] as const) {
      await showInScheme(page, scheme);
      expect(await seriousFindings(page), scheme).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});
