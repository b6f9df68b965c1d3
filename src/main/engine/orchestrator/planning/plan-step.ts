import type { JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Envelope, Estimate, ResourceChange, Target } from '#shared/model/index.ts';
import {
  changeOrder,
  destructive,
  digestOf,
  driftOf,
  envelopeFor,
  estimateStep,
  isWithoutChanges,
  plannedOutputs,
  readPlanDocument,
  resourceChanges,
  wiringDigestSource,
  type EstimatedStep,
  type PlanDocument,
  type PlannedOutput,
  type Step,
  type StepInputs,
} from '../../planner/index.ts';
import type { CloudAccess, TerraformWorkdir } from '../../ports/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord, PlannedStep } from '../journal/index.ts';
import { managedResources, placedResources } from '../managed-resources.ts';
import type { Redaction } from '../redaction.ts';
import { actsElsewhere, resourcesElsewhere, type ActsElsewhere } from './acts-elsewhere.ts';
import type { ReadablePlan } from './plan-store.ts';
import { providerVersions } from './provider-versions.ts';
import { staticBlocks } from './static-blocks.ts';
import { statePath } from '../../workspace/index.ts';
import { workdirPath } from './workdirs.ts';

/** One step about to be planned, with everything that decides its plan. */
export interface StepToPlan {
  readonly record: DeploymentRecord;
  readonly step: Step;
  readonly mode: PlannedStep['mode'];
  readonly inputs: StepInputs;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
}

/** A planned step and what others need of it while planning goes on. */
export interface StepPlan {
  readonly planned: PlannedStep;
  /** Outputs as they will be; null for a deferred step. */
  readonly outputs: Readonly<Record<string, PlannedOutput>> | null;
  readonly changes: readonly ResourceChange[];
  readonly touched: readonly string[];
  readonly estimated: EstimatedStep;
  /** Region that the sources' own provider block names, when it is a constant. */
  readonly ownRegion: string | null;
  /** Where it acts otherwise than in the target, and what of that cannot be told; without secret values. */
  readonly acts: ActsElsewhere;
}

/** Makes the working directory of a step with the variables known now. */
export async function prepareStep(context: Context, to: StepToPlan): Promise<TerraformWorkdir> {
  const { record, step } = to;
  const redaction = context.redactionOf(record.id);
  for (const name of to.inputs.sensitive) redaction.add(to.inputs.variables[name] ?? null);
  const { paths } = context.workspace;
  const imports = to.mode === 'apply' ? openImports(context, record, step.id) : {};
  return context.terraformTool.prepare({
    sources: step.sources,
    directory: workdirPath(paths, record.id, step.id),
    access: to.access,
    variables: declaredOnly(step, to.inputs.variables),
    statePath: statePath(paths, record.environment, step.id),
    signal: to.signal,
    imports,
  });
}

/** What was imported once is in the state; asking for it again would fail when it is gone from the cloud. */
function openImports(context: Context, record: DeploymentRecord, step: string): Record<string, string> {
  const managed = context.journal.tables.managed(record.environment).filter((row) => row.step === step);
  const known = new Set(managed.map((row) => row.address));
  return Object.fromEntries(Object.entries(record.imports[step] ?? {}).filter(([address]) => !known.has(address)));
}

/** Values for names the artifact does not declare would only make the tool warn. */
function declaredOnly(step: Step, variables: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => Object.hasOwn(step.artifact.inputs.properties, name)),
  );
}

/** Plans a step whose inputs are all known, keeps the plan file and its readable form. */
export async function planExactly(context: Context, to: StepToPlan): Promise<StepPlan> {
  const { record, step, signal } = to;
  const workdir = await prepareStep(context, to);
  const stateIdentity = await context.terraformTool.stateIdentity(workdir, signal);
  const log = logTo(context, record.id, step.id);
  const plan = await context.terraformTool.plan(workdir, {
    mode: to.mode === 'destroy' ? 'destroy' : 'normal',
    signal,
    onLine: log,
  });
  const document = readPlanDocument(plan.json);
  if (!document.ok) {
    throw new AppError(
      'tool-failed',
      `The plan of ${step.id} has a form that is not known: ${document.problems.join('; ')}`,
      {
        advice: 'Use a version of OpenTofu that this version of Groundplan knows.',
      },
    );
  }
  const changes = resourceChanges(document.value);
  const outputs = to.mode === 'destroy' ? {} : plannedOutputs(document.value);
  const readable: ReadablePlan = {
    changes,
    text: context.redactionOf(record.id).apply(plan.text),
    outputs: Object.entries(outputs).map(([name, output]) => ({
      name,
      value: output.sensitive ? null : output.value,
      mark: output.sensitive ? 'sensitive' : output.known ? 'known' : 'later',
    })),
    touched: touchedIds(document.value, changes),
  };
  const [kept] = await Promise.all([
    context.plans.keepDocument(readable),
    context.plans.keepFile(plan.planFile, plan.digest),
  ]);
  const estimated: EstimatedStep = {
    id: step.id,
    after: step.after,
    changes,
    order: changeOrder(document.value),
    providerVersion: await providerVersions(workdir.path),
  };
  return {
    planned: {
      ...base(to, workdir, estimateStep(estimated, context.journal.tables.history)),
      planned: 'exact',
      planFile: plan.digest,
      document: kept,
      changesDigest: digestOf(JSON.parse(JSON.stringify(changes)) as JsonObject),
      envelope: null,
      stateIdentity,
      driftDigest: digestOf(driftOf(document.value)),
      withoutChanges: isWithoutChanges(document.value),
    },
    outputs,
    changes,
    touched: readable.touched,
    estimated,
    ownRegion: ownRegion(document.value, record.target),
    acts: cleaned(actsElsewhere(document.value, record.target), context.redactionOf(record.id)),
  };
}

/** Puts a step that must wait under an envelope, read off its sources and its state. */
export async function planDeferred(context: Context, to: StepToPlan): Promise<StepPlan> {
  const { record, step, signal } = to;
  const workdir = await prepareStep(context, to);
  const blocks = await staticBlocks(workdir.path, to.inputs.variables);
  const stateIdentity = await context.terraformTool.stateIdentity(workdir, signal);
  const state = stateIdentity === null ? null : await context.terraformTool.state(workdir, signal);
  const existing = managedResources(state).map((resource) => resource.address);
  const elsewhere = resourcesElsewhere(placedResources(state), record.target);
  const envelope = envelopeFor({ blocks, existing, waitsFor: to.inputs.waitsFor });
  const estimated: EstimatedStep = {
    id: step.id,
    after: step.after,
    changes: envelope.addresses,
    order: {},
    providerVersion: await providerVersions(workdir.path),
  };
  return {
    planned: {
      ...base(to, workdir, estimateStep(estimated, context.journal.tables.history)),
      planned: 'deferred',
      planFile: null,
      document: null,
      changesDigest: null,
      envelope,
      stateIdentity,
      driftDigest: null,
      withoutChanges: false,
    },
    outputs: null,
    changes: envelope.addresses.map((entry) => envelopeChange(entry)),
    touched: [],
    estimated,
    ownRegion: null,
    acts: cleaned({ elsewhere, unread: [] }, context.redactionOf(record.id)),
  };
}

/** A step that has nothing to take down. */
export function nothingToDestroy(to: StepToPlan): StepPlan {
  const { step } = to;
  return {
    planned: {
      ...base(to, null, { p50: 0, p90: 0, samples: 0, unknown: 0 }),
      planned: 'exact',
      planFile: null,
      document: null,
      changesDigest: null,
      envelope: null,
      stateIdentity: null,
      driftDigest: null,
      withoutChanges: true,
    },
    outputs: {},
    changes: [],
    touched: [],
    estimated: { id: step.id, after: step.after, changes: [], order: {}, providerVersion: null },
    ownRegion: null,
    acts: { elsewhere: [], unread: [] },
  };
}

function base(to: StepToPlan, workdir: TerraformWorkdir | null, estimate: Estimate) {
  const { step } = to;
  return {
    id: step.id,
    use: step.use,
    artifact: step.digest,
    boundary: step.boundary,
    stage: step.stage,
    after: [...step.after],
    mode: to.mode,
    wiringDigest: digestOf(wiringDigestSource(step, to.inputs)),
    ownBackend: workdir !== null && workdir.statePath === null,
    estimate,
    missing: [...to.inputs.missing],
  };
}

function envelopeChange(entry: Envelope['addresses'][number]): ResourceChange {
  return { ...entry, provider: '', cloudId: null, attributes: [] };
}

/** Lines of the tool, cleaned of secrets, into the deployment's log. */
export function logTo(context: Context, deployment: string, node: string): (line: string) => void {
  const redaction = context.redactionOf(deployment);
  return (line) => {
    const level = /^Error\b|^│ Error/.test(line) ? 'error' : 'info';
    context.logs.write(deployment, { at: context.clock.now(), node, level, text: redaction.apply(line) });
  };
}

/** Ids and ARNs of existing resources that the plan changes or takes away. */
function touchedIds(plan: PlanDocument, changes: readonly ResourceChange[]): string[] {
  const addresses = new Set(
    [...destructive(changes), ...changes.filter((change) => change.action === 'update')].map(
      (change) => change.address,
    ),
  );
  return plan.resource_changes
    .filter((resource) => addresses.has(resource.address))
    .flatMap(({ change: { before } }) => {
      if (typeof before !== 'object' || before === null || Array.isArray(before)) return [];
      return [before['arn'], before['id']].filter((id) => typeof id === 'string' && id !== '').slice(0, 1) as string[];
    });
}

function cleaned(acts: ActsElsewhere, redaction: Redaction): ActsElsewhere {
  const clean = (text: string): string => redaction.apply(text);
  return { elsewhere: acts.elsewhere.map(clean), unread: acts.unread.map(clean) };
}

/** Azure's provider knows no location: each resource has its own. */
function ownRegion(plan: PlanDocument, { cloud }: Target): string | null {
  const provider = { aws: 'aws', azure: null, gcp: 'google' }[cloud];
  if (provider === null) return null;
  let found = plan.configuration;
  for (const key of ['provider_config', provider, 'expressions', 'region', 'constant_value']) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return null;
    found = found[key] ?? null;
  }
  return typeof found === 'string' ? found : null;
}
