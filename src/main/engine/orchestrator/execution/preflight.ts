import { AppError, toAppError } from '#shared/errors/index.ts';
import type { Problem } from '#shared/model/index.ts';
import { canonicalJson, digestOf, driftOf, readPlanDocument } from '../../planner/index.ts';
import type { CloudAccess } from '../../ports/index.ts';
import { parallelSteps, problemOf, type Context } from '../context.ts';
import { inOrder } from '../in-order.ts';
import type { DeploymentRecord, NodeRecord } from '../journal/index.ts';
import { assertDeployable } from '../planning/assemble.ts';
import { accessTo } from '../planning/plan-deployment.ts';
import { readPolicy } from '../planning/policy-files.ts';
import type { ToolIdentity } from '../planning/tool-digest.ts';
import { refuseUnsavedState } from './unsaved-state.ts';
import { workdirFor } from './workdir-for.ts';

export interface PreflightOptions {
  readonly toolIdentity: () => Promise<ToolIdentity>;
  readonly signal: AbortSignal;
}

/** What stands between an approval and its first apply; empty when nothing moved. */
export interface PreflightResult {
  readonly access: CloudAccess | null;
  readonly problems: readonly Problem[];
}

/**
 * Checks again, right before anything runs, that everything is as it was approved: the approval itself, the bytes of
 * every plan, the tool, the policy, the account, every state's serial, and (by a refresh-only plan) the cloud.
 */
export async function preflight(
  context: Context,
  record: DeploymentRecord,
  options: PreflightOptions,
): Promise<PreflightResult> {
  const problems: Problem[] = [];
  const attempt = async (node: string | null, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      if (options.signal.aborted) throw thrown;
      const { code, message, advice } = toAppError(thrown);
      problems.push(problemOf({ code, message, advice, node }));
    }
  };
  await attempt(null, async () => checkApproval(context, record));
  await attempt(null, () => checkTool(record, options));
  await attempt(null, () => checkPolicy(context, record));
  await attempt(null, async () => {
    assertDeployable(await context.releases.resolve(`${record.blueprint}@${record.version}`), record);
  });
  const open = record.nodes.filter((node) => !['DONE', 'NOOP'].includes(node.state));
  for (const node of open) {
    const file = node.plan.planFile;
    if (file !== null) await attempt(node.plan.id, () => context.plans.check(file));
  }
  let access: CloudAccess | null = null;
  await attempt(null, async () => {
    access = await accessTo(context, record, options.signal);
  });
  if (access !== null && problems.length === 0) {
    const credentials: CloudAccess = access;
    const items = open.map((node) => ({ id: node.plan.id, after: [], node }));
    await inOrder(items, {
      limit: parallelSteps,
      signal: options.signal,
      work: ({ node }) =>
        attempt(node.plan.id, () =>
          checkReality(context, { record, node, access: credentials, signal: options.signal }),
        ),
    });
  }
  return { access, problems };
}

function checkApproval(context: Context, record: DeploymentRecord): void {
  const { approval, plan } = record;
  if (approval === null || plan === null) throw new AppError('approval-mismatch', 'There is no approval.');
  const body = context.journal.approval(approval.nonce);
  const bound = { planSetDigest: plan.planSetDigest, envelopeDigest: plan.envelopeDigest };
  const signed = { planSetDigest: body['planSetDigest'] ?? null, envelopeDigest: body['envelopeDigest'] ?? null };
  if (body['deployment'] !== record.id || canonicalJson(bound) !== canonicalJson(signed)) {
    throw new AppError('approval-mismatch', 'The approval is for another plan.', {
      advice: 'Plan again and approve the new plan.',
    });
  }
  if (context.journal.now() > approval.expiresAt) {
    throw new AppError('approval-expired', 'The approval has expired.', {
      advice: 'Plan again and approve the new plan.',
    });
  }
}

async function checkTool(record: DeploymentRecord, options: PreflightOptions): Promise<void> {
  const tool = await options.toolIdentity();
  if (tool.digest === record.plan?.tool.digest) return;
  throw new AppError('digest-mismatch', `${tool.name} is another program than the one that planned this.`, {
    advice: 'It was updated or replaced meanwhile. Plan again with it.',
  });
}

async function checkPolicy(context: Context, record: DeploymentRecord): Promise<void> {
  const policy = await readPolicy(context.workspace.paths.policy);
  if (policy.digest === record.plan?.policyDigest) return;
  throw new AppError('approval-mismatch', 'The policy changed since this was approved.', {
    advice: 'Plan again, so that it is checked against the policy of today.',
  });
}

interface RealityCheck {
  readonly record: DeploymentRecord;
  readonly node: NodeRecord;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
}

async function checkReality(context: Context, { record, node, access, signal }: RealityCheck): Promise<void> {
  const { plan } = node;
  // Nothing to run, nothing that could have moved.
  if (plan.planned === 'exact' && plan.planFile === null) return;
  const workdir = await workdirFor(context, { record, plan, access, signal });
  await refuseUnsavedState(workdir, plan.id);
  const identity = await context.terraformTool.stateIdentity(workdir, signal);
  if (canonicalJson(identity === null ? null : { ...identity }) !== canonicalJson(plan.stateIdentity)) {
    throw new AppError('state-moved', `The state of ${plan.id} changed since it was planned.`, {
      advice: 'Plan again and approve the new plan.',
      details: { step: plan.id, planned: plan.stateIdentity?.serial ?? null, found: identity?.serial ?? null },
    });
  }
  if (identity === null || plan.driftDigest === null) return;
  const refreshed = await context.terraformTool.plan(workdir, { mode: 'refresh-only', signal });
  const document = readPlanDocument(refreshed.json);
  if (!document.ok || digestOf(driftOf(document.value)) !== plan.driftDigest) {
    throw new AppError('state-moved', `What runs of ${plan.id} changed since it was planned.`, {
      advice: 'Plan again: the new plan shows what moved.',
      details: { step: plan.id },
    });
  }
}
