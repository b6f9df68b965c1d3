import { isCopied, isMember } from '../graph/root-graph.ts';
import type { Use } from '../graph/uses.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';

const repeating: ReadonlySet<string> = new Set(['count', 'for_each']);

/** One member whose instances are told apart by another's value, which would be a secret once it crosses. */
export interface SecretRepetition {
  readonly address: string;
  readonly by: string;
}

/**
 * Members that are repeated by a secret, or by all of another member that holds one. The language allows it only where
 * the secret itself is not used, and it cannot know that of a variable: both have to be in one part.
 */
export function secretRepetitions({ graph, sensitive }: RootAnalysis): readonly SecretRepetition[] {
  return graph.members.flatMap((address) => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const follow = (uses: readonly Use[]): void => {
      for (const { to, attribute, role } of uses) {
        const target = graph.declarations.get(to);
        if (target === undefined || role !== 'value' || seen.has(`${to} ${attribute ?? ''}`)) continue;
        seen.add(`${to} ${attribute ?? ''}`);
        if (isMember(target) && to !== address && sensitive.reason(to, attribute) !== null) found.add(to);
        else if (isCopied(target)) follow(graph.uses(to));
      }
    };
    const { pieces = [] } = graph.declarations.get(address) ?? {};
    const own = pieces.flatMap(({ block }) => block.attributes.filter(({ name }) => repeating.has(name)));
    if (own.length > 0) follow(graph.uses(address).filter(({ within }) => own.includes(within)));
    return [...found].map((by) => ({ address, by }));
  });
}
