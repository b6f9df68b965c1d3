import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import { boundaries, type Artifact, type Boundary, type Target } from '#shared/model/index.ts';
import type { ResolvedBlueprint } from '../ports/index.ts';
import { innerFrame, isSwitchedOn, originsOf, outerFrame, type Frame, type InputValues, type Origin } from './frame.ts';

/** One artifact of a deployment with its place in the order. */
export interface Step {
  /** The node's name, with those of the blueprints around it: `platform.network`. */
  readonly id: string;
  readonly use: string;
  readonly digest: string;
  readonly artifact: Artifact;
  readonly sources: string;
  readonly boundary: Boundary;
  /** The steps that must be over before it, by wires and by `after`. */
  readonly after: readonly string[];
  /** Starting at 1: one more than the latest of those before it. */
  readonly stage: number;
  /** What its blueprint sets, as written. */
  readonly set: Readonly<Record<string, Json>>;
  readonly frame: Frame;
}

interface Leaf extends Omit<Step, 'after' | 'stage'> {
  /** Names of nodes, of whatever depth, given by `after` here and around. */
  readonly declaredAfter: readonly string[];
}

/**
 * Flattens a blueprint into steps: nested blueprints opened, nodes that `when` switches off left out, ordered by
 * wires and `after`, then by boundary and name. Throws `bad-input` for a circle, naming the steps in it.
 */
export function stepsOf(blueprint: ResolvedBlueprint, target: Target, inputs: InputValues): Step[] {
  const leaves = leavesOf(outerFrame(blueprint, target), inputs, []);
  const ids = leaves.map((leaf) => leaf.id);
  const after = new Map(leaves.map((leaf) => [leaf.id, predecessors(leaf, ids)]));
  const stages = stagesOf(after);
  return leaves
    .map(({ declaredAfter: _declared, ...leaf }): Step => ({
      ...leaf,
      after: after.get(leaf.id) ?? [],
      stage: stages.get(leaf.id) ?? 1,
    }))
    .sort(
      (one, other) =>
        one.stage - other.stage ||
        boundaries.indexOf(one.boundary) - boundaries.indexOf(other.boundary) ||
        (one.id < other.id ? -1 : 1),
    );
}

function leavesOf(frame: Frame, inputs: InputValues, around: readonly string[]): Leaf[] {
  return Object.entries(frame.blueprint.nodes).flatMap(([name, node]): Leaf[] => {
    assertName(name);
    if (!isSwitchedOn(frame, name, inputs)) return [];
    const written = frame.blueprint.document.nodes[name];
    const declaredAfter = [...around, ...(written?.after ?? []).map((other) => `${frame.prefix}${other}`)];
    if (node.type === 'blueprint') return leavesOf(innerFrame(frame, name, node.blueprint), inputs, declaredAfter);
    return [
      {
        id: `${frame.prefix}${name}`,
        use: node.use,
        digest: node.digest,
        artifact: node.artifact,
        sources: node.sources,
        boundary: node.artifact.boundary,
        set: written?.set ?? {},
        frame,
        declaredAfter,
      },
    ];
  });
}

/** Names become part of paths. */
function assertName(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(name)) return;
  throw new AppError('bad-input', `"${name}" is no name for a node.`, {
    advice: 'Use letters, digits, dashes and underscores, starting with a letter; publish a new version.',
    details: { node: name },
  });
}

function predecessors(leaf: Leaf, ids: readonly string[]): string[] {
  const found = new Set<string>();
  for (const origin of Object.values(leaf.set).flatMap((value) => originsOf(leaf.frame, value))) {
    if (origin.kind === 'output' && ids.includes(origin.step)) found.add(origin.step);
  }
  for (const name of leaf.declaredAfter) {
    // `after` may name a blueprint: then everything inside it comes first.
    for (const id of ids) if (id === name || id.startsWith(`${name}.`)) found.add(id);
  }
  return [...found].sort();
}

function stagesOf(after: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const stages = new Map<string, number>();
  const visit = (id: string, path: readonly string[]): number => {
    const known = stages.get(id);
    if (known !== undefined) return known;
    if (path.includes(id)) {
      throw new AppError('bad-input', `The steps wait for each other in a circle: ${[...path, id].join(' → ')}.`, {
        advice: 'Remove one of these wires or "after" entries and publish a new version.',
        details: { steps: [...path] },
      });
    }
    const stage = 1 + Math.max(0, ...(after.get(id) ?? []).map((before) => visit(before, [...path, id])));
    stages.set(id, stage);
    return stage;
  };
  for (const id of after.keys()) visit(id, []);
  return stages;
}

/** The same steps in the order of a removal: what was built last goes first. */
export function reversed(steps: readonly Step[]): Step[] {
  const last = Math.max(0, ...steps.map((step) => step.stage));
  return steps
    .map((step) => ({
      ...step,
      after: steps.filter((other) => other.after.includes(step.id)).map((other) => other.id),
      stage: last + 1 - step.stage,
    }))
    .sort((one, other) => one.stage - other.stage || (one.id < other.id ? -1 : 1));
}

/** The wires into one step: which of its inputs depends on which outputs and inputs. */
export function wiring(step: Step): readonly { readonly input: string; readonly origins: readonly Origin[] }[] {
  return Object.entries(step.set).map(([input, value]) => ({ input, origins: originsOf(step.frame, value) }));
}
