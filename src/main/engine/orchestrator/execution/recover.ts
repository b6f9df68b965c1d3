import { setTimeout as wait } from 'node:timers/promises';
import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { CloudAccess } from '../../ports/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord, NodeRecord } from '../journal/index.ts';
import { accessTo } from '../planning/plan-deployment.ts';
import { workdirPath } from '../planning/workdirs.ts';
import { measureFromLog, reconcileStep } from './reconcile-step.ts';
import { saveApplied } from './run-step.ts';
import { workdirFor } from './workdir-for.ts';

interface RecoveryOptions {
  readonly signal: AbortSignal;
}

/**
 * Brings the steps of an interrupted execution to a known state: waits for tools that still run, looks at what lost
 * ones did, saves what was applied. Afterwards the execution can go on with what is left, and nothing runs twice.
 */
export async function recoverSteps(context: Context, id: string, options: RecoveryOptions): Promise<CloudAccess> {
  const record = context.journal.record(id);
  const access = await accessTo(context, record, options.signal);
  for (const node of record.nodes) {
    await recoverStep(context, { record: context.journal.record(id), node, access, signal: options.signal });
  }
  return access;
}

interface StepRecovery extends RecoveryOptions {
  readonly record: DeploymentRecord;
  readonly node: NodeRecord;
  readonly access: CloudAccess;
}

async function recoverStep(context: Context, from: StepRecovery): Promise<void> {
  const { record, node } = from;
  const id = node.plan.id;
  switch (node.state) {
    case 'READY':
    case 'PLAN_CHECKED':
    case 'REPLANNED':
      // Nothing was started; READY means that it is looked at from the beginning.
      if (node.state !== 'READY') context.journal.append(record.id, { type: 'node', step: id, state: 'READY' });
      return;
    case 'INTENT': {
      if (!(await mayHaveStarted(context, record, node))) {
        context.journal.append(record.id, {
          type: 'node',
          step: id,
          state: 'READY',
          evidence: 'its run never started',
        });
        return;
      }
      await reconcileLost(context, from);
      return;
    }
    case 'RUNNING':
      await untilGone(context, from);
      await reconcileLost(context, from);
      return;
    case 'OUTCOME_UNKNOWN':
    case 'RECONCILING':
      await reconcileLost(context, from);
      return;
    case 'APPLIED':
      await saveAfterwards(context, from);
      return;
    case 'OUTPUTS_SAVED':
      context.journal.append(record.id, { type: 'node', step: id, state: 'DONE' });
      return;
    case 'PENDING':
    case 'DEFERRED':
    case 'DONE':
    case 'NOOP':
    case 'FAILED':
    case 'NEEDS_OPERATOR':
    case 'NEEDS_REAPPROVAL':
    case 'SKIPPED_UPSTREAM':
    case 'CANCELLED':
      return;
  }
}

/**
 * The pid is recorded right after the child exists, so its absence nearly always means that there never was one. The
 * instant between the two is covered by looking for what a child would leave: lines in its log, or a living process
 * in its folder.
 */
async function mayHaveStarted(context: Context, record: DeploymentRecord, node: NodeRecord): Promise<boolean> {
  const directory = workdirPath(context.workspace.paths, record.id, node.plan.id);
  await untilNobodyWorksIn(directory);
  const text = await readFile(path.join(directory, `apply-${node.attempts}.log`), 'utf8').catch(() => '');
  return text.trim() !== '';
}

async function untilNobodyWorksIn(directory: string): Promise<void> {
  while (process.platform === 'linux' && (await someoneWorksIn(directory))) await wait(200);
}

async function someoneWorksIn(directory: string): Promise<boolean> {
  const entries = await readdir('/proc').catch(() => []);
  const folders = await Promise.all(
    entries.filter((name) => /^\d+$/.test(name)).map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')),
  );
  return folders.includes(directory);
}

/** A tool that outlived the engine is left to finish; its messages arrive in its log meanwhile. */
async function untilGone(context: Context, { record, node, signal }: StepRecovery): Promise<void> {
  const { run } = node;
  if (run === null || !context.processes.isAlive(run.pid, run.startTime)) return;
  const text = `${node.plan.id} still runs from before the restart; waiting for it.`;
  context.logs.write(record.id, { at: context.journal.now(), node: node.plan.id, level: 'info', text });
  while (context.processes.isAlive(run.pid, run.startTime)) await wait(200, undefined, { signal });
}

async function reconcileLost(context: Context, from: StepRecovery): Promise<void> {
  const { record, node, access, signal } = from;
  const { plan } = node;
  if (node.state !== 'OUTCOME_UNKNOWN') {
    context.journal.append(record.id, { type: 'node', step: plan.id, state: 'OUTCOME_UNKNOWN' });
  }
  const workdir = await workdirFor(context, { record, plan, access, signal });
  const logFile = node.run?.logFile ?? path.join(workdir.path, `apply-${node.attempts}.log`);
  const measure = await measureFromLog(context, logFile);
  const outcome = await reconcileStep(context, { record, plan, workdir, access, signal, measure });
  if (outcome === 'applied') await saveAfterwards(context, from);
}

async function saveAfterwards(context: Context, from: StepRecovery): Promise<void> {
  const { record, node, access, signal } = from;
  const { plan } = node;
  const workdir = await workdirFor(context, { record, plan, access, signal });
  const logFile = node.run?.logFile ?? path.join(workdir.path, `apply-${node.attempts}.log`);
  const measure = await measureFromLog(context, logFile);
  await saveApplied(context, { record, plan, workdir, measure });
}
