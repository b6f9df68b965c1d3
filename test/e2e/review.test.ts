import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventBus } from '#engine/system/index.ts';
import type { PlanNode, Review } from '#shared/model/index.ts';
import { launchBrowser, openApp, seriousFindings } from '#test/support/browser/index.ts';
import {
  buildPage,
  createDeploymentScene,
  regionalReview,
  startScreens,
  type DeploymentScene,
} from '#test/support/screens/index.ts';

let browser: Browser;
let built: Awaited<ReturnType<typeof buildPage>>;
const soon = { timeout: 8000 };

beforeAll(async () => {
  built = await buildPage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await built.remove();
});

interface Stage extends AsyncDisposable {
  readonly page: Page;
  readonly scene: DeploymentScene;
  readonly complaints: readonly string[];
}

async function open(review: Review, scheme: 'light' | 'dark' = 'light'): Promise<Stage> {
  const events = createEventBus();
  const scene = createDeploymentScene(events, review);
  const screens = await startScreens(
    built.folder,
    { deployments: scene.service, discovery: { runs: () => [] } },
    events,
  );
  const { page, complaints } = await openApp(browser, screens.link(), { scheme });
  await page.goto(`${screens.origin}/#/review/${review.deployment.id}`);
  await page.getByRole('heading', { name: 'regional-infrastructure 2.3.0 → ap-southeast-1' }).waitFor();
  return {
    page,
    scene,
    complaints,
    [Symbol.asyncDispose]: async () => {
      await page.context().close();
      await screens[Symbol.asyncDispose]();
    },
  };
}

function withSteps(review: Review, states: Readonly<Record<string, Partial<PlanNode>>>): Review {
  const nodes = review.deployment.nodes.map((node) => ({ ...node, ...states[node.id] }));
  return { ...review, deployment: { ...review.deployment, nodes } };
}

describe('the review screen', () => {
  test('says who asks, what it does, in which order, how long, and what else it touches', async () => {
    await using stage = await open(regionalReview());
    const { page } = stage;
    await page.getByText('proposed by agent “claude” for “expand to Asia-Pacific”').waitFor();
    await page.getByRole('listitem', { name: 'create 4' }).waitFor();
    await page.getByRole('listitem', { name: 'destroy 0' }).waitFor();
    await page.getByText('about 12 min (p90 16 min), 14 earlier measurements').waitFor();
    await page.getByText('0 existing resources affected, looked 3 hops far').waitFor();
    await page.getByText('aws.kms.key in ap-southeast-1 (denied)').waitFor();
    const order = await page.getByRole('region', { name: 'Order' }).locator('strong').allTextContents();
    expect(order).toEqual(['1 networking', '2 data', '3 application']);
    expect(stage.complaints).toEqual([]);
  });

  test('opens the plan of a step: attributes with their marks, and the exact text', async () => {
    await using stage = await open(regionalReview());
    const { page } = stage;
    await page.getByRole('button', { name: /1 networking/ }).click();
    await page.getByText('aws_vpc.main').click();
    const rows = page.getByRole('region', { name: 'Plan' }).getByRole('row');
    await rows.filter({ hasText: 'cidr_block' }).filter({ hasText: 'known' }).first().waitFor();
    await rows.filter({ hasText: 'arn' }).filter({ hasText: 'computed while it runs' }).first().waitFor();
    await rows.filter({ hasText: 'master_password' }).filter({ hasText: 'hidden' }).first().waitFor();
    await page.getByRole('button', { name: 'Show the exact plan of networking' }).click();
    await page.getByText('+ resource "aws_vpc" "main"').waitFor();
    await page.getByRole('button', { name: /2 data/ }).click();
    await expect.poll(() => page.getByText('networking.private_subnet_ids').count(), soon).toBe(1);
  });

  test('is approved once all is filled in, and becomes the live run on the same page', async () => {
    await using stage = await open(regionalReview());
    const { page, scene } = stage;
    const approve = page.getByRole('button', { name: 'Create 4 resources in ap / ap-southeast-1' });
    expect(await approve.isDisabled()).toBe(true);
    await page.getByText('db_password has to be filled in.').waitFor();
    await page.getByRole('button', { name: 'Fill in and plan again' }).click();
    await page.getByText('It has to be filled in.').waitFor();
    await page.getByLabel('db_password').fill('correct horse');
    await page.keyboard.press('Enter');
    await expect.poll(() => approve.isEnabled(), soon).toBe(true);
    await approve.click();
    await page.getByText('Running').first().waitFor();
    const review = regionalReview();
    expect(scene.calls).toEqual([
      { name: 'fillInputs', input: { id: 'd-31', values: { db_password: 'correct horse' } } },
      {
        name: 'approve',
        input: {
          id: 'd-31',
          planSetDigest: review.planSetDigest,
          envelopeDigest: review.envelopeDigest,
          typed: null,
        },
      },
    ]);
    scene.change((current) => withSteps(current, { networking: { state: 'RUNNING', startedAt: Date.now() } }));
    scene.log({ node: 'networking', level: 'info', text: 'aws_vpc.main: Creating...' });
    await page.getByText('aws_vpc.main: Creating...').waitFor();
    expect(await approve.count()).toBe(0);
    scene.change((current) => ({
      ...withSteps(current, { networking: { state: 'DONE' }, data: { state: 'DONE' }, application: { state: 'DONE' } }),
      deployment: {
        ...withSteps(current, {
          networking: { state: 'DONE' },
          data: { state: 'DONE' },
          application: { state: 'DONE' },
        }).deployment,
        state: 'SUCCEEDED',
        finishedAt: Date.now(),
      },
    }));
    await page.getByText('Every step is done. ap runs regional-infrastructure 2.3.0.').waitFor();
  });

  test('wants the name typed where something is destroyed, and shows that first', async () => {
    await using stage = await open({ ...regionalReview({ destroys: true }), approvable: true, blockers: [] });
    const { page, scene } = stage;
    const approve = page.getByRole('button', { name: 'Destroy 1, replace 1 and create 4 resources' });
    expect(await approve.isDisabled()).toBe(true);
    await page.getByRole('button', { name: /1 networking/ }).click();
    const addresses = await page.getByRole('region', { name: 'Plan' }).locator('summary .gp-mono').allTextContents();
    expect(addresses.slice(0, 2)).toEqual(['aws_eip.old', 'aws_vpc.other']);
    await page.getByRole('textbox', { name: 'Type ap to confirm' }).fill('ap');
    await approve.click();
    await expect.poll(() => scene.calls.map(({ input }) => (input as { typed?: string }).typed), soon).toEqual(['ap']);
  });

  test('is rejected only with a reason', async () => {
    await using stage = await open(regionalReview());
    const { page, scene } = stage;
    await page.getByRole('button', { name: 'Reject with reason' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject this proposal' });
    expect(await dialog.getByRole('button', { name: 'Reject proposal' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not this quarter');
    await dialog.getByRole('button', { name: 'Reject proposal' }).click();
    await page.getByText('Rejected').first().waitFor();
    expect(scene.calls).toEqual([{ name: 'reject', input: { id: 'd-31', reason: 'Not this quarter' } }]);
  });

  test('tells the plain truth about a half-done run, and resumes the rest', async () => {
    await using stage = await open(regionalReview());
    const { page, scene } = stage;
    const problem = {
      severity: 'error' as const,
      code: 'tool-failed',
      message: 'The subnet is full.',
      advice: null,
      file: null,
      line: null,
      column: null,
      field: null,
      node: 'data',
    };
    scene.change((current) => {
      const stopped = withSteps(current, {
        networking: { state: 'DONE' },
        data: { state: 'FAILED', problem },
        application: { state: 'SKIPPED_UPSTREAM' },
      });
      return { ...stopped, deployment: { ...stopped.deployment, state: 'PARTIAL', approvedAt: 1, startedAt: 1 } };
    });
    const outcome = page.getByRole('region', { name: 'Outcome' });
    await outcome.getByText('1 of 3 steps done: networking.').waitFor();
    await outcome.getByText('data failed: The subnet is full. Part of it may exist.').waitFor();
    await outcome.getByText('Never begun: application.').waitFor();
    await page.getByRole('button', { name: 'Resume the rest' }).click();
    await expect.poll(() => scene.calls.map(({ name }) => name), soon).toEqual(['resume']);
  });

  test('asks for a new approval where a step would leave its envelope', async () => {
    await using stage = await open(regionalReview());
    const { page, scene } = stage;
    scene.change((current) => {
      const stopped = withSteps(current, { networking: { state: 'DONE' }, data: { state: 'NEEDS_REAPPROVAL' } });
      return {
        ...stopped,
        deployment: { ...stopped.deployment, state: 'NEEDS_REAPPROVAL', approvedAt: 1, startedAt: 1 },
      };
    });
    await page.getByText('data would do more than was approved, so it was not begun.').waitFor();
    await page.getByRole('button', { name: 'Plan the rest for a new approval' }).click();
    await expect.poll(() => scene.calls.map(({ name }) => name), soon).toEqual(['replan']);
  });

  test('shows what was planned again after it could not be planned', async () => {
    const review = regionalReview();
    const state = (value: Review['deployment']['state']) => (current: Review) => ({
      ...current,
      deployment: { ...current.deployment, state: value },
    });
    await using stage = await open(state('PLANNING')(review));
    const { page, scene } = stage;
    scene.change(state('PLAN_FAILED'));
    await page.getByText('Could not be planned').waitFor();
    await page.getByRole('button', { name: 'Plan again', exact: true }).click();
    await page.getByText('Planning').first().waitFor();
    scene.change((current) => ({ ...state('AWAITING_APPROVAL')(current), approvable: true, blockers: [] }));
    const approve = page.getByRole('button', { name: /^Create 4 resources/ });
    await expect.poll(() => approve.isEnabled(), soon).toBe(true);
  });

  test.each(['light', 'dark'] as const)('has nothing serious for axe in %s', async (scheme) => {
    await using stage = await open(regionalReview({ destroys: true }), scheme);
    await stage.page.getByRole('button', { name: /1 networking/ }).click();
    await stage.page.getByText('aws_eip.old').click();
    await stage.page.waitForTimeout(400);
    expect(await seriousFindings(stage.page)).toEqual([]);
    if (process.env['GROUNDPLAN_SHOTS'] !== undefined) {
      await stage.page.screenshot({ path: `${process.env['GROUNDPLAN_SHOTS']}/review-${scheme}.png` });
    }
  });
});
