import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { Actor } from '#shared/model/index.ts';
import { countChanges } from '../planner/index.ts';
import type { Context } from './context.ts';
import { isExecuting, type DeploymentRecord } from './journal/index.ts';
import { tidy } from './tidy.ts';

export interface ApprovalRequest {
  readonly id: string;
  readonly planSetDigest: string;
  readonly envelopeDigest: string;
  readonly typed: string | null;
}

/**
 * A person's consent to one plan: refused unless it names the very digests of the plan that waits, in time, with the
 * environment's name typed where something is destroyed. Signed by this desktop, on disk when this resolves.
 */
export async function approve(context: Context, request: ApprovalRequest, actor: Actor): Promise<void> {
  assertPerson(actor, 'approve a deployment');
  const { journal } = context;
  const record = journal.record(request.id);
  const { plan } = record;
  assertWaiting(record);
  if (plan === null || plan.planSetDigest === null || plan.envelopeDigest === null) {
    throw new AppError('conflict', 'Inputs are still missing, so there is no complete plan to approve.', {
      advice: 'Fill them in; it is planned again then.',
    });
  }
  if (journal.now() > plan.expiresAt) {
    journal.append(record.id, { type: 'state', state: 'EXPIRED' });
    throw new AppError('approval-expired', 'The plan is too old to be approved.', {
      advice: 'Plan again; nothing else is lost.',
    });
  }
  if (request.planSetDigest !== plan.planSetDigest || request.envelopeDigest !== plan.envelopeDigest) {
    throw new AppError('approval-mismatch', 'This is not the plan that waits for approval.', {
      advice: 'It was planned again meanwhile. Read the new plan, then decide.',
    });
  }
  const name = await mustType(context, record);
  if (name !== null && request.typed !== name) {
    throw new AppError('bad-input', `Something is destroyed or replaced: type ${name} to approve.`, {
      details: { mustType: name },
    });
  }
  for (const node of record.nodes) if (node.plan.planFile !== null) await context.plans.check(node.plan.planFile);
  assertAlone(context, record);
  // Between the checks above and here others may have decided; the journal has one order.
  assertWaiting(journal.record(record.id));
  const nonce = randomUUID();
  const digests = { planSetDigest: plan.planSetDigest, envelopeDigest: plan.envelopeDigest };
  journal.approve(
    record.id,
    { type: 'approved', nonce, ...digests, expiresAt: plan.expiresAt, by: actor },
    {
      deployment: record.id,
      ...digests,
      policyBundleDigest: plan.policyDigest,
      radius: { affected: plan.radius.affected.length, mappedAt: plan.radius.mappedAt },
      estimate: { ...plan.estimate },
      target: { ...record.target },
      account: plan.accountId,
      states: record.nodes.map((node) => ({ node: node.plan.id, state: node.plan.stateIdentity })),
      proposer: { ...record.proposedBy },
      approver: { ...actor },
      issuedAt: journal.now(),
      expiresAt: plan.expiresAt,
      nonce,
    },
  );
  await supersedeOthers(context, record);
}

/** Approving, rejecting and filling in are acts of a person on a screen. Throws `forbidden`. */
export function assertPerson(actor: Actor, act: string): void {
  if (actor.kind === 'person') return;
  throw new AppError('forbidden', `Only a person on the review screen may ${act}.`, {
    advice: 'Open the review screen and decide there.',
  });
}

function assertWaiting(record: DeploymentRecord): void {
  if (record.state === 'AWAITING_APPROVAL') return;
  if (record.approval !== null) {
    throw new AppError('approval-used', 'This deployment was approved already; an approval is used once.', {
      details: { state: record.state },
    });
  }
  if (record.state === 'EXPIRED') {
    throw new AppError('approval-expired', 'The plan is too old to be approved.', { advice: 'Plan again.' });
  }
  throw new AppError('conflict', `There is nothing to approve: the deployment is ${record.state}.`, {
    details: { state: record.state },
  });
}

function assertAlone(context: Context, record: DeploymentRecord): void {
  const other = context.journal
    .records()
    .find((one) => one.id !== record.id && one.environment === record.environment && isExecuting(one.state));
  if (other === undefined) return;
  throw new AppError('conflict', `Another deployment of ${record.environment} is running.`, {
    advice: 'Wait until it is done; then plan this one again.',
    details: { deployment: other.id },
  });
}

/** Other plans for the same environment were made on a state that will have moved. */
async function supersedeOthers(context: Context, record: DeploymentRecord): Promise<void> {
  for (const other of context.journal.records()) {
    if (other.id === record.id || other.environment !== record.environment) continue;
    if (other.state === 'AWAITING_APPROVAL' || other.state === 'POLICY_BLOCKED') {
      context.journal.append(other.id, { type: 'state', state: 'SUPERSEDED', evidence: { by: record.id } });
      await tidy(context, other);
    }
  }
}

/** The name that must be typed because something is destroyed or replaced; null when nothing is. */
export async function mustType(context: Context, record: DeploymentRecord): Promise<string | null> {
  if (record.kind === 'remove') return record.environment;
  for (const { plan } of record.nodes) {
    if (plan.document === null) continue;
    const counts = countChanges((await context.plans.document(plan.document)).changes);
    if (counts.delete + counts.replace > 0) return record.environment;
  }
  return null;
}
