import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type App } from '#test/support/app/index.ts';
import { makeEstate, startFakeResourceGraph, type FakeResourceGraph } from '#test/support/azure/index.ts';
import { keepPictures, launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { buildPage } from '#test/support/screens/index.ts';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { workspacePaths } from '../../src/main/engine/workspace/index.ts';

// Resume on the Runs screen: the server answers the tables of scopes and roles, and one page of resources, and is then
// silent until the test lets it speak. So the run is under way for as long as the test wants.

const enough = { timeout: 60_000 };
const silence = [
  {
    table: 'resources' as const,
    laterPages: true,
    fault: { kind: 'silent' as const },
  },
];

let built: Awaited<ReturnType<typeof buildPage>>;
let folder: string;
let fake: FakeResourceGraph;
let app: App;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-resume-'));
  fake = await startFakeResourceGraph({
    estate: makeEstate({ subscriptions: 3, groups: 5, applications: 30 }),
  });
  await mkdir(path.join(folder, 'shop'));
  await writeFile(
    path.join(folder, 'shop', 'groundplan.yaml'),
    `groundplan: 1\nname: shop\nconnections:\n  - { name: azure, cloud: azure, endpoint: '${fake.endpoint}', accessTokenEnv: FAKE_TOKEN }\n`,
  );
  built = await buildPage();
  app = await startApp(built.folder, path.join(folder, 'shop'), {
    FAKE_TOKEN: fake.token,
  });
  browser = await launchBrowser();
  ({ page } = await openApp(browser, app.link()));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
  await fake?.stop();
  await built?.remove();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => fake.setFaults(silence));

/** The subscriptions whose roles a run has listed completely, as the facts on disk tell. */
async function subscriptionsWithRoles(run: number): Promise<number> {
  const { facts: root } = workspacePaths(path.join(folder, 'shop'));
  const clock = { now: () => Date.now() };
  const cells = await createFactStore({
    root,
    clock,
    logger: recordingLogger(),
    appVersion: '1',
  }).coverage(run);
  const complete = cells.filter(
    ({ kind, scope, status }) =>
      status === 'complete' && kind.startsWith('azure.authorization.') && scope.startsWith('azure:subscription:'),
  );
  return new Set(complete.map(({ scope }) => scope)).size;
}

/** Starts a run on the screen, and waits until everything but the resources was listed and these wait. */
async function mapUntilSilent(run: number): Promise<void> {
  const before = fake.asked.length;
  await page.goto(`${app.origin}/#/settings?section=connections`);
  const begun = page.getByText(`Run ${run}`, { exact: true });
  // While the graph of the run before is being built, a new one is refused, and asked for again.
  await expect
    .poll(async () => {
      if ((await begun.count()) > 0) return true;
      await page
        .getByRole('button', { name: 'Map azure' })
        .click({ timeout: 1000 })
        .catch(() => undefined);
      return false;
    }, enough)
    .toBe(true);
  const asked = () => fake.asked.slice(before);
  await expect
    .poll(
      () => asked().some(({ table, skip, skipToken }) => table === 'resources' && (skip ?? skipToken) !== null),
      enough,
    )
    .toBe(true);
  await expect.poll(() => subscriptionsWithRoles(run), enough).toBe(3);
  await page.getByRole('status').filter({ hasText: 'Listing resources' }).waitFor(enough);
}

/** Presses Resume, and gives the tables that were asked for again. */
async function resume(): Promise<ReadonlySet<string>> {
  fake.setFaults([]);
  const before = fake.asked.length;
  await page.getByRole('button', { name: 'Resume' }).click();
  // Over, a run can be looked at; complete, it cannot be resumed.
  await page.getByRole('button', { name: 'Resume' }).waitFor({ ...enough, state: 'detached' });
  await page.getByRole('button', { name: 'What changed after it' }).waitFor(enough);
  expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  return new Set(
    fake.asked
      .slice(before)
      .map(({ table, subscriptions }) => `${table} ${subscriptions === null ? 'of the tenant' : 'of subscriptions'}`),
  );
}

test(
  'a run that was cancelled is gone on with, and lists nothing again that was complete',
  { timeout: 240_000 },
  async () => {
    await mapUntilSilent(1);
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor(enough);
    await keepPictures(page, 'run-cancelled');
    expect(await seriousFindings(page)).toEqual([]);
    const asked = await resume();
    expect(asked.has('resources of subscriptions')).toBe(true);
    expect(asked.has('authorizationresources of subscriptions')).toBe(false);
  },
);

test('a run whose engine was killed is gone on with as well', { timeout: 240_000 }, async () => {
  await mapUntilSilent(2);
  const lock = path.join(folder, 'shop', '.groundplan', 'engine.json');
  const holder = async () => (JSON.parse(await readFile(lock, 'utf8')) as { pid: number }).pid;
  const killed = await holder();
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => holder().catch(() => killed), enough).not.toBe(killed);
  // The page finds the new engine by itself.
  await page.getByRole('button', { name: 'Resume' }).waitFor(enough);
  await page.getByText('! failed').or(page.getByText('✕ failed')).first().waitFor(enough);
  const asked = await resume();
  expect(asked.has('resources of subscriptions')).toBe(true);
  expect(asked.has('authorizationresources of subscriptions')).toBe(false);
});
