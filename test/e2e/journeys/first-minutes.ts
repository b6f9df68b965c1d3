import { mkdtemp, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { paintedColours } from '#test/support/browser/index.ts';
import { countsAsShown, graphCounts } from '#test/support/command-line/index.ts';
import type { OpenShell, Shell } from '#test/support/shells/index.ts';

const sampleSchema = z.object({ resources: z.int(), relationships: z.int() });
const soon = { timeout: 30_000 };

/**
 * The first five minutes of somebody who has nothing: no workspace, no cloud, no tools on the path. Each test goes on
 * where the last one ended. Returns the way to the shell, for tests that come after.
 */
export function firstMinutes(open: OpenShell): () => Shell {
  let folder = '';
  let home = '';
  let shell: Shell;
  let sample: z.infer<typeof sampleSchema>;
  const asked: string[] = [];

  beforeAll(async () => {
    const description = path.resolve('resources', 'sample', 'sample.json');
    sample = sampleSchema.parse(JSON.parse(await readFile(description, 'utf8')));
    folder = await mkdtemp(path.join(tmpdir(), 'groundplan-newcomer-'));
    home = path.join(folder, 'home');
    const noTools = path.join(folder, 'empty');
    await mkdir(home);
    await mkdir(noTools);
    shell = await open({ env: { HOME: home, PATH: noTools, GROUNDPLAN_SETTINGS: path.join(folder, 'settings') } });
    shell.page.on('request', (request) => asked.push(request.url()));
  }, 120_000);

  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const table = () => shell.page.getByRole('grid', { name: 'Resources' });
  const rows = () => table().getByRole('row');
  const inspector = () => shell.page.getByRole('complementary', { name: 'Inspector' });
  const matches = () => shell.page.getByRole('status').filter({ hasText: /match(es)?$/ });

  /** Waits until the Estate shows as many as the sample holds, and what its bodies refer to beside what was listed. */
  async function seeTheSampleOf(workspace: string): Promise<void> {
    await shell.page.getByText(/[\d,]+ resources, [\d,]+ relationships/).waitFor(soon);
    const counts = await graphCounts(workspace);
    const references = counts.byRelationship['REFERENCES'] ?? 0;
    expect({ ...counts, relationships: counts.relationships - references }).toMatchObject({
      resources: sample.resources,
      relationships: sample.relationships,
    });
    await shell.page.getByText(countsAsShown(counts)).waitFor(soon);
  }

  /** Types into the search field and waits for its answer. */
  async function search(text: string, answer: RegExp): Promise<void> {
    await shell.page.getByLabel('Search the estate').fill(text);
    await expect.poll(() => rows().nth(1).innerText(), { ...soon, message: `first row for ${text}` }).toMatch(answer);
  }

  async function choose(view: 'Table' | 'Graph' | 'List'): Promise<void> {
    await shell.page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click();
  }

  test('without a workspace the app opens on Start, which says that no tool was found', async () => {
    await shell.page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
    expect(new URL(shell.page.url()).hash).toBe('#/start');
    const tools = shell.page.getByRole('table', { name: 'Command-line tools' });
    await tools.getByText('missing').first().waitFor(soon);
    expect(await tools.getByText('found', { exact: true }).count()).toBe(0);
  });

  test('one click leads to the Estate with the sample in a new workspace, and says where it lies', async () => {
    await shell.page.getByRole('button', { name: 'Explore the sample estate' }).click();
    const place = path.join(home, 'groundplan-sample');
    await shell.page.getByText(`in ${place}.`).waitFor(soon);
    expect(new URL(shell.page.url()).hash).toMatch(/^#\/estate/);
    await seeTheSampleOf(place);
    expect(await exists(path.join(place, 'groundplan.yaml'))).toBe(true);
    await shell.page.getByText('Make a blueprint from these').waitFor();
    await expect.poll(() => rows().count(), soon).toBeGreaterThan(10);
  });

  test('the search finds by network, id, address, tag, kind and name, and says why each row matched', async () => {
    await search('10.20.0.0/16', /lies in 10\.20\.0\.0\/16|network 10\.20\.0\.0\/16/);
    const network = rows().filter({ hasText: 'aws.ec2.vpc' }).first();
    expect(await cell(network, 2)).toBe('network 10.20.0.0/16');
    const id = await cell(network, 6);
    expect(id).toMatch(/^vpc-/);

    await search(id, new RegExp(`id ${id}`));
    expect(await matches().innerText()).toBe('1 resource matches');

    await search('elastic-ip', /kind aws\.ec2\.elastic-ip/);
    const address = await cell(rows().filter({ hasText: 'storefront-eu-west-1-nat' }), 9);
    await search(address, new RegExp(`address ${address}`));

    await search('Environment=production', /tag Environment=production/);
    const wide = Number(/\d+/.exec(await matches().innerText())?.[0]);
    expect(wide).toBeGreaterThan(20);
    await search('Environment=production database', /aws\.rds/);
    expect(Number(/\d+/.exec(await matches().innerText())?.[0])).toBeLessThan(wide);

    await search('storefront-eu-west-1-carts', /name/);
    await shell.page.getByLabel('Search the estate').fill('no such thing anywhere');
    await shell.page.getByText('No resource matches').waitFor(soon);
    await shell.page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => rows().count(), soon).toBeGreaterThan(10);
  });

  test('a filter is a chip that can be taken away, and survives a reload', async () => {
    await shell.page.getByRole('button', { name: 'Filter', exact: true }).click();
    await shell.page.getByRole('combobox', { name: 'Region' }).click();
    await shell.page.getByRole('option', { name: /^eu-west-1 \(\d+\)$/ }).click();
    await shell.page.keyboard.press('Escape');
    await shell.page.keyboard.press('Escape');
    await shell.page.getByText('region eu-west-1').waitFor();
    const filtered = await matches().innerText();
    await shell.page.reload();
    await shell.page.getByText('region eu-west-1').waitFor(soon);
    await expect.poll(() => matches().innerText(), soon).toBe(filtered);
    await shell.page.getByRole('button', { name: 'Remove region eu-west-1' }).click();
    await matches().waitFor({ state: 'hidden' });
  });

  test('a row shows its facts, relationships that lead on, and the body as the cloud told it', async () => {
    await search('10.20.0.0/16', /10\.20/);
    await rows().filter({ hasText: 'aws.ec2.vpc' }).first().click();
    await inspector().getByRole('heading', { name: 'storefront-eu-west-1' }).waitFor(soon);
    await inspector().getByText('10.20.0.0/16').first().waitFor();
    await inspector().getByRole('tab', { name: 'Raw' }).click();
    expect(await inspector().getByRole('region', { name: 'raw body' }).innerText()).toContain('"10.20.0.0/16"');

    await inspector()
      .getByRole('tab', { name: /Relationships \d+/ })
      .click();
    await inspector()
      .getByRole('button', { name: /private-a/ })
      .first()
      .click();
    await inspector().getByRole('heading', { name: 'storefront-eu-west-1-private-a' }).waitFor(soon);
    await shell.page.goBack();
    await inspector().getByRole('heading', { name: 'storefront-eu-west-1', exact: true }).waitFor(soon);
  });

  test('the graph is drawn by groups, and the list has the same content', async () => {
    await shell.page.getByRole('button', { name: 'Clear the search' }).click();
    await choose('Graph');
    const picture = shell.page.getByRole('application', { name: /Graph of the estate/ });
    await picture.waitFor(soon);
    await shell.page.getByText(/\d+ nodes, \d+ edges/).waitFor();
    await picture
      .getByText(/^eu-west-1 · \d+$/)
      .first()
      .waitFor({ ...soon, state: 'attached' });
    expect(await paintedColours(picture), 'discs, rings and lines').toBeGreaterThan(3);
    await choose('List');
    const list = shell.page.getByRole('grid', { name: 'The graph as a list' });
    const groups = await list.getByRole('row').count();
    await list.getByRole('button', { name: 'Expand production · eu-west-1' }).click();
    await expect.poll(() => list.getByRole('row').count(), soon).toBeGreaterThan(groups);
    await list.getByRole('row').filter({ hasText: 'aws.ec2.natgateway' }).click();
    await inspector().getByText('aws.ec2.natgateway').waitFor(soon);
    await choose('Table');
  });

  test('a pattern is compared attribute by attribute', async () => {
    await shell.page.getByRole('link', { name: 'Patterns' }).click();
    const pattern = shell.page.getByRole('region', { name: /^storefront in production/ });
    await pattern.getByRole('button', { name: /^Compare these \d$/ }).click({ timeout: 60_000 });
    const resources = shell.page.getByRole('grid', { name: 'Resources of the pattern' });
    await resources.waitFor({ timeout: 60_000 });
    await resources.getByRole('row').filter({ hasText: 'aws_vpc' }).click();
    const attributes = shell.page.getByRole('grid', { name: /^Attributes of aws_vpc/ });
    const network = attributes.getByRole('row').filter({ hasText: 'cidr_block' }).first();
    expect(await network.innerText()).toMatch(/differs[\s\S]*10\.20\.0\.0\/16/);
    await shell.page.getByRole('tab', { name: /^Inputs \d+$/ }).click();
    await shell.page.getByRole('tabpanel').or(shell.page.getByRole('main')).getByText(/cidr/).first().waitFor();
  });

  test('who asks for the sample again gets another folder, and nothing is mixed', async () => {
    await shell.page.evaluate(() => {
      window.location.hash = '/start';
    });
    await shell.page.getByText('It gets a workspace of its own in your home folder').waitFor(soon);
    await shell.page.getByRole('button', { name: 'Explore the sample estate' }).click();
    const place = path.join(home, 'groundplan-sample-2');
    await shell.page.getByText(`in ${place}.`).waitFor(soon);
    await seeTheSampleOf(place);
    expect(await exists(path.join(place, 'groundplan.yaml'))).toBe(true);
  });

  test('the page asked nobody but this machine, and complained about nothing', () => {
    expect(asked.filter((url) => !url.startsWith(shell.origin) && !url.startsWith('data:'))).toEqual([]);
    expect(shell.complaints).toEqual([]);
  });

  return () => shell;
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function cell(row: Locator, position: number): Promise<string> {
  return row.getByRole('gridcell').nth(position).innerText();
}
