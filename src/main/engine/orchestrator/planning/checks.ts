import { toAppError } from '#shared/errors/index.ts';
import { targetWords, type BlastRadius, type ReviewCheck, type Target } from '#shared/model/index.ts';
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
  const deferred = plans.filter((plan) => plan.planned.planned === 'deferred').length;
  return [
    accountCheck(record.target, plans),
    regionCheck(record.target, plans),
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

/** AWS was asked. Azure and Google Cloud were not, which is told; what the code or a state says otherwise is refused. */
function accountCheck({ cloud, account, region }: Target, plans: readonly StepPlan[]): ReviewCheck {
  const words = targetWords[cloud];
  const base = { id: 'account', title: `The credentials act in the target ${words.account}` };
  if (cloud === 'aws') return { ...base, status: 'passed', detail: `Account ${account}, region ${region}.` };
  const elsewhere = told(plans, ({ acts }) => acts.elsewhere);
  if (elsewhere !== '') {
    return { ...base, status: 'failed', detail: `The target is ${words.account} ${account}. ${elsewhere}` };
  }
  const unread = told(plans, ({ acts }) => acts.unread);
  return {
    ...base,
    status: 'unknown',
    detail:
      `${words.cloud} was not asked which ${words.account} the credentials act in. The tool is told to act in ` +
      `${account}, and ${unread === '' ? 'no provider block or state that could be read names another.' : `not everything can be compared with that. ${unread}`}`,
  };
}

function told(plans: readonly StepPlan[], of: (plan: StepPlan) => readonly string[]): string {
  return plans.flatMap((plan) => of(plan).map((sentence) => `${plan.planned.id}: ${sentence}`)).join(' ');
}

function regionCheck({ cloud, region }: Target, plans: readonly StepPlan[]): ReviewCheck {
  const words = targetWords[cloud];
  const base = { id: 'region', title: `Every step works in the target ${words.region}` };
  if (cloud === 'azure') {
    const detail = `Each resource in Azure has a location of its own; they are not compared with ${region}.`;
    return { ...base, status: 'unknown', detail };
  }
  const elsewhere = plans.filter((plan) => plan.ownRegion !== null && plan.ownRegion !== region);
  if (elsewhere.length === 0) return { ...base, status: 'passed', detail: `All in ${region}.` };
  const blocks = elsewhere.map(
    (plan) => `${plan.planned.id} has a provider block of its own for ${plan.ownRegion ?? ''}.`,
  );
  return { ...base, status: 'failed', detail: blocks.join(' ') };
}
