import path from 'node:path';
import { rm } from 'node:fs/promises';
import type { JsonObject, Json } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { readPlanDocument, type PlanDocument } from '../../planner/index.ts';
import type { CloudAccess, TerraformWorkdir } from '../../ports/index.ts';
import type { DeployedNode, DriftDeps } from '../deps.ts';
import { ignoredAttributes } from './ignored-attributes.ts';
import { runningResources, type RunningResource } from './satellites.ts';
import { shapesOf, type Shape } from './shape.ts';

/** What one step's cloud and code say, read without changing either. */
export interface NodePlan {
  readonly node: DeployedNode;
  readonly plan: PlanDocument;
  readonly running: readonly RunningResource[];
  readonly shapeOf: (provider: string, type: string) => Shape;
  readonly isIgnored: (address: string, attribute: string) => boolean;
  /** Null when the code could be planned; otherwise why only the cloud's side is known. */
  readonly codeError: string | null;
}

export interface NodeReadOptions {
  readonly node: DeployedNode;
  readonly access: CloudAccess;
  /** Folder to work in; removed at the end, since it holds the step's secrets. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

const defaultTimeoutMs = 10 * 60 * 1000;

/**
 * Plans a step in a folder of its own. One normal plan tells both sides from one reading of the cloud: what moved
 * since the state was written (`resource_drift`) and what the code asks for. Only when the code cannot be planned, a
 * refresh-only plan tells the cloud's side alone. Nothing is applied, and no state is written.
 */
export async function readNode(deps: DriftDeps, options: NodeReadOptions): Promise<NodePlan> {
  const { node } = options;
  const missing = node.missing ?? [];
  if (missing.length > 0) {
    throw new AppError('credentials-missing', `The secret ${missing.join(', ')} is not known to this engine.`, {
      advice:
        'The browser shell keeps secrets only while it runs. Set GROUNDPLAN_SECRET_<ENVIRONMENT>_<INPUT> before starting, or use the desktop, which keeps them in the keychain.',
      details: { node: node.id, inputs: [...missing] },
    });
  }
  const timeoutMs = deps.nodeTimeoutMs ?? defaultTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const workdir = await deps.terraformTool.prepare({
      sources: node.sources,
      directory: options.directory,
      access: options.access,
      variables: node.variables,
      statePath: node.statePath,
      signal,
    });
    const { json, codeError } = await plan(deps, workdir, signal);
    const document = readPlanDocument(json);
    if (!document.ok) {
      throw new AppError('tool-failed', `The plan has a form that is not known: ${document.problems.join('; ')}`);
    }
    return {
      node,
      plan: document.value,
      running: runningResources(json),
      shapeOf: shapesOf(await deps.terraformTool.providerSchemas(workdir, signal)),
      isIgnored: await ignoredAttributes(workdir.path),
      codeError,
    };
  } catch (thrown) {
    if (timeout.aborted && !options.signal.aborted) {
      throw new AppError('timed-out', `The cloud did not answer within ${Math.round(timeoutMs / 1000)} s.`, {
        cause: thrown,
      });
    }
    throw thrown;
  } finally {
    await rm(options.directory, { recursive: true, force: true });
  }
}

async function plan(
  deps: DriftDeps,
  workdir: TerraformWorkdir,
  signal: AbortSignal,
): Promise<{ readonly json: Json; readonly codeError: string | null }> {
  try {
    const planned = await deps.terraformTool.plan(workdir, { mode: 'normal', signal });
    return { json: planned.json, codeError: null };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== 'plan-failed' || signal.aborted) throw error;
    try {
      const { json } = await deps.terraformTool.plan(workdir, { mode: 'refresh-only', signal });
      return { json, codeError: error.message };
    } catch {
      // The cloud cannot be read either; why the plan failed is the better explanation.
      throw error;
    }
  }
}

/** Where checks of an environment work. */
export function checkFolder(work: string, environment: string): string {
  return path.join(work, 'drift', environment);
}

/** Texts of a step's secret variables, in whatever depth. Very short ones would hide everything and are left out. */
export function secretTexts(node: DeployedNode): string[] {
  return node.sensitive.flatMap((name) => textsIn(node.variables[name] ?? null));
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return value.length < 3 ? [] : [value];
  if (typeof value === 'number') return textsIn(String(value));
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as JsonObject).flatMap(textsIn);
}

/** A message of a tool with every secret taken out. */
export function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '(sensitive)'), message);
}
