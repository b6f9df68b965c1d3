import { targetWords, typedTarget, type SplitProposal, type Target } from '#shared/model/index.ts';
import type { TypedTarget } from '../../../ui/index.ts';

/** Where the root runs as it was typed, and what becomes of it. */
export interface TypedPlace {
  /** Null: no environment is written. */
  readonly target: Target | null;
  /** What is wrong with what was typed; an empty field is not wrong. */
  readonly problems: ReturnType<typeof typedTarget>['problems'];
  /** Whether an environment is written, and why not, as a sentence. */
  readonly outcome: string;
}

/** What was chosen before, or else what the code tells; the rest is left to be typed. */
export function placeAtFirst(
  chosen: Target | null,
  { cloud, account, region }: SplitProposal['foundTarget'],
): TypedTarget {
  return chosen ?? { cloud: cloud ?? 'aws', account: account ?? '', region: region ?? '' };
}

/** An environment is written where account and region are typed, and both are right; fields left empty ask for none. */
export function placeOf({ cloud, account, region }: TypedTarget, environment: string): TypedPlace {
  const words = targetWords[cloud];
  const empty = [...(account.trim() === '' ? [words.account] : []), ...(region.trim() === '' ? [words.region] : [])];
  const { target, problems } = typedTarget(cloud, account, region);
  if (empty.length > 0) {
    return {
      target: null,
      problems: {
        account: account.trim() === '' ? null : problems.account,
        region: region.trim() === '' ? null : problems.region,
      },
      outcome: `No environment is written: ${empty.join(' and ')} left empty.`,
    };
  }
  return {
    target,
    problems,
    outcome: target === null ? 'Not written yet: see above.' : `The environment ${environment} is written with it.`,
  };
}
