import { splitDecisionsSchema, type SplitDecisions } from '#shared/model/index.ts';

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

/** Lets a resource go where the code draws it. */
export function released(decisions: SplitDecisions, address: string): SplitDecisions {
  const { [address]: _gone, ...pins } = decisions.pins;
  return { ...decisions, pins };
}

/** Gives a part another name; what is pinned to it stays there. */
export function renamed(
  decisions: SplitDecisions,
  part: { readonly name: string; readonly proposedName: string },
  name: string,
): SplitDecisions {
  const pins = Object.entries(decisions.pins).map(([address, to]) => [address, to === part.name ? name : to] as const);
  const { [part.proposedName]: _old, ...names } = decisions.names;
  return {
    ...decisions,
    pins: Object.fromEntries(pins),
    names: name === part.proposedName ? names : { ...names, [part.proposedName]: name },
  };
}
