import { toAppError } from '#shared/errors/index.ts';
import type { DeploymentState, Problem } from '#shared/model/index.ts';
import type { CloudAccess } from '../../ports/index.ts';
import { parallelSteps, problemOf, type Context } from '../context.ts';
import { isNodeDone, isNodeOver, type DeploymentRecord, type NodeRecord } from '../journal/index.ts';
import { assemble } from '../planning/assemble.ts';
import { finish } from './finish.ts';
import { preflight, type PreflightOptions } from './preflight.ts';
import { runStep } from './run-step.ts';

/** A step whose run was lost before anything happened is started again, but not for ever. */
const mostAttempts = 10;

/** Runs an approved deployment: preflight, then its steps; also what is left of one after a restart. */
export async function executeDeployment(context: Context, id: string, options: PreflightOptions): Promise<void> {
  const { journal } = context;
  let record = journal.record(id);
  if (record.state === 'APPROVED') {
    if (record.approval !== null && journal.now() > record.approval.expiresAt) {
      journal.append(id, { type: 'state', state: 'EXPIRED' });
      return;
    }
    journal.consume(id, record.approval?.nonce ?? '');
  } else if (record.state !== 'PREFLIGHT') {
    journal.append(id, { type: 'state', state: 'PREFLIGHT' });
  }
  record = journal.record(id);
  const found = await preflight(context, record, options);
  if (options.signal.aborted) {
    await finish(context, id, { state: 'CANCELLED', problems: [] });
    return;
  }
  if (found.access === null || found.problems.length > 0) {
    await finish(context, id, { state: refusal(found.problems), problems: found.problems });
    return;
  }
  journal.append(id, { type: 'state', state: 'EXECUTING' });
  await executeSteps(context, id, { access: found.access, signal: options.signal });
}

/** Credentials that are missing now may be there later; everything else needs a new plan. */
function refusal(problems: readonly Problem[]): DeploymentState {
  if (problems.some((problem) => problem.code === 'approval-expired')) return 'EXPIRED';
  const codes = new Set(problems.map((problem) => problem.code));
  const passing = [
    'credentials-missing',
    'credentials-expired',
    'access-denied',
    'endpoint-unreachable',
    'tool-missing',
  ];
  return [...codes].every((code) => passing.includes(code)) ? 'NEEDS_OPERATOR' : 'NEEDS_REAPPROVAL';
}

/**
 * Runs steps as soon as those before them are done, up to four at a time. When one fails, those that do not depend on
 * it still run and those that do are skipped; when the deployment is cancelled, nothing new begins.
 */
export async function executeSteps(
  context: Context,
  id: string,
  options: { readonly access: CloudAccess; readonly signal: AbortSignal },
): Promise<void> {
  const { journal } = context;
  const assembly = await assemble(context, journal.record(id));
  const active = new Map<string, Promise<void>>();
  const broken: unknown[] = [];
  for (;;) {
    skipDownstream(context, id);
    const record = journal.record(id);
    while (broken.length === 0 && !options.signal.aborted && active.size < parallelSteps) {
      const node = nextNode(record, active);
      if (node === null) break;
      const running = runStep(context, { record, node, assembly, ...options })
        .catch((thrown: unknown) => broken.push(thrown))
        .then(() => {
          active.delete(node.plan.id);
        });
      active.set(node.plan.id, running);
    }
    if (active.size === 0) break;
    await Promise.race(active.values());
  }
  if (broken.length > 0) throw broken[0];
  const record = journal.record(id);
  await finish(context, id, { state: outcome(record, options.signal.aborted), problems: problemsOf(record) });
}

function nextNode(record: DeploymentRecord, active: ReadonlyMap<string, unknown>): NodeRecord | null {
  const states = new Map(record.nodes.map((node) => [node.plan.id, node.state]));
  const waiting = record.nodes.filter(
    (node) => ['PENDING', 'DEFERRED', 'READY'].includes(node.state) && node.attempts < mostAttempts,
  );
  const ready = waiting.find(
    (node) =>
      !active.has(node.plan.id) &&
      node.plan.after.every((before) => {
        const state = states.get(before);
        return state === undefined || isNodeDone(state);
      }),
  );
  return ready ?? null;
}

/** Steps that can no longer run because one before them did not: told, with the one that is to blame. */
function skipDownstream(context: Context, id: string): void {
  for (;;) {
    const record = context.journal.record(id);
    const states = new Map(record.nodes.map((node) => [node.plan.id, node.state]));
    const skipped = record.nodes.find(
      (node) =>
        !isNodeOver(node.state) &&
        node.plan.after.some((before) =>
          ['FAILED', 'SKIPPED_UPSTREAM', 'NEEDS_OPERATOR'].includes(states.get(before) ?? ''),
        ),
    );
    if (skipped === undefined) return;
    const cause = skipped.plan.after.filter((before) => !isNodeDone(states.get(before) ?? 'DONE'));
    context.journal.append(id, {
      type: 'node',
      step: skipped.plan.id,
      state: 'SKIPPED_UPSTREAM',
      problem: problemOf({
        code: 'skipped',
        message: `${skipped.plan.id} was not started, because ${cause.join(', ')} did not succeed.`,
        advice: 'Resume once the cause is gone.',
        node: skipped.plan.id,
      }),
    });
  }
}

function outcome(record: DeploymentRecord, cancelled: boolean): DeploymentState {
  const states = record.nodes.map((node) => node.state);
  if (states.every(isNodeDone)) return 'SUCCEEDED';
  if (states.some((state) => state === 'NEEDS_OPERATOR' || state === 'OUTCOME_UNKNOWN')) return 'NEEDS_OPERATOR';
  if (cancelled) return 'CANCELLED';
  if (states.includes('NEEDS_REAPPROVAL')) return 'NEEDS_REAPPROVAL';
  return 'PARTIAL';
}

function problemsOf(record: DeploymentRecord): Problem[] {
  return record.nodes.flatMap((node) =>
    node.problem === null || node.state === 'SKIPPED_UPSTREAM' ? [] : [node.problem],
  );
}

/** What a failure (or a cancellation) outside any step leaves behind: the truth, and nothing running. */
export async function executionBroke(
  context: Context,
  id: string,
  { thrown, cancelled }: { readonly thrown: unknown; readonly cancelled: boolean },
): Promise<void> {
  const { code, message, advice } = toAppError(thrown);
  if (cancelled && code === 'cancelled') {
    await finish(context, id, { state: 'CANCELLED', problems: [] });
    return;
  }
  context.logger.error('orchestrator.execution', { deployment: id, code, message });
  const problem = problemOf({ code, message: context.redactionOf(id).apply(message), advice });
  await finish(context, id, { state: 'NEEDS_OPERATOR', problems: [problem] });
}
