import path from 'node:path';
import { rm } from 'node:fs/promises';
import PQueue from 'p-queue';
import { toAppError, type AppError } from '#shared/errors/index.ts';
import type { DriftReport, Target } from '#shared/model/index.ts';
import type { CloudAccess } from '../../ports/index.ts';
import type { DeployedNode, DriftDeps } from '../deps.ts';
import { classify, type FoundItem } from './classify.ts';
import { checkFolder, readNode, secretTexts, withoutSecrets, type NodePlan } from './read-node.ts';

/** What a check found; nothing is decided or stored yet. */
export interface CheckOutcome {
  readonly items: readonly FoundItem[];
  readonly failures: DriftReport['failures'];
  /** Steps of which nothing is known. */
  readonly unread: readonly string[];
}

/**
 * Compares every step of an environment with its cloud and its code. Steps that cannot be read are failures by name.
 * Throws `cancelled` when the signal aborts.
 */
export async function checkEnvironment(
  deps: DriftDeps,
  environment: string,
  options: { readonly nodes: readonly DeployedNode[]; readonly signal: AbortSignal },
): Promise<CheckOutcome> {
  const { nodes, signal } = options;
  const folder = checkFolder(deps.workspace.paths.work, environment);
  // What a check that died left behind holds secrets.
  await rm(folder, { recursive: true, force: true });
  const accessFor = rememberAccess(deps, signal);
  const queue = new PQueue({ concurrency: deps.parallelNodes ?? 3 });
  const read: NodePlan[] = [];
  const failures: DriftReport['failures'] = [];
  const unread: string[] = [];
  try {
    await Promise.all(
      nodes.map((node) =>
        queue.add(async () => {
          signal.throwIfAborted();
          try {
            const access = await accessFor(node.target);
            read.push(await readNode(deps, { node, access, directory: path.join(folder, node.id), signal }));
          } catch (thrown) {
            signal.throwIfAborted();
            const error = toAppError(thrown);
            deps.logger.warn('drift.node-not-read', { environment, node: node.id, code: error.code });
            failures.push({ node: node.id, message: failureText(error, node) });
            unread.push(node.id);
          }
        }),
      ),
    );
  } catch (thrown) {
    queue.clear();
    // What already runs has the signal too; its folders are removed once it has ended.
    await queue.onIdle();
    throw toAppError(thrown);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const running = read.flatMap((one) => one.running);
  for (const { node, codeError } of read) {
    if (codeError === null) continue;
    const message = `Its code could not be planned, so only what moved in the cloud is told: ${codeError}`;
    failures.push({ node: node.id, message: withoutSecrets(message, secretTexts(node)) });
  }
  const secrets = nodes.flatMap(secretTexts);
  const order = nodes.map((node) => node.id);
  const byOrder = (one: string, other: string): number => order.indexOf(one) - order.indexOf(other);
  const items = read
    .toSorted((one, other) => byOrder(one.node.id, other.node.id))
    .flatMap((one) => classifyNode(environment, one, { running, secrets }));
  return {
    items: await withResourceIds(deps, nodes, items),
    failures: failures.sort((one, other) => byOrder(one.node, other.node)),
    unread,
  };
}

/** The differences of one step that was read. */
export function classifyNode(
  environment: string,
  { node, plan, codeError, shapeOf, isIgnored }: NodePlan,
  around: { readonly running: NodePlan['running']; readonly secrets: readonly string[] },
): FoundItem[] {
  return classify({ environment, node: node.id, plan, codeRead: codeError === null, shapeOf, isIgnored, ...around });
}

function failureText(error: AppError, node: DeployedNode): string {
  const text = error.advice === null ? error.message : `${error.message} ${error.advice}`;
  return withoutSecrets(text, secretTexts(node));
}

/** Credentials are resolved once per target, not once per step. */
function rememberAccess(deps: DriftDeps, signal: AbortSignal): (target: Target) => Promise<CloudAccess> {
  const known = new Map<string, Promise<CloudAccess>>();
  return (target) => {
    const key = `${target.cloud}/${target.account}/${target.region}`;
    const access = known.get(key) ?? deps.cloudAccess.accessFor(target, signal);
    known.set(key, access);
    return access;
  };
}

async function withResourceIds(
  deps: DriftDeps,
  nodes: readonly DeployedNode[],
  items: readonly FoundItem[],
): Promise<FoundItem[]> {
  const { resourceIdOf } = deps;
  if (resourceIdOf === undefined) return [...items];
  return Promise.all(
    items.map(async (found): Promise<FoundItem> => {
      const target = nodes.find((node) => node.id === found.item.node)?.target;
      const { cloudId } = found.item;
      if (target === undefined || cloudId === null) return found;
      const resourceId = await resourceIdOf({ cloudId, arn: found.arn, target }).catch((thrown: unknown) => {
        // The link into the estate is a convenience; the difference counts without it.
        deps.logger.warn('drift.resource-not-found', { cloudId, message: toAppError(thrown).message });
        return null;
      });
      return { ...found, item: { ...found.item, resourceId } };
    }),
  );
}
