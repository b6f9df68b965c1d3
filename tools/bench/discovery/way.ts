import { classifyAwsError } from '../../../src/main/engine/discovery/providers/aws/calls/errors.ts';
import { fixedCredentials } from '../../../src/main/engine/discovery/providers/aws/access/credential-cache.ts';
import { defaultLimits } from '../../../src/main/engine/discovery/scheduler.ts';
import { awsSteps } from '../../../src/main/engine/discovery/providers/aws/steps.ts';
import { assumeRole } from '../../../src/main/engine/discovery/providers/aws/sts/client.ts';
import { discover, memoryBench } from '../../../test/integration/discovery/discovery-bench.ts';
import { atOnce, oneAfterAnother, PlainSession } from './plain-session.ts';
import type { Way, WayPlan, WayReport } from './relay-protocol.ts';

// A program of its own, so that its peak memory is its own: lists everything one way, and prints what that took.

const way = process.argv[2] as Way;
const plan = JSON.parse(process.argv[3] ?? '') as WayPlan;
const signal = new AbortController().signal;

type Found = Omit<WayReport, 'seconds' | 'peakBytes'>;

async function groundplan(): Promise<Found> {
  const { endpoint, role, accounts, regions } = plan;
  const bench = memoryBench({ concurrency: defaultLimits.concurrency });
  const run = await discover(bench, {
    endpoint,
    role,
    accounts: [...accounts],
    regions: [...regions],
  });
  if (run.error !== null) throw new Error(run.error);
  const { empty = null, spared = null } = run.calls ?? {};
  const cells = bench.facts.cells.map(({ scope, region, kind, rows }) => ({ scope, region, kind, rows }));
  return { resources: run.resources, failed: run.incompleteCells, empty, spared, cells };
}

/** What the SDK does unless told otherwise. */
const usualAttempts = 3;
/** Enough for every call to get through in the end. */
const patientAttempts = 100;

/** The same steps with plain clients: listing after listing, or all of them together. */
async function plain(together: boolean, attempts: number): Promise<Found> {
  const { endpoint } = plan;
  const turn = together ? atOnce : oneAfterAnother();
  const source = fixedCredentials({ accessKeyId: 'test', secretAccessKey: 'test' });
  const own = new PlainSession({ source, endpoint, turn, attempts });
  let resources = 0;
  let failed = 0;
  const listings: (() => Promise<void>)[] = [];
  for (const accountId of plan.accounts) {
    const arn = `arn:aws:iam::${accountId}:role/${plan.role}`;
    const credentials = await assumeRole(own, { arn, region: 'us-east-1' }, signal);
    const session = new PlainSession({ source: fixedCredentials(credentials), endpoint, turn, attempts });
    for (const step of awsSteps) {
      for (const region of step.declaration.global ? ['global'] : plan.regions) {
        const place = { partition: 'aws', accountId, scopeId: accountId, region, accountLabel: accountId };
        const classify = (thrown: unknown) => classifyAwsError(thrown, { account: accountId, region, endpoint });
        listings.push(async () => {
          try {
            const context = { place, session, caller: session.caller(region, signal), classify };
            for await (const page of step.list(context)) {
              resources += page.resources.length;
              if (page.gap !== undefined) failed += 1;
            }
          } catch {
            // Counted: a listing that gave up after the SDK's own repetitions.
            failed += 1;
          }
        });
      }
    }
  }
  if (together) await Promise.all(listings.map((list) => list()));
  else for (const list of listings) await list();
  return { resources, failed, empty: null, spared: null, cells: [] };
}

const started = performance.now();
const found =
  way === 'groundplan'
    ? await groundplan()
    : await plain(way !== 'loop', way === 'patient' ? patientAttempts : usualAttempts);
const seconds = (performance.now() - started) / 1000;
const result: WayReport = { ...found, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
// Ends only once all of it is written: a pipe takes a long line in pieces.
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
