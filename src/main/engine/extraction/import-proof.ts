import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { EnvironmentDocument, InstanceProof, Proof } from '#shared/model/index.ts';
import type { CloudAccess, ResolvedBlueprint } from '#engine/ports/index.ts';
import {
  inputsOf,
  isSecretReference,
  stepsOf,
  type InputValues,
  type OutputLookup,
  type Step,
} from '../planner/index.ts';
import type { PatternsDeps } from './deps.ts';
import { readProofPlan } from './read-proof-plan.ts';

export type ProofEvent =
  | { readonly type: 'doing'; readonly instance: string; readonly node: string; readonly text: string }
  | { readonly type: 'instance'; readonly proof: InstanceProof };

const nothing = { imports: 0, add: 0, change: 0, destroy: 0, differences: [], stateOnly: [] };

/**
 * Proves environments against what runs: for each, node by node in stage order, a real plan with import blocks. What a
 * node takes from another is what that node's own plan read from the cloud, never a made-up value; a node whose
 * upstream has no such value is not run, and says so.
 */
export async function* proveEnvironments(
  deps: PatternsDeps,
  blueprint: ResolvedBlueprint,
  options: { readonly environments: readonly EnvironmentDocument[]; readonly signal: AbortSignal },
): AsyncGenerator<ProofEvent> {
  for (const environment of options.environments) {
    yield* proveEnvironment(deps, blueprint, { environment, signal: options.signal });
  }
}

interface EnvironmentOptions {
  readonly environment: EnvironmentDocument;
  readonly signal: AbortSignal;
}

async function* proveEnvironment(
  deps: PatternsDeps,
  blueprint: ResolvedBlueprint,
  { environment, signal }: EnvironmentOptions,
): AsyncGenerator<ProofEvent> {
  const instance = environment.environment;
  const inputs = inputValues(environment);
  const steps = stepsOf(blueprint, environment.target, inputs);
  const outputs = new Map<string, Readonly<Record<string, Json>>>();
  let access: CloudAccess | null = null;
  let noAccess: string | null = null;
  try {
    access = await deps.cloudAccess.accessFor(environment.target, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    noAccess = sentence(toAppError(error));
  }
  for (const step of steps) {
    signal.throwIfAborted();
    const imports = environment.imports?.[step.id] ?? {};
    if (Object.keys(imports).length === 0) continue;
    const base = { instance, node: step.id, ...nothing };
    if (access === null) {
      yield { type: 'instance', proof: { ...base, status: 'failed', problem: noAccess } };
      continue;
    }
    const count = Object.keys(imports).length;
    yield { type: 'doing', instance, node: step.id, text: `Planning ${count} imports` };
    const { proof, values } = await proveStep(deps, step, { access, imports, inputs, outputs, base, signal });
    if (values !== null) outputs.set(step.id, values);
    yield { type: 'instance', proof };
  }
}

interface StepOptions {
  readonly access: CloudAccess;
  readonly imports: Readonly<Record<string, string>>;
  readonly inputs: InputValues;
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, Json>>>;
  readonly base: Omit<InstanceProof, 'status' | 'problem'>;
  readonly signal: AbortSignal;
}

interface StepProof {
  readonly proof: InstanceProof;
  /** What the plan read for the node's outputs; null when it did not run. */
  readonly values: Readonly<Record<string, Json>> | null;
}

async function proveStep(deps: PatternsDeps, step: Step, options: StepOptions): Promise<StepProof> {
  const { base, signal } = options;
  const lookup: OutputLookup = (node, output) => {
    const value = options.outputs.get(node)?.[output];
    return value === undefined ? { state: 'unknown', sensitive: false } : { state: 'known', value, sensitive: false };
  };
  const { variables, waitsFor, problems } = inputsOf(step, { inputs: options.inputs, outputs: lookup });
  const [waiting] = waitsFor;
  if (problems.length > 0 || waiting !== undefined) {
    const problem =
      waiting === undefined
        ? problems.join(' ')
        : `${waiting.input} comes from ${waiting.node}.${waiting.output}, which the plan of ${waiting.node} does not know.`;
    return { proof: { ...base, status: 'not-run', problem }, values: null };
  }
  const folder = path.join(deps.workspace.paths.work, `proof-${base.instance}-${step.id}`);
  try {
    await rm(folder, { recursive: true, force: true });
    const workdir = await deps.tool.prepare({
      sources: step.sources,
      directory: path.join(folder, 'run'),
      access: options.access,
      variables: { ...unknownToUs(step, variables), ...variables },
      statePath: path.join(folder, 'state', 'terraform.tfstate'),
      imports: options.imports,
      signal,
    });
    const plan = await deps.tool.plan(workdir, { mode: 'normal', signal });
    const { outputs, ...counts } = readProofPlan(plan.json);
    return { proof: judged({ ...base, ...counts }, options.imports), values: outputs };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return { proof: { ...base, status: 'failed', problem: sentence(error) }, values: null };
  } finally {
    // The plan file holds what the cloud told, secrets included.
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Secrets and what only the person who deploys can know: null, which says "not given". The code ignores changes of
 * these attributes on what runs already, so the plan does not depend on them.
 */
function unknownToUs(step: Step, known: JsonObject): JsonObject {
  const names = Object.keys(step.set).filter((name) => !Object.hasOwn(known, name));
  const required = names.filter((name) => step.artifact.inputs.required.includes(name));
  return Object.fromEntries(required.map((name): [string, Json] => [name, null]));
}

function judged(
  proof: Omit<InstanceProof, 'status' | 'problem'>,
  imports: Readonly<Record<string, string>>,
): InstanceProof {
  const expected = Object.keys(imports).length;
  const clean = proof.add === 0 && proof.change === 0 && proof.destroy === 0 && proof.differences.length === 0;
  const missing = expected - proof.imports;
  return {
    ...proof,
    status: clean && missing === 0 ? 'proven' : 'differs',
    problem: missing === 0 ? null : `The plan imports ${proof.imports} of ${expected} resources.`,
  };
}

function inputValues(environment: EnvironmentDocument): InputValues {
  const given = Object.entries(environment.inputs ?? {}).filter(([, value]) => !isSecretReference(value));
  return Object.fromEntries(given.map(([name, value]) => [name, { value, sensitive: false }]));
}

function sentence(error: AppError): string {
  return error.advice === null ? error.message : `${error.message} ${error.advice}`;
}

/** The outcome over all instances. Nothing proven is not a proof. */
export function proofOf(
  blueprint: string,
  instances: readonly InstanceProof[],
  made: { readonly at: number; readonly tool: string },
): Proof {
  return {
    blueprint,
    proven: instances.length > 0 && instances.every((instance) => instance.status === 'proven'),
    ...made,
    instances: [...instances],
  };
}
