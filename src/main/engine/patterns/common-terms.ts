import type { Comparing } from './differ.ts';
import type { Resolved, Sight } from './occurrences.ts';
import type { Term } from './terms.ts';
import type { Piece } from './tokens.ts';

/** A text cut at its tokens, as a term. */
export function templateOf(pieces: readonly Piece[]): Term {
  const terms = pieces.map((piece): string | Term => {
    if (typeof piece === 'string') return piece;
    return piece.token === 'key' ? { kind: 'key' } : { kind: 'token', token: piece.token };
  });
  const [only] = terms;
  return terms.length === 1 && only !== undefined && typeof only !== 'string'
    ? only
    : { kind: 'template', pieces: terms };
}

/** The one thing all places refer to: the same member everywhere, or the member with the place's own key. */
export function commonReference(context: Comparing, sights: readonly Sight<Resolved | null>[]): Term | null {
  const [first] = sights;
  if (first?.value === null || first === undefined) return null;
  const { of, attribute, key } = first.value;
  const sameTarget = sights.every(({ value }) => value?.of === of && value.attribute === attribute);
  if (!sameTarget) return null;
  if (sights.every(({ value }) => value?.key === key)) return { kind: 'attribute', of, attribute, member: key };
  const follows = context.aligned.shape === 'group' && sights.every(({ at, value }) => value?.key === at.key);
  return follows ? { kind: 'attribute', of, attribute, member: null } : null;
}
