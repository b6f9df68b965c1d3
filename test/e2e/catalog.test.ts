import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventBus } from '#engine/system/index.ts';
import { inputPorts, outputPorts } from '#shared/blueprint/index.ts';
import type { Artifact, CatalogEntry, ProposalInput } from '#shared/model/index.ts';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { exampleDocument, examplePalette } from '#test/support/canvas/example.ts';
import {
  buildPage,
  createDeploymentScene,
  createDraftFolder,
  regionalReview,
  startScreens,
} from '#test/support/screens/index.ts';

const name = 'regional-infrastructure';
const soon = { timeout: 8000 };
let browser: Browser;
let built: Awaited<ReturnType<typeof buildPage>>;

beforeAll(async () => {
  built = await buildPage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await built.remove();
});

function entry(version: string, edit: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    release: {
      name,
      version,
      type: 'blueprint',
      digest: `sha256:${version.padEnd(64, '0')}`,
      author: 'ada',
      date: '2026-11-23',
      notes: '',
      status: 'active',
      successor: null,
      reason: null,
      audience: { people: 'everyone', agents: 'propose' },
      history: [{ date: '2026-11-23', author: 'ada', change: 'published' }],
    },
    boundary: 'platform',
    summary: 'Network, database and application of one region',
    runner: null,
    intact: true,
    usedBy: version === '2.3.0' ? ['eu', 'us'] : [],
    ...edit,
  };
}

const artifact: Artifact = {
  name: 'networking-vpc',
  version: '1.2.0',
  runner: 'terraform',
  boundary: 'networking',
  summary: 'A VPC with subnets',
  digest: `sha256:${'a'.repeat(64)}`,
  source: 'artifacts/networking-vpc',
  inputs: {
    type: 'object',
    properties: {
      cidr: { type: 'string', format: 'cidr', 'x-origin': { how: 'declared', where: 'variables.tf:1' } },
      name: { type: 'string', default: 'main', 'x-origin': { how: 'declared', where: 'variables.tf:6' } },
    },
    required: ['cidr'],
  },
  outputs: {
    type: 'object',
    properties: { vpc_id: { type: 'string', 'x-origin': { how: 'inferred', where: 'outputs.tf:1' } } },
    required: ['vpc_id'],
  },
  requires: [
    { kind: 'provider', name: 'hashicorp/aws', version: '1.60.0', origin: { how: 'declared', where: 'versions.tf:3' } },
  ],
  creates: { aws_vpc: 1, aws_subnet: 2 },
  dependencies: [],
};

interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly proposals: readonly ProposalInput[];
  readonly published: readonly unknown[];
  go(address: string): Promise<void>;
}

async function open(entries: readonly CatalogEntry[], scheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const events = createEventBus();
  const proposals: ProposalInput[] = [];
  const published: unknown[] = [];
  const deployments = createDeploymentScene(events, regionalReview());
  const sound = { ...exampleDocument, nodes: { ...exampleDocument.nodes } };
  sound.nodes['database'] = { use: 'postgres@1.0.3', set: { ...exampleDocument.nodes['database']?.set, name: 'main' } };
  const drafts = createDraftFolder(events, { documents: [sound], palette: examplePalette });
  const screens = await startScreens(
    built.folder,
    {
      blueprints: drafts.service,
      deployments: {
        ...deployments.service,
        propose: (input) => {
          proposals.push(input);
          return deployments.review().deployment;
        },
      },
      catalog: {
        list: () => ({ entries: [...entries], problems: [] }),
        get: ({ version }) => ({
          entry: entries.find(({ release }) => version === null || release.version === version) ?? entry('2.3.0'),
          document: exampleDocument,
          artifact: null,
          lock: { nodes: {} },
          inputs: inputPorts(exampleDocument),
          outputs: outputPorts(exampleDocument, examplePalette),
        }),
        publish: (input) => {
          published.push(input);
          return entry('2.3.0').release;
        },
        diff: ({ from, to }) => ({
          name,
          from,
          to,
          changes: [
            {
              path: 'inputs.size',
              change: 'added',
              before: null,
              after: { type: 'string' },
              breaking: true,
              why: 'A required input was added.',
            },
          ],
          proposedVersion: '3.0.0',
        }),
      },
      artifacts: {
        list: () => ({ artifacts: [artifact], problems: [] }),
        get: () => artifact,
        files: () => [{ path: 'main.tf', text: 'resource "aws_vpc" "main" {}\n' }],
      },
    },
    events,
  );
  const { page } = await openApp(browser, screens.link(), { scheme });
  return {
    page,
    proposals,
    published,
    go: async (address) => {
      await page.goto(`${screens.origin}/#${address}`);
    },
    [Symbol.asyncDispose]: async () => {
      await page.context().close();
      await screens[Symbol.asyncDispose]();
    },
  };
}

describe('the catalog', () => {
  test('proposes a version for a region, secrets left for the review', async () => {
    await using at = await open([entry('2.3.0')]);
    const { page } = at;
    await at.go('/catalog');
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Propose for a region' }).click();
    await page.getByText('Filled in on the review screen, because they are secret: db_password.').waitFor();
    const form = page.getByRole('form', { name: 'Propose for a region' });
    await form.getByRole('button', { name: `Propose ${name} 2.3.0` }).click();
    await form.getByText('An AWS account is twelve digits.').waitFor();
    await form.getByRole('combobox', { name: 'Cloud' }).click();
    await page.getByRole('option', { name: 'Azure' }).click();
    await form.getByRole('combobox', { name: 'Subscription' }).fill('shop');
    await form.getByText('An Azure subscription looks like').waitFor();
    await form.getByRole('combobox', { name: 'Location' }).waitFor();
    await form.getByRole('combobox', { name: 'Cloud' }).click();
    await page.getByRole('option', { name: 'AWS' }).click();
    await form.getByRole('combobox', { name: 'Environment' }).fill('ap');
    await form.getByRole('combobox', { name: 'Account' }).fill('210987654321');
    await form.getByRole('combobox', { name: 'Region' }).fill('ap-southeast-1');
    await form.getByRole('textbox', { name: 'cidr' }).fill('10.40.0.0/99');
    await form.getByText('Write an address range such as 10.40.0.0/16.').waitFor();
    await form.getByRole('textbox', { name: 'cidr' }).fill('10.40.0.0/16');
    await form.getByRole('textbox', { name: 'Reason' }).fill('expand to Asia-Pacific');
    await form.getByRole('button', { name: `Propose ${name} 2.3.0` }).click();
    await page.getByRole('heading', { name: `${name} 2.3.0 → ap-southeast-1` }).waitFor();
    expect(at.proposals).toEqual([
      {
        blueprint: `${name}@2.3.0`,
        environment: 'ap',
        target: { cloud: 'aws', account: '210987654321', region: 'ap-southeast-1' },
        inputs: { cidr: '10.40.0.0/16' },
        reason: 'expand to Asia-Pacific',
        kind: 'deploy',
      },
    ]);
  });

  test('shows what differs between two versions, and what breaks', async () => {
    await using at = await open([entry('2.3.0'), entry('2.2.0')]);
    await at.go(`/catalog/${name}?version=2.3.0&tab=changes`);
    const changes = at.page.getByRole('region', { name: 'Changes from 2.2.0 to 2.3.0' });
    await changes.getByText('1 difference from 2.2.0 to 2.3.0, 1 breaking; they call for version 3.0.0.').waitFor();
    expect(await changes.getByRole('row').nth(1).innerText()).toContain('A required input was added.');
  });

  test('shows a published version on the canvas, to look at only', async () => {
    await using at = await open([entry('2.3.0')]);
    await at.go(`/catalog/${name}?tab=canvas`);
    const { page } = at;
    await page.locator('[data-node="network"]').click({ position: { x: 60, y: 12 } });
    await page.keyboard.press('Delete');
    await page.getByRole('heading', { name: 'network', exact: true }).waitFor();
    expect(await page.locator('[data-node="network"]').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  test('refuses a version whose files are not the published ones', async () => {
    await using at = await open([entry('2.3.0', { intact: false })]);
    await at.go(`/catalog/${name}`);
    await at.page.getByText('The files of this version are not the ones that were published').waitFor();
    expect(await at.page.getByRole('button', { name: 'Propose for a region' }).isDisabled()).toBe(true);
  });

  test('takes a draft with the version its changes call for, and its audience', async () => {
    await using at = await open([entry('2.2.0')]);
    const { page } = at;
    await at.go(`/blueprints/${name}`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Publish ${name}` });
    await dialog.getByText('1 change since 2.2.0, 1 of them breaking').waitFor();
    await dialog.getByRole('button', { name: 'Take 3.0.0' }).click();
    await dialog.getByRole('radio', { name: /Propose: agents/ }).check();
    await dialog.getByRole('button', { name: `Publish ${name} 3.0.0` }).click();
    await expect
      .poll(() => at.published, soon)
      .toEqual([{ name, audience: { people: 'everyone', agents: 'propose' }, notes: '' }]);
  });

  test.each(['light', 'dark'] as const)('has nothing serious for axe in %s', async (scheme) => {
    await using at = await open([entry('2.3.0'), entry('2.2.0', { intact: false })], scheme);
    for (const address of [
      '/catalog',
      `/catalog/${name}`,
      `/catalog/${name}?tab=ports`,
      `/catalog/${name}?tab=changes`,
      `/catalog/${name}?tab=propose`,
      '/artifacts',
      '/artifacts/networking-vpc',
    ]) {
      await at.go(address);
      await at.page.getByRole('heading', { level: 1 }).waitFor();
      await at.page.waitForTimeout(300);
      expect(await seriousFindings(at.page), address).toEqual([]);
    }
  });
});

describe('artifacts', () => {
  test('show where every fact of their interface was read from', async () => {
    await using at = await open([]);
    await at.go('/artifacts');
    await at.page.getByRole('link', { name: 'networking-vpc' }).click();
    const row = at.page.getByRole('table', { name: 'Inputs' }).getByRole('row', { name: /^cidr/ });
    expect(await row.innerText()).toMatch(/text \(cidr\)\s+yes[\s\S]*declared, variables.tf:1/);
    await at.page.getByRole('tab', { name: 'Files' }).click();
    await at.page.getByText('resource "aws_vpc" "main" {}').waitFor();
  });
});
