import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { journeyOf, type Journey } from './journeys/journey.ts';

// Questions about the map, asked and followed by keyboard on the sample estate.

let built: Awaited<ReturnType<typeof buildPage>>;
let app: App;
let browser: Browser;
let page: Page;
let person: Journey;
let complaints: readonly string[];
const enough = { timeout: 30_000 };

beforeAll(async () => {
  built = await buildPage();
  app = await startApp(built.folder);
  browser = await launchBrowser();
  ({ page, complaints } = await openApp(browser, app.link()));
  person = journeyOf(page);
  await page.getByRole('button', { name: 'Explore the sample estate' }).click();
  await table().getByText('aws.dynamodb.table').first().waitFor(enough);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
});

const table = () => page.getByRole('grid', { name: 'Resources' });
const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
const said = () => inspector().getByRole('status').filter({ hasText: /[a-z]/ });
const answers = () => inspector().getByRole('list', { name: 'Answer' }).getByRole('listitem');

/** Shows a resource in the inspector by searching it, and opens its questions. */
async function askAbout(kind: string, name: string): Promise<void> {
  await person.go(`/estate?kind=${kind}&text=${name}`);
  await table().getByRole('gridcell', { name, exact: true }).waitFor(enough);
  await table().focus();
  await page.keyboard.press('Home');
  await inspector().getByRole('heading', { name, exact: true }).waitFor(enough);
  await person.press(inspector().getByRole('tab', { name: 'Questions' }));
}

async function choose(question: string): Promise<void> {
  await person.press(inspector().getByRole('combobox', { name: 'Question' }), 'ArrowDown');
  await page.getByRole('option', { name: question, exact: true }).click();
}

test('what depends on a network comes with its reasons, and leads on', { timeout: 120_000 }, async () => {
  await askAbout('aws.ec2.vpc', 'storefront-eu-west-1');
  await said()
    .getByText(/resources feel a change: \d+ at 1 hop, \d+ at 2 hops/)
    .waitFor(enough);
  await answers()
    .getByText(/storefront-eu-west-1-private-a lies in storefront-eu-west-1/)
    .first()
    .waitFor(enough);
  await person.look('questions-dependents');
  await person.press(
    inspector()
      .getByRole('button', { name: /^storefront-eu-west-1-private-a aws/ })
      .first(),
  );
  await inspector().getByRole('heading', { name: 'storefront-eu-west-1-private-a' }).waitFor(enough);
  expect(page.url()).toContain('ask=dependents');
  await choose('Depends on');
  await answers().getByText('aws.ec2.vpc').first().waitFor(enough);
  await page.goBack();
  await inspector().getByRole('heading', { name: 'storefront-eu-west-1', exact: true }).waitFor(enough);
});

test('an answer is kept as a file', async () => {
  const kept = page.waitForEvent('download');
  await person.press(inspector().getByRole('button', { name: 'Export CSV' }));
  expect((await kept).suggestedFilename()).toBe('groundplan-dependents.csv');
});

test('who uses a security group is told with how', { timeout: 60_000 }, async () => {
  await askAbout('aws.ec2.security-group', 'storefront-eu-west-1-balancer');
  await choose('Used by');
  await answers().getByText('aws.elasticloadbalancing.loadbalancer').first().waitFor(enough);
  expect(await answers().first().innerText()).toContain('PROTECTED_BY');
});

test('how the internet reaches a balancer is proven rule by rule', { timeout: 60_000 }, async () => {
  await askAbout('aws.elasticloadbalancing.loadbalancer', 'storefront-eu-west-1-web');
  await choose('Reachable from the internet');
  await inspector().getByText('on 80/tcp', { exact: true }).waitFor(enough);
  await answers()
    .getByText(/is routed to gateway storefront-eu-west-1 by route table/)
    .waitFor(enough);
  // One answer, whose proof is a list in itself.
  expect(await inspector().getByRole('list', { name: 'Answer' }).locator('> li').count()).toBe(1);
  expect(await answers().first().innerText()).toContain('lets everybody in on 80/tcp, 443/tcp');
  await person.look('questions-internet');
});

test('a path leads to a resource that is searched for', { timeout: 60_000 }, async () => {
  await choose('Path to another resource');
  await inspector().getByRole('combobox', { name: 'To' }).pressSequentially('storefront-eu-west-1-public-a');
  await page
    .getByRole('option', { name: /^storefront-eu-west-1-public-a · aws\.ec2\.subnet/ })
    .first()
    .waitFor(enough);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await said().getByText('storefront-eu-west-1-web to storefront-eu-west-1-public-a: 1 hop, 1 way.').waitFor(enough);
  expect(page.url()).toContain('towards=');
  expect(await answers().first().innerText()).toContain('IN_NETWORK');
  await person.look('questions-path');
});

test('several resources are asked about at once', { timeout: 60_000 }, async () => {
  await person.go('/estate?kind=aws.ec2.subnet&region=eu-west-1');
  await table().getByText('storefront-eu-west-1-private-a').waitFor(enough);
  await table().focus();
  for (const key of ['Home', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
  await person.press(page.getByRole('button', { name: 'What depends on these' }));
  await inspector().getByRole('heading', { name: '2 selected resources' }).waitFor(enough);
  await answers().first().waitFor(enough);
  expect(await seriousFindings(page)).toEqual([]);
});

test(
  'the whole estate is asked what the internet reaches, and which networks overlap',
  { timeout: 60_000 },
  async () => {
    await person.go('/estate');
    await person.press(page.getByRole('button', { name: 'Ask' }));
    await page.getByRole('menuitem', { name: 'Reachable from the internet' }).click();
    await said().getByText('The internet reaches 14 resources').waitFor(enough);
    await choose('Networks with addresses in common');
    await answers().getByText('172.31.0.0/16').first().waitFor(enough);
    expect(await seriousFindings(page)).toEqual([]);
  },
);

test('a resource that is gone fails with the reason, and the page stays', { timeout: 60_000 }, async () => {
  await person.go('/estate?selected=vpc-404&ask=uses');
  await inspector().getByText('No resource vpc-404 is in the graph.').waitFor(enough);
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
});
