import { inputPorts } from '#shared/blueprint/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { BlastRadius, Review, ReviewInput } from '#shared/model/index.ts';
import { countChanges, isSecretReference, missingInputs, reviewInputs } from '../planner/index.ts';
import type { ResolvedRelease } from '../ports/index.ts';
import { mustType } from './approve.ts';
import type { Context } from './context.ts';
import type { DeploymentRecord } from './journal/index.ts';
import { toDeployment } from './to-deployment.ts';

const nothingWalked: BlastRadius = { hops: 0, affected: [], notMapped: [], mappedAt: null };

/** Everything the review screen shows of one deployment. */
export async function reviewOf(context: Context, record: DeploymentRecord): Promise<Review> {
  const deployment = await toDeployment(context, record);
  const release = await context.releases.resolve(`${record.blueprint}@${record.version}`);
  const inputs = await inputsShown(context, record, release);
  const { plan } = record;
  const exact = deployment.nodes.flatMap((node) => (node.planned === 'exact' ? node.changes : []));
  const expected = deployment.nodes.flatMap((node) =>
    node.planned === 'deferred' && node.digest === null ? (node.envelope?.addresses ?? []) : [],
  );
  const done = deployment.nodes.flatMap((node) =>
    node.planned === 'deferred' && node.digest !== null ? node.changes : [],
  );
  const blockers = blockersOf(context, record, inputs);
  return {
    deployment,
    counts: countChanges([...exact, ...done, ...expected]),
    inputs,
    inputPorts: inputPorts(release.document),
    radius: plan?.radius ?? nothingWalked,
    checks: plan?.checks ?? [],
    planSetDigest: plan?.planSetDigest ?? null,
    envelopeDigest: plan?.envelopeDigest ?? null,
    mustType: await mustType(context, record),
    expiresAt: plan?.expiresAt ?? null,
    approvable: blockers.length === 0,
    blockers,
  };
}

async function inputsShown(
  context: Context,
  record: DeploymentRecord,
  release: ResolvedRelease,
): Promise<ReviewInput[]> {
  const lost: string[] = [];
  for (const [name, value] of Object.entries(record.given)) {
    if (!isSecretReference(value)) continue;
    try {
      if ((await context.secrets.get(value.secret)) === null) lost.push(name);
    } catch (thrown) {
      // A keychain that does not answer is as good as a secret that is gone: the person is asked for it.
      context.logger.warn('orchestrator.secret', { name: value.secret, message: toAppError(thrown).message });
      lost.push(name);
    }
  }
  return reviewInputs({
    document: release.document,
    given: record.given,
    givenBy: record.givenBy,
    target: record.target,
    lost,
  });
}

function blockersOf(context: Context, record: DeploymentRecord, inputs: readonly ReviewInput[]): string[] {
  const { journal } = context;
  if (journal.damage !== null) return [`The journal is damaged and read-only: ${journal.damage}.`];
  const missing = missingInputs(inputs);
  const blockers = missing.length === 0 ? [] : [`Fill in ${missing.join(', ')}.`];
  switch (record.state) {
    case 'AWAITING_APPROVAL':
      if (record.plan !== null && journal.now() > record.plan.expiresAt) {
        blockers.push('The plan is too old to be approved: plan again.');
      }
      break;
    case 'PROPOSED':
    case 'RESOLVING':
    case 'PLANNING':
    case 'PLANNED':
      blockers.push('It is still being planned.');
      break;
    case 'POLICY_BLOCKED':
    case 'PLAN_FAILED':
    case 'NEEDS_REAPPROVAL':
    case 'NEEDS_OPERATOR':
    case 'PARTIAL':
      blockers.push(...record.problems.map((problem) => problem.message));
      if (record.problems.length === 0) blockers.push('Plan again to go on.');
      break;
    case 'EXPIRED':
      blockers.push('The plan has expired: plan again.');
      break;
    case 'APPROVED':
    case 'PREFLIGHT':
    case 'EXECUTING':
    case 'CANCELLING':
    case 'RECOVERING':
      blockers.push('It was approved and runs.');
      break;
    case 'SUCCEEDED':
    case 'CANCELLED':
    case 'REJECTED':
    case 'SUPERSEDED':
      blockers.push(`It is over: ${record.state}.`);
      break;
  }
  return blockers;
}
