import type { SplitMove } from '#shared/model/index.ts';
import type { Split } from './decide.ts';
import { memberFacts } from './member-facts.ts';

/** Why a member that was moved could not stay: the reference that would have pointed to a later group. */
function reason(split: Split, address: string, place: ReadonlyMap<string, number>): string {
  const { graph } = split.analysis;
  const from = split.before.get(address) ?? '';
  const [own = 0, now = 0] = [place.get(from), split.placement.owner.get(address)];
  const where = (other: string): number => split.placement.owner.get(other) ?? 0;
  const name = (other: string): string => split.groups[where(other)]?.name ?? '';
  const trigger = graph.dependencies.find(
    (one) => one.role === 'trigger' && (one.from === address || one.to === address),
  );
  if (trigger !== undefined) {
    const other = trigger.from === address ? trigger.to : trigger.from;
    return `${other} and it are tied by replace_triggered_by, which works within one root only`;
  }
  const repetition = memberFacts(split.analysis).repetitions.find(
    (one) => one.address === address || one.by === address,
  );
  if (repetition !== undefined) {
    const { by, address: repeated } = repetition;
    return `${by} tells the instances of ${repeated} apart, which a secret of another part cannot`;
  }
  if (now < own) {
    const users = graph.dependencies.filter(({ to }) => to === address).map((one) => one.from);
    const user = users.find((one) => where(one) < own);
    if (user !== undefined) return `${user} needs it, and ${name(user)} is built before ${from}`;
  } else {
    const needed = graph.dependencies.filter((one) => one.from === address).map(({ to }) => to);
    const behind = needed.find((one) => where(one) > own);
    if (behind !== undefined) return `it needs ${behind}, and ${name(behind)} is built after ${from}`;
  }
  return `${from} and ${split.groups[now]?.name ?? ''} would need one another`;
}

/** Every member that stands elsewhere than the grouping put it, with why. */
export function explainMoves(split: Split): readonly SplitMove[] {
  const place = new Map(split.groups.map(({ name }, number) => [name, number] as const));
  return split.groups.flatMap((group) =>
    group.members
      .filter((address) => split.before.get(address) !== group.name)
      .map((address) => ({
        address,
        from: split.before.get(address) ?? '',
        to: group.name,
        why: reason(split, address, place),
      })),
  );
}
