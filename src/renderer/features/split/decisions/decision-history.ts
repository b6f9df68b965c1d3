import { splitDecisionsSchema, type Boundary, type SplitDecisions, type SplitGroup } from '#shared/model/index.ts';

/** Decisions as they are, with those before and after them. */
export interface DecisionHistory {
  readonly past: readonly SplitDecisions[];
  readonly present: SplitDecisions;
  readonly future: readonly SplitDecisions[];
}

export const startOfHistory: DecisionHistory = { past: [], present: splitDecisionsSchema.parse({}), future: [] };

/** Takes a step; what was undone before is forgotten. A step that changes nothing is none. */
export function decided(history: DecisionHistory, next: SplitDecisions): DecisionHistory {
  if (JSON.stringify(next) === JSON.stringify(history.present)) return history;
  return { past: [...history.past, history.present], present: next, future: [] };
}

export function undone(history: DecisionHistory): DecisionHistory {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redone(history: DecisionHistory): DecisionHistory {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.present], present: next, future };
}

/** Puts resources into a part, where they stay. A part that is not there yet is made. */
export function moved(decisions: SplitDecisions, addresses: readonly string[], part: string): SplitDecisions {
  const pins = { ...decisions.pins, ...Object.fromEntries(addresses.map((address) => [address, part])) };
  return { ...decisions, pins };
}

/** Lets resources go where the code draws them. */
export function released(decisions: SplitDecisions, addresses: readonly string[]): SplitDecisions {
  const gone = new Set(addresses);
  const pins = Object.entries(decisions.pins).filter(([address]) => !gone.has(address));
  return { ...decisions, pins: Object.fromEntries(pins) };
}

/** Gives a part a boundary; the proposed one is no decision. */
export function bounded(
  decisions: SplitDecisions,
  part: Pick<SplitGroup, 'name' | 'proposedBoundary'>,
  boundary: Boundary,
): SplitDecisions {
  const { [part.name]: _old, ...boundaries } = decisions.boundaries;
  return {
    ...decisions,
    boundaries: boundary === part.proposedBoundary ? boundaries : { ...boundaries, [part.name]: boundary },
  };
}

/** Gives a part another name; what is pinned to it stays there, and so does its boundary. */
export function renamed(
  decisions: SplitDecisions,
  part: { readonly name: string; readonly proposedName: string },
  name: string,
): SplitDecisions {
  const pins = Object.entries(decisions.pins).map(([address, to]) => [address, to === part.name ? name : to] as const);
  const { [part.proposedName]: _old, ...names } = decisions.names;
  const boundaries = Object.entries(decisions.boundaries).map(
    ([of, boundary]) => [of === part.name ? name : of, boundary] as const,
  );
  return {
    ...decisions,
    pins: Object.fromEntries(pins),
    boundaries: Object.fromEntries(boundaries),
    names: name === part.proposedName ? names : { ...names, [part.proposedName]: name },
  };
}
