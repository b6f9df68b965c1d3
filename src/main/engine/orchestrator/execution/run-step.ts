import path from 'node:path';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { digestOf, envelopeBreaches, inputsOf, wiringDigestSource } from '../../planner/index.ts';
import type { CloudAccess, TerraformWorkdir } from '../../ports/index.ts';
import { problemOf, type Context } from '../context.ts';
import type { DeploymentRecord, NodeRecord, PlannedStep } from '../journal/index.ts';
import { outputLookup, type Assembly } from '../planning/assemble.ts';
import { logTo, planExactly } from '../planning/plan-step.ts';
import { providerVersions } from '../planning/provider-versions.ts';
import { createApplyMeasure } from './apply-measure.ts';
import { reconcileStep } from './reconcile-step.ts';
import { saveStep } from './save-step.ts';
import { hasUnsavedState, unsavedStateProblem } from './unsaved-state.ts';
import { workdirFor } from './workdir-for.ts';

export interface StepRun {
  readonly record: DeploymentRecord;
  readonly node: NodeRecord;
  readonly assembly: Assembly;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
}

/**
 * Takes one step from READY to its end. Every state is on disk before what it announces happens; whatever goes wrong
 * ends in a state that says so, nothing is thrown but what the journal itself throws.
 */
export async function runStep(context: Context, run: StepRun): Promise<void> {
  const { record } = run;
  try {
    const plan = await checkedPlan(context, run);
    if (plan === null) return;
    const workdir = await workdirFor(context, { record, plan, access: run.access, signal: run.signal });
    if (plan.withoutChanges && plan.planFile !== null && plan.mode === 'apply') {
      await saveStep(context, { record, plan, workdir, signal: run.signal, state: 'NOOP' });
      return;
    }
    await applyStep(context, { ...run, plan, workdir });
  } catch (thrown) {
    if (context.journal.damage !== null) throw thrown;
    fail(context, run, thrown);
  }
}

/** The plan to run now: the approved one, or a deferred step's made just now and found inside its envelope. */
async function checkedPlan(context: Context, run: StepRun): Promise<PlannedStep | null> {
  const { record, node, assembly } = run;
  const { plan } = node;
  const to = (state: 'READY' | 'PLAN_CHECKED' | 'NOOP'): void => {
    context.journal.note(record.id, { type: 'node', step: plan.id, state });
  };
  if (plan.planned === 'exact' && plan.planFile === null) {
    to('NOOP');
    return null;
  }
  to('READY');
  const found = assembly.steps.find(({ step }) => step.id === plan.id);
  if (found === undefined) throw new AppError('conflict', `${plan.id} is no longer a step of this deployment.`);
  const outputs = outputLookup(context.journal.tables.outputs(record.environment), () => null);
  const inputs = inputsOf(found.step, { inputs: assembly.inputs, outputs });
  if (inputs.problems.length > 0) throw new AppError('plan-failed', inputs.problems.join('\n'));
  if (inputs.missing.length > 0) {
    throw new AppError('conflict', `${plan.id} needs ${inputs.missing.join(', ')}, which is not kept any more.`, {
      advice: 'Fill it in again on the review screen; what is left is planned again then.',
    });
  }
  if (plan.mode === 'apply' && inputs.waitsFor.length > 0) {
    const names = inputs.waitsFor.map((wire) => `${wire.node}.${wire.output}`).join(', ');
    throw new AppError('plan-failed', `${plan.id} waits for ${names}, which the steps before it did not give.`);
  }
  if (plan.planned === 'exact') {
    if (plan.mode === 'apply' && digestOf(wiringDigestSource(found.step, inputs)) !== plan.wiringDigest) {
      outgrown(context, run, `What ${plan.id} gets from the steps before it is not what was planned.`);
      return null;
    }
    to('PLAN_CHECKED');
    return plan;
  }
  const { planned, changes, acts } = await planExactly(context, {
    record,
    step: found.step,
    mode: plan.mode,
    inputs,
    access: run.access,
    signal: run.signal,
  });
  // It stays what it was in the review: a step that was approved by its envelope.
  const replanned: PlannedStep = { ...planned, planned: 'deferred', envelope: plan.envelope, estimate: plan.estimate };
  context.journal.append(record.id, { type: 'node', step: plan.id, state: 'REPLANNED', replanned });
  const breaches = plan.envelope === null ? ['It has no envelope.'] : envelopeBreaches(plan.envelope, changes);
  if (breaches.length + acts.elsewhere.length > 0) {
    outgrown(context, run, [...acts.elsewhere, ...breaches].join(' '));
    return null;
  }
  to('PLAN_CHECKED');
  return replanned;
}

function outgrown(context: Context, { record, node }: StepRun, message: string): void {
  const problem = problemOf({
    code: 'outside-approval',
    message,
    advice: 'Plan again and approve the new plan; what is done so far stays.',
    node: node.plan.id,
  });
  context.journal.append(record.id, { type: 'node', step: node.plan.id, state: 'NEEDS_REAPPROVAL', problem });
}

interface Applying extends StepRun {
  readonly plan: PlannedStep;
  readonly workdir: TerraformWorkdir;
}

async function applyStep(context: Context, applying: Applying): Promise<void> {
  const { record, plan, workdir } = applying;
  const { journal } = context;
  if (plan.planFile === null) throw new AppError('internal', `${plan.id} has no plan file.`);
  const attempt = applying.node.attempts + 1;
  const logFile = path.join(workdir.path, `apply-${attempt}.log`);
  journal.append(record.id, {
    type: 'node',
    step: plan.id,
    state: 'INTENT',
    attempt,
    evidence: { plan: plan.planFile, state: plan.stateIdentity, logFile, key: `${record.id}/${plan.id}/${attempt}` },
  });
  context.killPoint('after-intent');
  const measure = createApplyMeasure(await providerVersions(workdir.path), () => context.clock.now());
  try {
    await context.terraformTool.apply(workdir, {
      planFile: context.plans.fileOf(plan.planFile),
      expectedDigest: plan.planFile,
      signal: applying.signal,
      outputFile: logFile,
      onLine: logTo(context, record.id, plan.id),
      onEvent: (event) => {
        measure.see(event);
        if (event.type === 'apply_start') context.killPoint('during-apply');
      },
      onStart: ({ pid, startTime }) => {
        journal.note(record.id, {
          type: 'node',
          step: plan.id,
          state: 'RUNNING',
          run: { pid, startTime, logFile },
        });
      },
    });
  } catch (thrown) {
    await afterFailedApply(context, applying, { thrown, measure });
    return;
  }
  journal.note(record.id, { type: 'node', step: plan.id, state: 'APPLIED' });
  context.killPoint('after-apply-before-outputs');
  await saveApplied(context, { ...applying, measure });
}

/** From APPLIED to DONE; also where recovery goes on. */
export async function saveApplied(
  context: Context,
  from: Pick<Applying, 'record' | 'plan' | 'workdir'> & { readonly measure: ReturnType<typeof createApplyMeasure> },
): Promise<void> {
  const { record, plan, workdir, measure } = from;
  // The apply is over: reading what it made is not something to interrupt.
  const signal = new AbortController().signal;
  await saveStep(context, { record, plan, workdir, signal, state: 'OUTPUTS_SAVED', measure });
  context.killPoint('after-outputs-before-done');
  context.journal.note(record.id, { type: 'node', step: plan.id, state: 'DONE' });
}

async function afterFailedApply(
  context: Context,
  applying: Applying,
  failure: { readonly thrown: unknown; readonly measure: ReturnType<typeof createApplyMeasure> },
): Promise<void> {
  const { record, plan, workdir } = applying;
  const error = toAppError(failure.thrown);
  const message = context.redactionOf(record.id).apply(error.message);
  const problem = problemOf({ code: error.code, message, advice: error.advice, node: plan.id });
  context.logs.write(record.id, { at: context.journal.now(), node: plan.id, level: 'error', text: message });
  if (error.details['signal'] !== undefined && error.details['signal'] !== null && error.code === 'tool-failed') {
    context.journal.append(record.id, { type: 'node', step: plan.id, state: 'OUTCOME_UNKNOWN', problem });
    const outcome = await reconcileStep(context, { ...applying, measure: failure.measure });
    if (outcome === 'applied') await saveApplied(context, { ...applying, measure: failure.measure });
    return;
  }
  const unsaved = await hasUnsavedState(workdir);
  const state = unsaved
    ? 'NEEDS_OPERATOR'
    : error.code === 'cancelled'
      ? 'CANCELLED'
      : error.code === 'state-moved' || error.code === 'digest-mismatch'
        ? 'NEEDS_REAPPROVAL'
        : 'FAILED';
  if (unsaved || !failure.measure.began()) {
    context.journal.append(record.id, {
      type: 'node',
      step: plan.id,
      state,
      problem: unsaved ? unsavedStateProblem(plan.id, workdir) : problem,
    });
    return;
  }
  // Part of it may exist: what the state holds is recorded, so that map and review tell the truth.
  const signal = new AbortController().signal;
  await saveStep(context, { record, plan, workdir, signal, state, problem, measure: failure.measure });
}

function fail(context: Context, { record, node, signal }: StepRun, thrown: unknown): void {
  const error = toAppError(thrown);
  const message = context.redactionOf(record.id).apply(error.message);
  const cancelled = signal.aborted && error.code === 'cancelled';
  if (!cancelled)
    context.logs.write(record.id, { at: context.journal.now(), node: node.plan.id, level: 'error', text: message });
  context.journal.append(record.id, {
    type: 'node',
    step: node.plan.id,
    state: cancelled ? 'CANCELLED' : 'FAILED',
    problem: problemOf({ code: error.code, message, advice: error.advice, node: node.plan.id }),
  });
}
