import type { CloudAccess, TerraformWorkdir } from '../../ports/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord, PlannedStep } from '../journal/index.ts';
import { inputsOf } from '../../planner/index.ts';
import { assemble, outputLookup } from '../planning/assemble.ts';
import { prepareStep } from '../planning/plan-step.ts';
import { existingWorkdir } from '../planning/workdirs.ts';

/** The working directory of a planned step: as it was left, or prepared again when it is gone. */
export async function workdirFor(
  context: Context,
  of: {
    readonly record: DeploymentRecord;
    readonly plan: PlannedStep;
    readonly access: CloudAccess;
    readonly signal: AbortSignal;
  },
): Promise<TerraformWorkdir> {
  const { record, plan, access, signal } = of;
  const place = { deployment: record.id, environment: record.environment, plan };
  const existing = await existingWorkdir(context.workspace.paths, place, access);
  if (existing !== null) return existing;
  const assembly = await assemble(context, record);
  const found = assembly.steps.find(({ step }) => step.id === plan.id);
  if (found === undefined) throw new Error(`${plan.id} is no longer a step of this deployment.`);
  const outputs = outputLookup(context.journal.tables.outputs(record.environment), () => null);
  const inputs = inputsOf(found.step, { inputs: assembly.inputs, outputs });
  return prepareStep(context, { record, step: found.step, mode: plan.mode, inputs, access, signal });
}
