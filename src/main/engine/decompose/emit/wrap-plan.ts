import type { Problem } from '#shared/model/index.ts';
import { isCopied, isMember, type RootGraph } from '../graph/root-graph.ts';
import type { Split } from '../proposal/decide.ts';
import { freeName, wireName, type Wire } from '../proposal/interface.ts';
import { attributeOf } from '../source/declarations.ts';
import { problem } from '../source/problem.ts';

/** How the declarations of a part are divided over a module and the root that calls it. */
export interface WrapPlan {
  /** Number of the part. */
  readonly group: number;
  /** Name of the call, and of the module's folder. */
  readonly call: string;
  /** Provider configurations, settings, `moved`, `import` and `removed`, with what they need. */
  readonly root: ReadonlySet<string>;
  /** Resources, module calls, outputs and checks, with what they need. */
  readonly inside: ReadonlySet<string>;
  /** Values of the module that the root's own text refers to. */
  readonly handed: readonly Wire[];
}

const ownedByModule: ReadonlySet<string> = new Set(['resource', 'module', 'output', 'check']);

/** Everything that is copied along with some declarations, but for provider configurations: these stay in the root. */
function withCopies(graph: RootGraph, start: readonly string[]): ReadonlySet<string> {
  const contents = new Set(start);
  // A set takes new items while it is walked.
  for (const address of contents) {
    for (const { to } of graph.uses(address)) {
      const target = graph.declarations.get(to);
      if (target !== undefined && isCopied(target) && target.kind !== 'provider') contents.add(to);
    }
  }
  return contents;
}

function kindOf(graph: RootGraph, address: string): string {
  return graph.declarations.get(address)?.kind ?? '';
}

/** What stands in the way of wrapping a part: what the language allows in a root only, and cannot be handed down. */
export function unwrappable(split: Split, group: number): readonly Problem[] {
  const { graph } = split.analysis;
  return [...(split.placement.contents[group] ?? [])].flatMap((address): Problem[] => {
    const { kind, pieces = [] } = graph.declarations.get(address) ?? {};
    const reason = pieces.flatMap(({ block, file }) => {
      if (kind === 'provider' && attributeOf(block, 'for_each') !== undefined) {
        return [{ text: `${address} is configured with for_each`, file, block }];
      }
      const meta = kind === 'settings' && block.blocks.some(({ type }) => type === 'provider_meta');
      return meta ? [{ text: 'provider_meta speaks of one module alone', file, block }] : [];
    })[0];
    if (reason === undefined) return [];
    const part = split.groups[group]?.name ?? '';
    return [
      problem({
        severity: 'warning',
        code: 'not-wrapped',
        message: `${part} is not wrapped as a module: ${reason.text}.`,
        advice: 'It is written as a root with the addresses it has.',
        file: reason.file.path,
        line: reason.block.line,
        node: address,
      }),
    ];
  });
}

/** Divides a part over a module and its root. `taken` are names in the part's folder that the module cannot have. */
export function planWrap(split: Split, group: number, taken: ReadonlySet<string>): WrapPlan {
  const { graph } = split.analysis;
  const contents = [...(split.placement.contents[group] ?? [])];
  const inside = withCopies(
    graph,
    contents.filter((address) => ownedByModule.has(kindOf(graph, address))),
  );
  const root = withCopies(
    graph,
    // The root hands its variables on.
    contents.filter((address) => !inside.has(address) || address.startsWith('var.')),
  );
  const outputs = new Set([
    ...split.crossings.wires.map(({ name }) => name),
    ...contents.flatMap((address) => (address.startsWith('output.') ? [address.slice('output.'.length)] : [])),
  ]);
  const handed = new Map<string, Wire>();
  for (const use of [...root].flatMap((address) => graph.uses(address))) {
    const target = graph.declarations.get(use.to);
    if (target === undefined || !isMember(target) || use.role === 'subject') continue;
    if (split.placement.owner.get(use.to) !== group) continue;
    const { to: address, attribute } = use;
    const known = split.crossings.wires.find((wire) => wire.address === address && wire.attribute === attribute);
    const key = `${address} ${attribute ?? ''}`;
    if (handed.has(key)) continue;
    const name = known?.name ?? freeName(wireName({ address, attribute }), outputs);
    handed.set(key, known ?? { name, address, attribute, from: group, takers: new Map() });
  }
  return { group, call: callName(split, group, taken), root, inside, handed: [...handed.values()] };
}

/** The part's own name, unless something in its folder or a module of the root is, or was, called so. */
function callName(split: Split, group: number, taken: ReadonlySet<string>): string {
  const { declarations } = split.analysis.graph;
  const name = split.groups[group]?.name ?? '';
  const refactorings = [...declarations.values()]
    .filter(({ kind }) => kind === 'refactoring')
    .flatMap(({ pieces }) => pieces.map(({ file, block }) => file.text.slice(block.start, block.end)))
    .join('\n');
  // What was moved from a module of this name would stand there again.
  const isFree = (wanted: string): boolean =>
    !taken.has(wanted) && !declarations.has(`module.${wanted}`) && !refactorings.includes(`module.${wanted}`);
  if (isFree(name)) return name;
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? `${name}-part` : `${name}-part-${number}`;
    if (isFree(wanted)) return wanted;
  }
}
