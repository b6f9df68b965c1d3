import type { ChangeAction, Deployment, Estimate, PlanNode, ResourceChange, Review } from '#shared/model/index.ts';

const order: readonly ChangeAction[] = ['delete', 'replace', 'forget', 'update', 'create', 'import', 'read', 'no-op'];

const doneStates: ReadonlySet<PlanNode['state']> = new Set(['DONE', 'NOOP', 'APPLIED', 'OUTPUTS_SAVED']);

/** What destroys comes first, what does nothing last; the order of the plan otherwise. */
export function changesInOrder(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  return changes.toSorted((one, other) => order.indexOf(one.action) - order.indexOf(other.action));
}

export interface ActionCount {
  readonly action: ChangeAction;
  /** Null: the number depends on values that do not exist yet. */
  readonly count: number | null;
  /** True when a deferred step may do up to this many. */
  readonly atMost: boolean;
}

/** How many of each action a step does, or may do under its envelope; actions that do not occur are left out. */
export function countsOf(node: PlanNode): readonly ActionCount[] {
  const counts = new Map<ChangeAction, number | null>();
  const add = (action: ChangeAction, count: number | null) => {
    const known = counts.get(action) ?? (counts.has(action) ? null : 0);
    counts.set(action, known === null || count === null ? null : known + count);
  };
  const envelope = node.planned === 'deferred' ? node.envelope : null;
  // An envelope lists blocks; how many instances they may become stands in its counts.
  if (envelope !== null) for (const { action, max } of envelope.counts) add(action, max);
  else for (const { action } of node.changes) add(action, 1);
  return order.flatMap((action) => {
    const count = counts.get(action);
    if (count === undefined || count === 0 || action === 'no-op' || action === 'read') return [];
    return [{ action, count, atMost: envelope !== null }];
  });
}

/** `create 3, change 1`, `create up to 3`, or `no changes`. */
export function countsText(counts: readonly ActionCount[]): string {
  const words: Partial<Record<ChangeAction, string>> = { update: 'change', delete: 'destroy' };
  if (counts.length === 0) return 'no changes';
  return counts
    .map(({ action, count, atMost }) => {
      const word = words[action] ?? action;
      return count === null ? `${word} as many as later values say` : `${word} ${atMost ? 'up to ' : ''}${count}`;
    })
    .join(', ');
}

/**
 * Whether fewer may be changed than is counted: a deferred step may change whatever it has, and mostly changes little.
 * What it creates is what its blocks come to.
 */
export function mayChangeFewer(nodes: readonly PlanNode[]): boolean {
  return nodes.some(
    (node) => !doneStates.has(node.state) && countsOf(node).some(({ action, atMost }) => action === 'update' && atMost),
  );
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** What the button of approval says it will do: `Create 31 resources in production / ap-southeast-1`. */
export function approveText(review: Pick<Review, 'counts' | 'deployment'>): string {
  const { counts, deployment } = review;
  const parts = (
    [
      ['destroy', counts.delete],
      ['replace', counts.replace],
      [mayChangeFewer(deployment.nodes) ? 'change up to' : 'change', counts.update],
      ['create', counts.create],
      ['import', counts.import],
    ] as const
  ).filter(([, count]) => count > 0);
  const place = `${deployment.environment} / ${deployment.target.region}`;
  if (parts.length === 0) return `Approve without changes in ${place}`;
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  const [first] = parts;
  const list = parts.length === 1 && first !== undefined ? `${first[0]} ${plural(total, 'resource')}` : joined(parts);
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} in ${place}`;
}

function joined(parts: readonly (readonly [string, number])[]): string {
  const texts = parts.map(([word, count]) => `${word} ${count}`);
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''} resources`;
}

/** A length of time in words for an estimate given in seconds: `about 12 min`, `about 40 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}

/** `about 12 min (p90 16 min), 14 earlier measurements`, or `no history yet`. Never an invented time. */
export function estimateText(estimate: Estimate): string {
  const missing = estimate.unknown > 0 ? `${plural(estimate.unknown, 'change')} never measured here` : null;
  if (estimate.p50 === null) return ['no history yet', missing].filter((part) => part !== null).join(', ');
  const p90 = estimate.p90 === null ? '' : ` (p90 ${secondsText(estimate.p90)})`;
  const samples = plural(estimate.samples, 'earlier measurement');
  return [`about ${secondsText(estimate.p50)}${p90}`, samples, missing].filter((part) => part !== null).join(', ');
}

/** The steps by stage, in order; steps of one stage may run side by side. */
export function stagesOf(nodes: readonly PlanNode[]): readonly (readonly PlanNode[])[] {
  const stages = new Map<number, PlanNode[]>();
  for (const node of nodes) stages.set(node.stage, [...(stages.get(node.stage) ?? []), node]);
  return [...stages].toSorted(([one], [other]) => one - other).map(([, members]) => members);
}

export interface Bar {
  readonly node: PlanNode;
  /** Seconds from the beginning. */
  readonly from: number;
  readonly to: number;
  /** False when nothing was ever measured: the bar only shows the place in the order. */
  readonly measured: boolean;
}

/** A length drawn for steps without history, so that the order can be seen. */
const unmeasuredSeconds = 30;

/** When each step would run by the p50 of its estimate, every step as soon as those before it are done. */
export function timelineOf(nodes: readonly PlanNode[]): readonly Bar[] {
  const bars = new Map<string, Bar>();
  for (const node of stagesOf(nodes).flat()) {
    const from = Math.max(0, ...node.after.map((id) => bars.get(id)?.to ?? 0));
    const seconds = node.estimate.p50;
    bars.set(node.id, { node, from, to: from + (seconds ?? unmeasuredSeconds), measured: seconds !== null });
  }
  return [...bars.values()];
}

/** The plain truth about a deployment that stopped: what is done, what is not, what was never begun. */
export function outcomeSentences(deployment: Deployment): readonly string[] {
  const { nodes } = deployment;
  const named = (members: readonly PlanNode[]) => members.map((node) => node.id).join(', ');
  const inStates = (...states: PlanNode['state'][]) => nodes.filter((node) => states.includes(node.state));
  const done = nodes.filter((node) => doneStates.has(node.state));
  const failed = inStates('FAILED');
  const unknown = inStates('OUTCOME_UNKNOWN', 'RECONCILING', 'NEEDS_OPERATOR');
  const outside = inStates('NEEDS_REAPPROVAL');
  const never = inStates('PENDING', 'DEFERRED', 'READY', 'REPLANNED', 'PLAN_CHECKED', 'SKIPPED_UPSTREAM', 'CANCELLED');
  const sentences = [
    `${done.length} of ${plural(nodes.length, 'step')} done${done.length > 0 ? `: ${named(done)}` : ''}.`,
  ];
  for (const node of failed) {
    sentences.push(
      `${node.id} failed${node.problem === null ? '' : `: ${node.problem.message}`} Part of it may exist.`,
    );
  }
  for (const node of unknown) {
    sentences.push(`What ${node.id} did is not known yet${node.problem === null ? '.' : `: ${node.problem.message}`}`);
  }
  if (outside.length > 0) {
    sentences.push(`${named(outside)} would do more than was approved, so it was not begun.`);
  }
  if (never.length > 0) sentences.push(`Never begun: ${named(never)}.`);
  return sentences;
}
