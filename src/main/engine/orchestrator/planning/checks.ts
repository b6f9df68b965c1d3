import { toAppError } from '#shared/errors/index.ts';
import type { BlastRadius, ReviewCheck } from '#shared/model/index.ts';
import type { Context } from '../context.ts';
import type { DeploymentRecord } from '../journal/index.ts';
import type { StepPlan } from './plan-step.ts';

/** What else is touched. A map that cannot be asked now is told, and does not keep a plan from being read. */
export async function walkRadius(
  context: Context,
  record: DeploymentRecord,
  { ids, signal }: { readonly ids: readonly string[]; readonly signal: AbortSignal },
): Promise<{ radius: BlastRadius; check: ReviewCheck }> {
  const base = { id: 'radius', title: 'What else is affected' };
  try {
    const radius = await context.blastRadius({ ids, target: record.target }, signal);
    const blind = [...new Set(radius.notMapped.map((cell) => cell.kind))];
    const unknown = radius.mappedAt === null || blind.length > 0;
    const detail =
      radius.mappedAt === null
        ? 'The target was never mapped, so what hangs on it is not known.'
        : `${radius.affected.length} existing resources affected.${blind.length === 0 ? '' : ` Not mapped: ${blind.join(', ')}.`}`;
    return { radius, check: { ...base, status: unknown ? 'unknown' : 'passed', detail } };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const { message } = toAppError(thrown);
    const radius: BlastRadius = { hops: 0, affected: [], notMapped: [], mappedAt: null };
    return { radius, check: { ...base, status: 'unknown', detail: `The map could not be asked: ${message}` } };
  }
}

/** Account, region, and that nothing was made up. */
export function planChecks(record: DeploymentRecord, plans: readonly StepPlan[]): ReviewCheck[] {
  const elsewhere = plans.filter((plan) => plan.ownRegion !== null && plan.ownRegion !== record.target.region);
  const deferred = plans.filter((plan) => plan.planned.planned === 'deferred').length;
  return [
    {
      id: 'account',
      title: 'The credentials act in the target account',
      status: 'passed',
      detail: `Account ${record.target.account}, region ${record.target.region}.`,
    },
    {
      id: 'region',
      title: 'Every step works in the target region',
      status: elsewhere.length === 0 ? 'passed' : 'failed',
      detail:
        elsewhere.length === 0
          ? `All in ${record.target.region}.`
          : elsewhere
              .map((plan) => `${plan.planned.id} has a provider block of its own for ${plan.ownRegion ?? ''}.`)
              .join(' '),
    },
    {
      id: 'nothing-invented',
      title: 'No value is made up',
      status: 'passed',
      detail:
        deferred === 0
          ? 'Every step is planned exactly.'
          : `${plans.length - deferred} planned exactly; ${deferred} wait for values of others and are held to an envelope.`,
    },
  ];
}
