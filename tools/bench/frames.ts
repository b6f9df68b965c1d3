import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright';
import { createFactStore } from '../../src/main/engine/graph/facts/index.ts';
import { launchBrowser, openApp } from '#test/support/browser/index.ts';
import { writeGeneratedEstate } from '#test/support/estate/generate.ts';
import { startServe } from '#test/support/serve.ts';
import { percentile, type BenchResult } from './result.ts';

const resources = 100_000;
const command = path.resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

/** A state with one bucket: the smallest import that makes the whole graph be built anew. */
const state = {
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: '11111111-2222-4333-8444-555555555555',
  outputs: {},
  resources: [
    {
      mode: 'managed',
      type: 'aws_s3_bucket',
      name: 'one',
      provider: 'provider["registry.opentofu.org/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes: { id: 'one', arn: 'arn:aws:s3:::one', bucket: 'one' } }],
    },
  ],
};

interface Frames {
  /** Milliseconds between two frames each. */
  readonly gaps: readonly number[];
  /** Tasks of the page's own that kept it busy for more than 50 ms. */
  readonly longTasks: readonly number[];
}

/** What the page was shown while some work went on, frame by frame, as the page itself sees it. */
async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const seen = { gaps: [] as number[], longTasks: [] as number[], on: true };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now: number): void => {
      seen.gaps.push(now - last);
      last = now;
      if (seen.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: { gaps: number[]; longTasks: number[]; on: boolean } };
    seen.on = false;
    return { gaps: seen.gaps.slice(1), longTasks: seen.longTasks };
  });
}

/** An event of Chromium's own trace, as far as it is read here; `tdur` is processor time in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds of the processor that each task of the pages' main threads took while some work went on. */
async function tasksDuring(browser: Browser, work: () => Promise<unknown>): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ['toplevel', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pages = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const mains = new Set(pages.map(thread));
  const tasks = traceEvents.filter(({ name }) => name === 'ThreadControllerImpl::RunTask');
  return tasks.flatMap((event) => (event.tdur !== undefined && mains.has(thread(event)) ? [event.tdur / 1000] : []));
}

/** Frames of a real browser on the Estate screen while the graph under it is built and swapped. */
export async function benchFrames(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-bench-'));
  const workspace = path.join(folder, 'workspace');
  const settings = { GROUNDPLAN_SETTINGS: path.join(folder, 'settings') };
  await mkdir(workspace);
  await writeFile(path.join(workspace, 'groundplan.yaml'), 'groundplan: 1\nname: frames\n');
  await writeFile(path.join(folder, 'one.tfstate'), JSON.stringify(state));
  const facts = createFactStore({
    root: path.join(workspace, '.groundplan', 'facts'),
    clock: { now: () => Date.now() },
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    appVersion: '0.0.0',
  });
  await writeGeneratedEstate(facts, { resources });
  const browser = await launchBrowser();
  try {
    await using served = await startServe({ args: ['--workspace', workspace], env: settings, built: true });
    const { page } = await openApp(browser, served.link);
    await page.goto(`${served.origin}/estate`);
    // The first build has to be over: rows are shown then.
    await page.getByRole('row').nth(5).waitFor({ timeout: 600_000 });
    const begin = performance.now();
    const build = (): Promise<unknown> =>
      // Joins the engine that runs, and ends when the graph is swapped in.
      promisify(execFile)(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          command,
          '--workspace',
          workspace,
          'import',
          path.join(folder, 'one.tfstate'),
        ],
        { env: { ...process.env, ...settings } },
      ).then(() => page.waitForTimeout(3000));
    const during = await framesDuring(page, build);
    const took = performance.now() - begin;
    const idle = await framesDuring(page, () => page.waitForTimeout(took));
    // A build of its own: whoever watches costs time too.
    const tasks = await tasksDuring(browser, build);
    const worst = (frames: Frames): number => Math.max(...frames.gaps);
    const slow = during.gaps.filter((gap) => gap > 50).length;
    return [
      {
        name: 'longest frame while a graph of 100,000 is built and swapped in',
        median: worst(during),
        unit: 'ms',
        aim: 'at most 50 ms',
        method: `Estate screen in real Chromium during an import that builds the whole graph anew (${(took / 1000).toFixed(1)} s), ${slow} of ${during.gaps.length} frames over 50 ms, ${during.longTasks.length} tasks of the page over 50 ms; with nothing going on for as long: ${worst(idle).toFixed(1)} ms, ${idle.gaps.filter((gap) => gap > 50).length} frames over 50 ms`,
      },
      {
        name: 'frames meanwhile, 99th percentile',
        median: percentile(during.gaps, 99),
        unit: 'ms',
        method: `with nothing going on: ${percentile(idle.gaps, 99).toFixed(1)} ms`,
      },
      {
        name: 'longest task of the page meanwhile',
        median: Math.max(0, ...during.longTasks),
        unit: 'ms',
        aim: 'at most 50 ms',
        method: 'Long Tasks as Chromium tells them: those over 50 ms; 0 when there was none',
      },
      {
        name: 'longest task of the page during another such build, processor time',
        median: Math.max(...tasks),
        unit: 'ms',
        aim: 'at most 50 ms',
        method: `what the page itself costs, however busy the machine is: Chromium's trace of ${tasks.length} tasks of the main thread, ${tasks.filter((task) => task > 50).length} of them over 50 ms`,
      },
    ];
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}
