import { jsonSchema, type Json } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { Problem } from '#shared/model/index.ts';
import {
  envelopeDigest,
  estimateDeployment,
  inputsOf,
  planSetDigest,
  policyChecks,
  type PlannedStepDigest,
  type Step,
} from '../../planner/index.ts';
import type { CloudAccess } from '../../ports/index.ts';
import { parallelSteps, problemOf, type Context } from '../context.ts';
import { inOrder } from '../in-order.ts';
import type { DeploymentRecord, PlannedStep } from '../journal/index.ts';
import { assemble, outputLookup, type Assembly } from './assemble.ts';
import { planChecks, walkRadius } from './checks.ts';
import { nothingToDestroy, planDeferred, planExactly, type StepPlan, type StepToPlan } from './plan-step.ts';
import { readPolicy, type Policy } from './policy-files.ts';
import type { ToolIdentity } from './tool-digest.ts';

const day = 24 * 60 * 60 * 1000;

export interface PlanningOptions {
  readonly toolIdentity: () => Promise<ToolIdentity>;
  readonly signal: AbortSignal;
}

/**
 * Plans a deployment from the beginning: every step whose inputs are known exactly, every other under an envelope.
 * Ends in `AWAITING_APPROVAL`, `POLICY_BLOCKED` or, when something cannot be planned, `PLAN_FAILED` with the reason.
 */
export async function planDeployment(context: Context, id: string, options: PlanningOptions): Promise<void> {
  const record = context.journal.append(id, { type: 'planning', round: context.journal.record(id).round + 1 });
  try {
    const tool = await options.toolIdentity();
    const access = await accessTo(context, record, options.signal);
    const assembly = await assemble(context, record);
    const policy = await readPolicy(context.workspace.paths.policy);
    const plans = await planSteps(context, { record, assembly, access, signal: options.signal });
    await conclude(context, { record, assembly, access, plans, policy, tool, signal: options.signal });
  } catch (thrown) {
    if (options.signal.aborted) throw thrown;
    const problems = planProblems(context, record, thrown);
    context.logger.warn('orchestrator.plan-failed', { deployment: id, code: toAppError(thrown).code });
    for (const problem of problems) {
      const line = {
        at: context.journal.now(),
        node: problem.node ?? '',
        level: 'error' as const,
        text: problem.message,
      };
      context.logs.write(id, line);
    }
    context.journal.append(id, { type: 'state', state: 'PLAN_FAILED', problems });
  }
}

/** Credentials for the target; refused when they act in another account. */
export async function accessTo(context: Context, record: DeploymentRecord, signal: AbortSignal): Promise<CloudAccess> {
  const access = await context.cloudAccess.accessFor(record.target, signal);
  // Only AWS is asked: for another cloud, what the plan shows decides.
  const isAsked = record.target.cloud === 'aws' || access.accountId !== null;
  if (isAsked && access.accountId !== record.target.account) {
    throw new AppError(
      'access-denied',
      `The credentials act in account ${access.accountId ?? 'unknown'}, not in ${record.target.account}.`,
      { advice: 'Connect the target account on the Start screen.', details: { found: access.accountId } },
    );
  }
  for (const [name, value] of Object.entries(access.env)) {
    // Real ones are long; the short words that emulators take would blank out half of every plan.
    if (secretVariable.test(name) && value.length >= 16) context.redactionOf(record.id).add(secretOf(value));
  }
  return access;
}

/** Variables of the clouds' tools that hold a secret; those that name a file do not. */
const secretVariable =
  /^(?!.*_(PATH|FILE)$).*(SECRET|TOKEN|PASSWORD|CERTIFICATE|ENCRYPTION_KEY|KEYFILE_JSON|GOOGLE_CREDENTIALS|ARM_ACCESS_KEY)/;

/** Of Google's credentials as JSON only what is secret: the project in them is told on every screen. */
function secretOf(value: string): Json {
  if (!value.trimStart().startsWith('{')) return value;
  try {
    const parsed = jsonSchema.parse(JSON.parse(value));
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return value;
    return Object.entries(parsed).flatMap(([name, item]) => (/key$|secret|token/.test(name) ? [item] : []));
  } catch {
    // No JSON after all: the whole text is taken for the secret.
    return value;
  }
}

class StepFailure extends Error {
  readonly step: string;
  constructor(step: string, cause: unknown) {
    super(step, { cause });
    this.step = step;
  }
}

interface Planning {
  readonly record: DeploymentRecord;
  readonly assembly: Assembly;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
}

async function planSteps(context: Context, planning: Planning): Promise<Map<string, StepPlan>> {
  const { record, assembly, access, signal } = planning;
  const plans = new Map<string, StepPlan>();
  const saved = context.journal.tables.outputs(record.environment);
  const outputs = outputLookup(saved, (step) => {
    const plan = plans.get(step);
    if (plan === undefined || plan.planned.mode === 'destroy') return null;
    return plan.outputs ?? 'deferred';
  });
  const items = assembly.steps.map(({ step, mode }) => ({ id: step.id, after: step.after, step, mode }));
  await inOrder(items, {
    limit: parallelSteps,
    signal,
    work: async ({ step, mode }) => {
      try {
        assertRunnable(step);
        const inputs = inputsOf(step, { inputs: assembly.inputs, outputs });
        const to: StepToPlan = { record, step, mode, inputs, access, signal };
        if (inputs.problems.length > 0) throw new AppError('plan-failed', inputs.problems.join('\n'));
        const waits = inputs.missing.length > 0 || inputs.waitsFor.length > 0;
        if (mode === 'destroy') {
          if (!context.journal.tables.managed(record.environment).some((row) => row.step === step.id)) {
            plans.set(step.id, nothingToDestroy(to));
            return;
          }
          plans.set(step.id, await planExactly(context, { ...to, inputs: { ...inputs, waitsFor: [] } }));
        } else {
          const plan = waits ? await planDeferred(context, to) : await planOrDefer(context, to, plans);
          plans.set(step.id, plan);
        }
      } catch (thrown) {
        throw signal.aborted ? thrown : new StepFailure(step.id, thrown);
      }
    },
  });
  return plans;
}

function assertRunnable(step: Step): void {
  const { runner } = step.artifact;
  if (runner === 'terraform') return;
  throw new AppError(
    'bad-input',
    `${step.id} is a ${runner} artifact; only OpenTofu and Terraform artifacts can be deployed.`,
    {
      advice: 'Leave it out of the blueprint, or wrap it in a module.',
      details: { step: step.id, runner },
    },
  );
}

/**
 * Known inputs do not always make a plan possible: a data source may look for something that a step before it still
 * has to make. Such a step waits under an envelope like any other.
 */
async function planOrDefer(context: Context, to: StepToPlan, plans: ReadonlyMap<string, StepPlan>): Promise<StepPlan> {
  try {
    return await planExactly(context, to);
  } catch (thrown) {
    const pending = to.step.after.some((id) => plans.get(id)?.planned.withoutChanges === false);
    if (!pending || toAppError(thrown).code !== 'plan-failed') throw thrown;
    return planDeferred(context, to);
  }
}

async function conclude(
  context: Context,
  from: Planning & {
    readonly plans: ReadonlyMap<string, StepPlan>;
    readonly policy: Policy;
    readonly tool: ToolIdentity;
  },
): Promise<void> {
  const { record, assembly, access, policy, tool } = from;
  const plans = assembly.steps.flatMap(({ step }) => from.plans.get(step.id) ?? []);
  const steps = plans.map((plan) => plan.planned);
  const complete = steps.every((step) => step.missing.length === 0) && assembly.lost.length === 0;
  const walked = await walkRadius(context, record, {
    ids: [...new Set(plans.flatMap((plan) => plan.touched))],
    signal: from.signal,
  });
  const checks = [
    ...policyChecks({
      environment: record.environment,
      steps: plans.map((plan) => ({ id: plan.planned.id, changes: plan.changes })),
      protected: policy.protected,
    }),
    ...planChecks(record, plans),
    walked.check,
  ];
  const failed = checks.filter((check) => check.status === 'failed');
  context.journal.append(record.id, {
    type: 'planned',
    round: record.round,
    steps,
    planSetDigest: complete ? planSetDigest(exactDigests(steps), tool.digest) : null,
    envelopeDigest: complete
      ? envelopeDigest(
          steps.flatMap((step) =>
            step.envelope === null
              ? []
              : [{ step: step.id, artifact: step.artifact, envelope: step.envelope, wiring: step.wiringDigest }],
          ),
        )
      : null,
    policyDigest: policy.digest,
    expiresAt: context.journal.now() + (context.approvalLifetimeMs ?? day),
    accountId: access.accountId,
    tool,
    estimate: estimateDeployment(
      plans.map((plan) => ({ ...plan.estimated, estimate: plan.planned.estimate })),
      { history: context.journal.tables.history, parallelSteps },
    ),
    checks,
    radius: walked.radius,
    state: failed.length === 0 ? 'AWAITING_APPROVAL' : 'POLICY_BLOCKED',
    problems: failed.map((check) => problemOf({ code: check.id, message: check.detail })),
  });
}

/** What of exact steps an approval binds; a step without a plan file has nothing to run. */
function exactDigests(steps: readonly PlannedStep[]): PlannedStepDigest[] {
  return steps
    .filter((step) => step.planned === 'exact')
    .map((step) => ({
      step: step.id,
      artifact: step.artifact,
      planFile: step.planFile ?? 'nothing to run',
      changes: step.changesDigest ?? 'nothing to run',
      wiring: step.wiringDigest,
      state: step.stateIdentity,
    }));
}

function planProblems(context: Context, record: DeploymentRecord, thrown: unknown): Problem[] {
  const node = thrown instanceof StepFailure ? thrown.step : null;
  const error = toAppError(thrown instanceof StepFailure ? thrown.cause : thrown);
  const diagnostics = Array.isArray(error.details['diagnostics']) ? error.details['diagnostics'] : [];
  const [first] = diagnostics;
  const place = typeof first === 'object' && first !== null && !Array.isArray(first) ? first : {};
  return [
    problemOf({
      code: error.code,
      message: context.redactionOf(record.id).apply(error.message),
      advice: error.advice,
      node,
      file: typeof place['file'] === 'string' ? place['file'] : null,
      line: typeof place['line'] === 'number' ? place['line'] : null,
    }),
  ];
}
