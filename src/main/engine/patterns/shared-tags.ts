import type { Boundary } from '#shared/model/index.ts';
import type { PatternDesign } from './design.ts';
import type { Term } from './terms.ts';

/** Tags that all resources of a node have alike, with the terms of their values. */
export type SharedTags = Readonly<Record<string, Term>>;

/** Finds the tags that stand once for the whole module; none where fewer than two resources have tags. */
export function sharedTags(design: Pick<PatternDesign, 'resources' | 'inputOf'>, node: Boundary): SharedTags {
  const signOf = (term: Term): string | null =>
    term.kind === 'input' ? `input ${design.inputOf.get(term.seed)?.name ?? ''}` : constantSign(term);
  const maps = design.resources
    .filter(({ aligned, body }) => aligned.node === node && body['tags']?.kind === 'map')
    .map(({ body }) => (body['tags']?.kind === 'map' ? body['tags'].entries : {}));
  const [first] = maps;
  if (first === undefined || maps.length < 2) return {};
  const shared = Object.entries(first).filter(([key, term]) => {
    const sign = signOf(term);
    return sign !== null && maps.every((entries) => entries[key] !== undefined && signOf(entries[key]) === sign);
  });
  return Object.fromEntries(shared);
}

/** What a resource's own tags add to the shared ones. */
export function ownTags(tags: Extract<Term, { kind: 'map' }>, shared: SharedTags): Readonly<Record<string, Term>> {
  return Object.fromEntries(Object.entries(tags.entries).filter(([key]) => shared[key] === undefined));
}

/** Equal for terms that are the same in every block: constants and what is derived, never a member's own value. */
function constantSign(term: Term): string | null {
  switch (term.kind) {
    case 'literal':
    case 'token':
      return JSON.stringify(term);
    case 'template':
      return term.pieces.every((piece) => typeof piece === 'string' || piece.kind === 'token')
        ? JSON.stringify(term)
        : null;
    case 'key':
    case 'each':
    case 'input':
    case 'attribute':
    case 'all':
    case 'subrange':
    case 'list':
    case 'map':
    case 'document':
    case 'blocks':
      return null;
  }
}
