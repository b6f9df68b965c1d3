import type { Json, JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  nameSchema,
  type Actor,
  type Deployment,
  type EnvironmentDocument,
  type ProposalInput,
} from '#shared/model/index.ts';
import { canonicalJson, checkGivenInputs, isSecretReference } from '../planner/index.ts';
import type { ResolvedRelease } from '../ports/index.ts';
import type { Context } from './context.ts';
import { isExecuting, type DeploymentRecord } from './journal/index.ts';
import { assertDeployable } from './planning/assemble.ts';

export interface Proposal extends Omit<ProposalInput, 'kind'> {
  readonly kind: ProposalInput['kind'] | 'revert';
}

/** Checks a proposal and records it; the planning begins afterwards. Returns the new deployment's id. */
export async function recordProposal(context: Context, proposal: Proposal, actor: Actor): Promise<string> {
  context.workspace.assertWritable();
  assertName(proposal.environment);
  const release = await context.releases.resolve(proposal.blueprint);
  const existing = await context.environments.read(proposal.environment);
  assertStatesExist(existing);
  const kind = kindOf(context, proposal, existing);
  assertDeployable(release, { kind, proposedBy: actor });
  if (release.release.type !== 'blueprint') {
    throw new AppError('bad-input', `${proposal.blueprint} is an artifact; a blueprint is deployed.`, {
      advice: 'Put it into a blueprint and publish that.',
    });
  }
  assertSameTarget(context, proposal, existing);
  assertNothingRuns(context, proposal.environment);
  const given = await keepSecrets(context, { release, proposal, actor });
  assertImmutable(release, existing, given);
  const kept: JsonObject = { ...existing?.inputs, ...given };
  const id = context.journal.newId();
  context.journal.append(id, {
    type: 'proposed',
    kind,
    environment: proposal.environment,
    blueprint: release.release.name,
    version: release.release.version,
    releaseDigest: release.release.digest,
    target: proposal.target,
    given: knownOnly(release, kept),
    givenBy: Object.fromEntries(Object.keys(kept).map((name) => [name, 'proposer'] as const)),
    imports: existing?.imports ?? {},
    reason: proposal.reason,
    by: actor,
  });
  return id;
}

/** The name becomes part of paths, so it is checked here whatever a screen has checked. */
function assertName(environment: string): void {
  const name = nameSchema.safeParse(environment);
  if (name.success) return;
  throw new AppError('bad-input', `"${environment}" is no name for an environment.`, {
    advice: name.error.issues[0]?.message ?? 'Use lower-case letters, digits and dashes.',
    details: { field: 'environment' },
  });
}

/** What runs already and has no state yet would be made a second time. */
function assertStatesExist(existing: EnvironmentDocument | null): void {
  if (existing?.state?.ready !== false) return;
  throw new AppError('conflict', `The states of ${existing.environment} are not there yet.`, {
    advice: 'It comes from a root that was taken apart: prove the split with its state and push the states first.',
    details: { environment: existing.environment },
  });
}

function kindOf(context: Context, proposal: Proposal, existing: EnvironmentDocument | null): Deployment['kind'] {
  const managed = context.journal.tables.managed(proposal.environment).length > 0;
  if (proposal.kind === 'revert') return 'revert';
  if (proposal.kind === 'remove') {
    if (managed) return 'remove';
    throw new AppError('not-found', `Nothing is deployed as ${proposal.environment}, so nothing can be removed.`, {
      details: { environment: proposal.environment },
    });
  }
  if (managed) return 'change';
  return existing?.imports !== undefined && Object.keys(existing.imports).length > 0 ? 'adopt' : 'create';
}

function assertSameTarget(context: Context, proposal: Proposal, existing: EnvironmentDocument | null): void {
  const managed = context.journal.tables.managed(proposal.environment);
  const [first] = managed;
  const before = existing?.target ?? (first === undefined ? null : context.journal.record(first.deployment).target);
  if (before === null || canonicalJson({ ...before }) === canonicalJson({ ...proposal.target })) return;
  throw new AppError(
    'conflict',
    `${proposal.environment} runs in ${before.account}/${before.region}; an environment does not move.`,
    { advice: 'Give the new place an environment of its own.', details: { environment: proposal.environment } },
  );
}

function assertNothingRuns(context: Context, environment: string): void {
  const running = context.journal
    .records()
    .find((record) => record.environment === environment && isExecuting(record.state));
  if (running === undefined) return;
  throw new AppError('conflict', `A deployment of ${environment} is running.`, {
    advice: 'Wait until it is done, or cancel it.',
    details: { deployment: running.id },
  });
}

function assertImmutable(release: ResolvedRelease, existing: EnvironmentDocument | null, given: JsonObject): void {
  for (const [name, value] of Object.entries(given)) {
    const before = existing?.inputs?.[name];
    if (release.document.inputs?.[name]?.immutable !== true || before === undefined) continue;
    if (canonicalJson(before) === canonicalJson(value)) continue;
    throw new AppError('bad-input', `"${name}" cannot change once the environment exists.`, {
      advice: 'Make a new environment for another value.',
      details: { input: name },
    });
  }
}

/** Inputs that a newer version no longer has are left behind. */
function knownOnly(release: ResolvedRelease, given: JsonObject): JsonObject {
  const declared = release.document.inputs ?? {};
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(declared, name)));
}

/**
 * Checks given values and puts secret ones where secrets are kept; what comes back holds only their names.
 * Throws `bad-input` naming every wrong one, never a secret's value.
 */
export async function keepSecrets(
  context: Context,
  from: {
    readonly release: ResolvedRelease;
    readonly proposal: { readonly environment: string; readonly inputs: JsonObject };
    readonly actor: Actor;
  },
): Promise<JsonObject> {
  const { release, proposal, actor } = from;
  const problems = checkGivenInputs(release.document, proposal.inputs, actor.kind);
  if (problems.length > 0) {
    throw new AppError('bad-input', problems.map((problem) => problem.message).join(' '), {
      advice: `Look at the inputs of ${release.release.name}@${release.release.version}.`,
      details: { inputs: problems.map((problem) => problem.input) },
    });
  }
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(proposal.inputs)) {
    const declared = release.document.inputs?.[name];
    kept[name] =
      declared?.sensitive === true && !isSecretReference(value)
        ? await keepSecret(context, `${proposal.environment}/${name}`, value)
        : value;
  }
  return kept;
}

async function keepSecret(context: Context, name: string, value: Json): Promise<JsonObject> {
  await context.secrets.put(name, typeof value === 'string' ? value : JSON.stringify(value));
  return { secret: name };
}

/** What an agent may see: its own proposals. Everything else does not exist for it. */
export function visibleTo(record: DeploymentRecord, actor: Actor): boolean {
  return actor.kind !== 'agent' || (record.proposedBy.kind === 'agent' && record.proposedBy.name === actor.name);
}
