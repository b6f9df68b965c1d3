import { readFile } from 'node:fs/promises';
import { canonicalJson, isWithoutChanges, readPlanDocument } from '../../planner/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { CloudAccess, TerraformWorkdir } from '../../ports/index.ts';
import { problemOf, type Context } from '../context.ts';
import type { DeploymentRecord, PlannedStep } from '../journal/index.ts';
import { readMessage } from '../runners/terraform/index.ts';
import { createApplyMeasure, type ApplyMeasure } from './apply-measure.ts';
import { saveStep } from './save-step.ts';

export interface StepToReconcile {
  readonly record: DeploymentRecord;
  readonly plan: PlannedStep;
  readonly workdir: TerraformWorkdir;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
  readonly measure: ApplyMeasure;
}

/**
 * Finds out what a lost run did, by looking and never by running it again. The state as it is now and a fresh plan
 * decide: no changes left means it was applied; a state that never moved, with no change begun, means that nothing
 * happened and the approved plan still stands; anything else is told and left to a person.
 */
export async function reconcileStep(
  context: Context,
  from: StepToReconcile,
): Promise<'applied' | 'untouched' | 'open'> {
  const { record, plan, workdir, signal, measure } = from;
  const { journal, terraformTool } = context;
  const identity = await terraformTool.stateIdentity(workdir, signal);
  const moved = canonicalJson(identity === null ? null : { ...identity }) !== canonicalJson(plan.stateIdentity);
  journal.append(record.id, {
    type: 'node',
    step: plan.id,
    state: 'RECONCILING',
    evidence: {
      stateMoved: moved,
      began: measure.began(),
      complete: measure.complete(),
      unfinished: [...measure.unfinished()],
    },
  });
  if (!moved && !measure.began()) {
    journal.append(record.id, { type: 'node', step: plan.id, state: 'READY', evidence: 'nothing had happened' });
    return 'untouched';
  }
  if (measure.complete()) {
    // The tool says so only after it has written its state.
    journal.append(record.id, { type: 'node', step: plan.id, state: 'APPLIED', evidence: 'the tool had ended well' });
    return 'applied';
  }
  try {
    const fresh = await terraformTool.plan(workdir, { mode: plan.mode === 'destroy' ? 'destroy' : 'normal', signal });
    const document = readPlanDocument(fresh.json);
    if (document.ok && isWithoutChanges(document.value)) {
      journal.append(record.id, {
        type: 'node',
        step: plan.id,
        state: 'APPLIED',
        evidence: 'a fresh plan has no changes',
      });
      return 'applied';
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    context.logger.warn('orchestrator.reconcile', {
      deployment: record.id,
      step: plan.id,
      code: toAppError(thrown).code,
    });
  }
  const unfinished = measure.unfinished();
  const problem = problemOf({
    code: 'interrupted',
    message:
      unfinished.length === 0
        ? `The run of ${plan.id} was cut off before it was done.`
        : `The run of ${plan.id} was cut off while it changed ${unfinished.join(', ')}; that may exist without being in the state.`,
    advice:
      unfinished.length === 0
        ? 'Resume: what is left is planned again and needs a new approval.'
        : 'Look in the cloud for what was being made; import or remove it. Then resume: what is left is planned again.',
    node: plan.id,
  });
  const state = unfinished.length === 0 ? 'FAILED' : 'NEEDS_OPERATOR';
  await saveStep(context, { record, plan, workdir, signal, state, problem, measure });
  return 'open';
}

/** Reads the messages of a run whose process is gone from the file it wrote them to. */
export async function measureFromLog(context: Context, logFile: string): Promise<ApplyMeasure> {
  const measure = createApplyMeasure(null, () => context.clock.now());
  const text = await readFile(logFile, 'utf8').catch(() => '');
  for (const line of text.split('\n')) if (line !== '') measure.see(readMessage(line, context.clock.now()).event);
  return measure;
}
