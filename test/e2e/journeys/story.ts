import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsAsShown, graphCounts } from '#test/support/command-line/index.ts';
import { deleteSubnetByHand, openPortByHand } from '#test/support/company/index.ts';
import type { OpenShell, Shell } from '#test/support/shells/index.ts';
import { startWorld, type World } from '#test/support/world/index.ts';
import { connectAgent } from './agent.ts';
import { journeyOf, type Journey } from './journey.ts';

/**
 * "We need to expand to Asia-Pacific for lower latency." The whole loop once, in a real window by keyboard, on a real
 * AWS server, with the real OpenTofu and the real AWS provider. Each test is a chapter and goes on where the last ended.
 */
export function story(open: OpenShell): void {
  let world: World;
  let shell: Shell;
  let at: Journey;
  let deployment = '';

  beforeAll(async () => {
    world = await startWorld();
    // Settings of its own: what the user opened lately is none of the story's business.
    const env = { ...world.environment, GROUNDPLAN_SETTINGS: path.join(world.workspace, '.groundplan', 'settings') };
    shell = await open({ env, workspace: world.workspace });
    at = journeyOf(shell.page);
  }, 240_000);

  afterAll(async () => {
    await shell?.[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
  });

  const button = (name: string | RegExp) => at.page.getByRole('button', { name });
  const production = () => world.company.accounts.production.id;

  /** Maps what the connection leads to; resolves when the run is shown. */
  async function mapNow(): Promise<void> {
    await at.go('/estate');
    await at.press(button('Map now'));
    await at.press(at.page.getByRole('dialog').getByRole('button', { name: /^Map / }));
    await at.page.getByRole('tab', { name: 'Runs', selected: true }).waitFor();
    await at.page.getByText('Run 1', { exact: true }).waitFor();
  }

  test('the start screen offers a workspace, the sample, a cloud and shows the tools found', async () => {
    await at.go('/start');
    await at.page.getByRole('heading', { name: 'Tools found' }).waitFor();
    expect(await at.page.getByRole('table', { name: 'Command-line tools' }).innerText()).toContain('OpenTofu');
    await at.look('start');
  });

  test('three accounts are mapped', async () => {
    await mapNow();
    await at.look('runs');
    await at.go('/estate');
    await at.page
      .getByText(/\d{3} resources/)
      .first()
      .waitFor({ timeout: 120_000 });
    const counts = await graphCounts(world.workspace);
    expect(counts.resources).toBeGreaterThan(380);
    await at.page.getByText(countsAsShown(counts)).first().waitFor();
    await at.look('estate');
    await at.go('/estate?tab=coverage');
    await at.page.getByText(/100 %/).first().waitFor();
    await at.look('coverage');
  });

  test('the pattern of two regions is compared and becomes a blueprint, proven by import', async () => {
    const scope = `aws:account:${production()}`;
    const instances = ['us-east-1', 'eu-west-1'].map((region) => ({
      name: region.slice(0, 2),
      scope,
      region,
      tags: [],
      ids: [],
    }));
    await at.go('/estate');
    const tree = at.page.getByRole('tree', { name: 'Scopes' });
    await tree.waitFor();
    // By keyboard: from the top of the tree down to each region of production, ticking it with the space bar.
    await tree.focus();
    await at.page.keyboard.press('Home');
    const rows = await tree.getByRole('treeitem').allInnerTexts();
    let ticked = 0;
    let inProduction = false;
    for (const row of rows) {
      const label = row.split('\n')[0] ?? '';
      if (!/^(\w+-\w+-\d|global)$/.test(label)) inProduction = label === 'production';
      if (inProduction && instances.some(({ region }) => region === label)) {
        await at.page.keyboard.press('Space');
        ticked += 1;
      }
      await at.page.keyboard.press('ArrowDown');
    }
    expect(ticked).toBe(2);
    await at.press(button('Make a blueprint from these'));
    await at.page.getByRole('group', { name: 'Instances' }).waitFor();
    await at.look('patterns');
    await at.press(button('Make a blueprint'));
    const dialog = at.page.getByRole('dialog');
    await at.type(dialog.getByLabel('Name'), 'regional-infrastructure');
    await at.type(dialog.getByLabel('Version'), '2.3.0');
    await at.type(dialog.getByLabel('Summary'), 'Network, database and application of one region');
    await at.press(dialog.getByRole('button', { name: /^Make / }));
    await at.page.getByText('regional-infrastructure 2.3.0 is made').waitFor({ timeout: 60_000 });
    await at.press(button('Prove by import'));
    await at.page
      .getByText(/0 to add, 0 to change, 0 to destroy/)
      .first()
      .waitFor({ timeout: 120_000 });
    await expect.poll(() => at.page.getByText('differs').count()).toBe(0);
    await at.look('proof');
  });

  test('it is looked at on the canvas and published to agents', async () => {
    await at.go('/artifacts/regional-infrastructure-networking');
    await at.page.getByText('cidr').first().waitFor();
    await at.look('artifact');
    await at.go('/blueprints/regional-infrastructure');
    await at.page.getByText('Blueprint inputs').first().waitFor();
    await at.look('canvas');
    await at.press(button('Publish'));
    const dialog = at.page.getByRole('dialog');
    await at.press(dialog.getByLabel(/^Propose:/), 'Space');
    await at.press(dialog.getByRole('button', { name: 'Publish regional-infrastructure 2.3.0' }));
    await dialog.waitFor({ state: 'hidden' });
    await at.go('/catalog/regional-infrastructure');
    await at.page.getByRole('tab', { name: 'Overview' }).waitFor();
    await at.page.getByRole('main').getByRole('heading', { name: 'regional-infrastructure 2.3.0', level: 1 }).waitFor();
    expect(await at.page.getByRole('main').innerText()).toContain('2.3.0');
    await at.look('catalog');
  });

  test('an agent finds the standard blueprint and proposes it for Asia-Pacific; it cannot approve', async () => {
    await using agent = await connectAgent(world.workspace, 'claude');
    const { blueprints } = await agent.call<{
      blueprints: { name: string; version: string; environments: { region: string }[] }[];
    }>('search_catalog', { query: 'regional infrastructure' });
    expect(blueprints[0]).toMatchObject({ name: 'regional-infrastructure', version: '2.3.0' });
    expect(blueprints[0]?.environments.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
    const networks = await agent.call<{ resources: { cidr: string }[] }>('query_estate', { kinds: ['aws.ec2.vpc'] });
    expect(networks.resources.map(({ cidr }) => cidr)).not.toContain('10.40.0.0/16');

    const proposed = await agent.call<{ id: string; state: string }>('propose_deployment', {
      blueprint: 'regional-infrastructure',
      environment: 'apac',
      account: production(),
      region: 'ap-southeast-1',
      inputs: { cidr: '10.40.0.0/16' },
      reason: 'expand to Asia-Pacific for lower latency',
    });
    deployment = proposed.id;
    await expect(agent.call('approve_deployment', { id: deployment })).rejects.toThrow(/not found|unknown/i);
    await expect
      .poll(async () => (await agent.call<{ state: string }>('get_deployment', { id: deployment })).state, {
        timeout: 120_000,
      })
      .toBe('AWAITING_APPROVAL');
  });

  test('the review screen says what it creates, in which order, how long, and that nothing else is affected', async () => {
    await at.go(`/review/${deployment}`);
    await at.page
      .getByText(/claude/)
      .first()
      .waitFor();
    await at.page
      .getByText(/expand to Asia-Pacific/)
      .first()
      .waitFor();
    await at.type(at.page.getByLabel('database_password').first(), 'correct-horse-battery');
    await at.press(button('Fill in and plan again'));
    const approve = button(/^Create \d+ resources in apac \/ ap-southeast-1$/);
    await expect.poll(() => approve.isEnabled(), { timeout: 120_000 }).toBe(true);
    const text = await at.page.getByRole('main').innerText();
    expect(text).toContain('no history yet');
    expect(text.replaceAll('\n', ' ')).toMatch(/0 existing resources affected/);
    expect(text.indexOf('1 networking')).toBeLessThan(text.indexOf('2 data'));
    expect(text.indexOf('2 data')).toBeLessThan(text.indexOf('3 application'));
    expect(text).not.toContain('correct-horse-battery');
    await at.look('review');
  });

  test('a person approves once, and it deploys networking, data, application', async () => {
    await at.press(button(/^Create \d+ resources in apac \/ ap-southeast-1$/));
    await at.page
      .getByText(/Running|Checking before it runs/)
      .first()
      .waitFor({ timeout: 60_000 });
    await at.go(`/deployments/${deployment}`);
    await at.page.getByRole('list', { name: 'Steps by stage' }).waitFor();
    await at.look('deployment');
    await expect
      .poll(() => at.page.getByText('Succeeded').first().isVisible(), { timeout: 400_000, interval: 1000 })
      .toBe(true);
    await at.go('/deployments');
    await at.page.getByRole('link', { name: 'apac' }).first().waitFor();
    await at.look('deployments');
  });

  test('the next mapping finds it as managed by that environment and version', async () => {
    await using agent = await connectAgent(world.workspace, 'claude');
    await mapRegion('ap-southeast-1');
    await expect
      .poll(
        async () =>
          (
            await agent.call<{ resources: { managed_by: string | null }[] }>('query_estate', {
              regions: ['ap-southeast-1'],
              kinds: ['aws.ec2.vpc'],
              managed: 'managed',
            })
          ).resources.map(({ managed_by: environment }) => environment),
        { timeout: 120_000, interval: 1000 },
      )
      .toEqual(['apac']);
  });

  /** Maps production's new region through the dialog, naming the region. */
  async function mapRegion(region: string): Promise<void> {
    await at.go('/estate');
    await at.press(button('Map now'));
    const dialog = at.page.getByRole('dialog');
    const regions = dialog.getByLabel('Regions').first();
    await regions.focus();
    await at.page.keyboard.type(region);
    await at.page.keyboard.press('Enter');
    await at.press(dialog.getByRole('button', { name: /^Map / }));
    await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  }

  test('a change by hand is seen as drift, by address and attribute', async () => {
    await using agent = await connectAgent(world.workspace, 'claude');
    const idsOf = async (kind: string, name: string) => {
      const { resources } = await agent.call<{ resources: { id: string; name: string }[] }>('query_estate', {
        kinds: [kind],
        regions: ['ap-southeast-1'],
        managed: 'managed',
      });
      return resources.filter((resource) => resource.name.includes(name)).map(({ id }) => id.split('/').at(-1) ?? '');
    };
    const place = { endpoint: world.moto.endpoint, accountId: production(), region: 'ap-southeast-1' };
    const [securityGroupId = ''] = await idsOf('aws.ec2.security-group', 'data');
    await openPortByHand(place, { securityGroupId, port: 22 });
    const [subnetId = ''] = await idsOf('aws.ec2.subnet', 'private');
    await deleteSubnetByHand(place, subnetId);
    await at.go('/drift/apac');
    await at.press(button('Check now'));
    const item = at.page.getByRole('article', { name: /aws_security_group/ });
    await item.first().waitFor({ timeout: 120_000 });
    expect(await item.first().innerText()).toContain('0.0.0.0/0');
    const gone = at.page.getByRole('article', { name: /aws_subnet.private/ });
    expect(await gone.first().innerText()).toContain('gone from the cloud');
    await at.look('drift');
    await at.go('/settings');
    await at.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await at.look('settings');
  });

  test('the page complained about nothing on the way', () => {
    expect(shell.complaints).toEqual([]);
  });
}
