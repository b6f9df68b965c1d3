import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { launchBrowser, openApp, paintedColours } from '#test/support/browser/index.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { journeyOf, type Journey } from './journeys/journey.ts';

// The Cypher console on the sample estate, by keyboard.

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
  browser = await launchBrowser({ webGl: true });
  ({ page, complaints } = await openApp(browser, app.link()));
  person = journeyOf(page);
  await page.getByRole('button', { name: 'Explore the sample estate' }).click();
  await page.getByText('aws.dynamodb.table').first().waitFor(enough);
  await person.go('/estate?tab=query');
  await cypher().waitFor(enough);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await built?.remove();
});

const cypher = () => page.getByLabel('Cypher');
const result = () => page.getByRole('grid', { name: 'Result of the query' });
const saved = () => page.getByRole('list', { name: 'Saved queries' });

async function ask(text: string): Promise<void> {
  await cypher().fill(text);
  await cypher().press('Control+Enter');
}

test(
  'a query is answered as a table, and kept as a file that a spreadsheet may open',
  { timeout: 60_000 },
  async () => {
    await ask(
      "MATCH (r:Resource) WHERE r.category = 'network' RETURN r.kind AS kind, '=1+1' AS formula, count(*) AS n",
    );
    await result().getByText('aws.ec2.vpc').waitFor(enough);
    const kept = page.waitForEvent('download');
    await person.press(page.getByRole('button', { name: 'Export CSV' }));
    const file = await (await kept).path();
    expect(await readFile(file, 'utf8')).toMatch(/^kind,formula,n\r\naws\.ec2\.vpc,'=1\+1,\d+\r\n$/);
  },
);

test('the limits are settable and what was left out is said', { timeout: 60_000 }, async () => {
  await person.type(page.getByLabel('Rows at most'), '5');
  await ask('MATCH (r:Resource) RETURN r.id');
  await page.getByText('Only the first 5 rows are here').waitFor(enough);
  await person.type(page.getByLabel('Rows at most'), '1000');
  await person.type(page.getByLabel('Seconds at most'), '1');
  await ask(
    'MATCH (a:Resource), (b:Resource), (c:Resource), (d:Resource) WHERE a.id < b.id AND b.id < c.id AND c.id < d.id RETURN count(*)',
  );
  await page.getByText('The query took longer than 1 s and was stopped.').waitFor(enough);
  await person.type(page.getByLabel('Seconds at most'), '10');
  expect(await page.getByLabel('Seconds at most').inputValue()).toBe('10');
});

test('an error leads to its place', { timeout: 60_000 }, async () => {
  await ask('MATCH (r:Resource)\nRETURN r.colour');
  await page.getByText('Cannot find property colour for r (line 2, column 10).').waitFor(enough);
  await person.look('console-error');
  await person.press(page.getByRole('button', { name: 'Go to line 2, column 10' }));
  await expect
    .poll(() =>
      cypher().evaluate((field) =>
        field instanceof HTMLTextAreaElement && document.activeElement === field
          ? field.value.slice(field.selectionStart, field.selectionEnd)
          : '',
      ),
    )
    .toBe('colour');
});

test('tables and properties are written into the query', { timeout: 60_000 }, async () => {
  await cypher().fill('MATCH ');
  await person.press(page.getByRole('tab', { name: 'Tables' }));
  const nodes = page.getByRole('list', { name: 'Nodes', exact: true });
  await person.press(nodes.getByRole('button', { name: /^Resource \d+/ }));
  await expect.poll(() => cypher().inputValue()).toBe('MATCH (n:Resource)');
  await page.getByLabel('Find a table or property').fill('ENCRYPTED');
  await person.press(page.getByRole('button', { name: /^ENCRYPTED_BY \d+/ }));
  await expect.poll(() => cypher().inputValue()).toBe('MATCH (n:Resource)-[e:ENCRYPTED_BY]->');
  await person.look('console-tables');
});

test('nodes and relationships are drawn, and lead to the inspector', { timeout: 90_000 }, async () => {
  await person.press(page.getByRole('tab', { name: 'Saved' }));
  await person.press(page.getByRole('button', { name: 'Run networks-and-subnets' }));
  await page.getByText('Graph', { exact: true }).click(enough);
  const picture = page.getByRole('application', { name: /Graph of the estate/ });
  await picture.waitFor(enough);
  expect(await paintedColours(picture)).toBeGreaterThan(3);
  await person.look('console-graph');
  await page.getByText('Table', { exact: true }).click();
  await person.press(result().getByRole('gridcell').getByRole('button').first());
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { level: 2 }).waitFor(enough);
});

test('a query is saved, renamed, run and deleted; it is a file of the workspace', { timeout: 90_000 }, async () => {
  await cypher().fill('MATCH (k:Resource) WHERE k.category = "key" RETURN k.name AS name');
  await person.press(page.getByRole('button', { name: 'Save', exact: true }));
  const dialog = page.getByRole('dialog', { name: 'Save the query' });
  await dialog.getByLabel('Name').fill('keys');
  await dialog.getByLabel('Summary').fill('All keys');
  await page.keyboard.press('Enter');
  await saved().getByText('All keys').waitFor(enough);
  await person.press(saved().getByRole('button', { name: 'Rename keys' }));
  await page.getByRole('dialog', { name: 'Rename keys' }).getByLabel('Name').fill('all-keys');
  await page.keyboard.press('Enter');
  await person.press(saved().getByRole('button', { name: 'Run all-keys' }));
  await result().getByText('name', { exact: true }).waitFor(enough);
  await person.press(saved().getByRole('button', { name: 'Delete all-keys' }));
  await expect.poll(() => saved().getByText('All keys').count()).toBe(0);
  await person.press(page.getByRole('main').getByRole('tab', { name: 'History' }));
  expect(await page.getByRole('list', { name: 'Earlier queries' }).getByRole('listitem').count()).toBeGreaterThan(3);
});

test('the page complained about nothing on the way', () => {
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
});
