import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  isSecretReference,
  reversed,
  stepsOf,
  type InputValues,
  type OutputLookup,
  type Step,
} from '../../planner/index.ts';
import type { ResolvedRelease, SecretSource } from '../../ports/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord, PlannedStep, SavedOutput } from '../journal/index.ts';

/** The steps of a deployment in their order, and the values they start from. */
export interface Assembly {
  readonly release: ResolvedRelease;
  readonly inputs: InputValues;
  /** Sensitive inputs whose secret nobody has given (or a restart has lost). */
  readonly lost: readonly string[];
  readonly steps: readonly { readonly step: Step; readonly mode: PlannedStep['mode'] }[];
}

/** Resolves release, inputs and steps of a deployment anew. Throws when the release may not be deployed. */
export async function assemble(context: Context, record: DeploymentRecord): Promise<Assembly> {
  const release = await deployableRelease(context, record);
  const { inputs, lost } = await inputValues(context.secrets, release, record);
  const steps = stepsOf(release, record.target, inputs);
  if (record.kind === 'remove') {
    return { release, inputs, lost, steps: reversed(steps).map((step) => ({ step, mode: 'destroy' })) };
  }
  const gone = await abandonedSteps(context, record, steps);
  return {
    release,
    inputs,
    lost,
    steps: [
      ...steps.map((step) => ({ step, mode: 'apply' as const })),
      ...gone.map((step) => ({ step, mode: 'destroy' as const })),
    ],
  };
}

async function deployableRelease(context: Context, record: DeploymentRecord): Promise<ResolvedRelease> {
  const release = await context.releases.resolve(`${record.blueprint}@${record.version}`);
  assertDeployable(release, record);
  if (record.releaseDigest !== release.release.digest) {
    throw new AppError('digest-mismatch', `${record.blueprint}@${record.version} is not the one that was proposed.`, {
      advice: 'Propose it again.',
      details: { expected: record.releaseDigest, found: release.release.digest },
    });
  }
  return release;
}

/** Refuses a release that was altered, withdrawn, or is not for agents when one proposed it. */
export function assertDeployable(
  release: ResolvedRelease,
  wanted: { readonly kind: DeploymentRecord['kind']; readonly proposedBy: DeploymentRecord['proposedBy'] },
): void {
  const name = `${release.release.name}@${release.release.version}`;
  if (wanted.proposedBy.kind === 'agent' && release.release.audience.agents !== 'propose') {
    throw new AppError('not-found', `There is no blueprint ${name} for agents.`, { details: { blueprint: name } });
  }
  if (!release.intact) {
    throw new AppError('digest-mismatch', `${name} in the catalog was altered after it was published.`, {
      advice: 'Put back its folder from git, or publish a new version.',
      details: { blueprint: name },
    });
  }
  // What runs on a withdrawn version must still be removable.
  if (release.release.status === 'withdrawn' && wanted.kind !== 'remove') {
    throw new AppError('forbidden', `${name} was withdrawn: ${release.release.reason ?? 'no reason given'}.`, {
      advice: release.release.successor === null ? 'Choose another version.' : `Use ${release.release.successor}.`,
      details: { blueprint: name },
    });
  }
}

async function inputValues(
  secrets: SecretSource,
  release: ResolvedRelease,
  record: DeploymentRecord,
): Promise<{ inputs: InputValues; lost: string[] }> {
  const inputs: Record<string, { value: Json; sensitive: boolean }> = {};
  const lost: string[] = [];
  for (const [name, declared] of Object.entries(release.document.inputs ?? {})) {
    const given = Object.hasOwn(record.given, name) ? record.given[name] : undefined;
    if (given === undefined) continue;
    if (declared.sensitive === true && isSecretReference(given)) {
      const value = await secrets.get(given.secret);
      if (value === null) lost.push(name);
      else inputs[name] = { value: secretValue(value, declared.type), sensitive: true };
    } else {
      inputs[name] = { value: given, sensitive: declared.sensitive === true };
    }
  }
  return { inputs, lost };
}

/** Secrets are kept as text; one that is no text itself was kept as JSON. */
function secretValue(text: string, type: string): Json {
  return type === 'string' ? text : (JSON.parse(text) as Json);
}

/** Steps that an earlier version made and this one no longer has: they are taken down after everything else. */
async function abandonedSteps(context: Context, record: DeploymentRecord, steps: readonly Step[]): Promise<Step[]> {
  const kept = new Set(steps.map((step) => step.id));
  const gone = new Map<string, string>();
  for (const row of context.journal.tables.managed(record.environment)) {
    if (!kept.has(row.step)) gone.set(row.step, row.deployment);
  }
  const found: Step[] = [];
  for (const deployment of new Set(gone.values())) {
    const earlier = context.journal.record(deployment);
    const release = await context.releases.resolve(`${earlier.blueprint}@${earlier.version}`);
    const { inputs } = await inputValues(context.secrets, release, earlier);
    const old = reversed(stepsOf(release, record.target, inputs));
    found.push(...old.filter((step) => gone.get(step.id) === deployment));
  }
  const last = Math.max(0, ...steps.map((step) => step.stage));
  const ids = new Set(found.map((step) => step.id));
  return found.map((step) => ({
    ...step,
    stage: last + step.stage,
    after: [...step.after.filter((id) => ids.has(id)), ...kept],
  }));
}

/** What is known of outputs: from plans made in this round first, then what was saved. */
export function outputLookup(
  saved: ReadonlyMap<string, Readonly<Record<string, SavedOutput>>>,
  planned: (
    step: string,
  ) => Readonly<Record<string, { known: boolean; value: Json; sensitive: boolean }>> | 'deferred' | null,
): OutputLookup {
  return (step, output) => {
    const fromPlan = planned(step);
    if (fromPlan === 'deferred') return { state: 'unknown', sensitive: false };
    if (fromPlan !== null) {
      const found = fromPlan[output];
      if (found === undefined) return { state: 'error', message: `${step} gives no output "${output}".` };
      return found.known
        ? { state: 'known', value: found.value, sensitive: found.sensitive }
        : { state: 'unknown', sensitive: found.sensitive };
    }
    const found = saved.get(step)?.[output];
    return found === undefined ? { state: 'unknown', sensitive: false } : { state: 'known', ...found };
  };
}
