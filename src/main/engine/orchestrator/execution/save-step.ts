import type { Json } from '#shared/base/json.ts';
import type { NodeState, Problem } from '#shared/model/index.ts';
import { stepOverhead } from '../../planner/index.ts';
import type { TerraformWorkdir } from '../../ports/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord, PlannedStep } from '../journal/index.ts';
import { managedResources, savedOutputs } from '../managed-resources.ts';
import type { ApplyMeasure } from './apply-measure.ts';

interface StepToSave {
  readonly record: DeploymentRecord;
  readonly plan: PlannedStep;
  readonly workdir: TerraformWorkdir;
  readonly signal: AbortSignal;
  /** The state to record together with what is saved. */
  readonly state: NodeState;
  readonly problem?: Problem;
  readonly measure?: ApplyMeasure;
}

/**
 * Reads what a step's state holds now and records it with the step's new state, in one transaction: outputs (secret
 * ones sealed), resources with their cloud ids, what changed, and how long it took.
 */
export async function saveStep(context: Context, from: StepToSave): Promise<void> {
  const { record, plan, workdir, signal, measure } = from;
  const { journal, terraformTool } = context;
  // One question for both: every start of the tool costs as much as the rest of this.
  const state = await terraformTool.state(workdir, signal);
  const outputs = savedOutputs(state);
  const managed = managedResources(state);
  const redaction = context.redactionOf(record.id);
  for (const output of Object.values(outputs)) if (output.sensitive) redaction.add(output.value);
  const before = new Map(
    journal.tables
      .managed(record.environment)
      .filter((row) => row.step === plan.id)
      .map((row) => [row.address, row]),
  );
  const now = new Map(managed.map((resource) => [resource.address, resource]));
  const changed = (measure?.changes() ?? []).flatMap((change) => {
    const resource = now.get(change.address) ?? before.get(change.address);
    return resource === undefined ? [] : [{ ...resource, deployment: record.id, step: plan.id, action: change.action }];
  });
  const identity = await terraformTool.stateIdentity(workdir, signal);
  const evidence: Json = { serial: identity?.serial ?? null, lineage: identity?.lineage ?? null };
  journal.together(
    record.id,
    {
      type: 'node',
      step: plan.id,
      state: from.state,
      evidence,
      ...(from.problem === undefined ? {} : { problem: from.problem }),
    },
    () => {
      const owner = { environment: record.environment, step: plan.id, deployment: record.id };
      journal.tables.replaceStep(owner, { outputs, managed, at: journal.now() });
      journal.tables.addChanged(changed);
      if (measure === undefined || from.state !== 'OUTPUTS_SAVED') return;
      const providerVersion = measure.providerVersion ?? '';
      for (const change of measure.changes()) {
        journal.tables.addHistory({
          type: change.type,
          action: change.action,
          seconds: change.seconds,
          providerVersion,
          at: journal.now(),
        });
      }
      journal.tables.addHistory({
        ...stepOverhead,
        seconds: measure.overhead(),
        providerVersion: '',
        at: journal.now(),
      });
    },
  );
}
