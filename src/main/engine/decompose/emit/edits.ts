import type { Splice } from '#engine/files/index.ts';
import type { RootGraph } from '../graph/root-graph.ts';
import { partsOf, referencesOf, type Use } from '../graph/uses.ts';
import type { Split } from '../proposal/decide.ts';
import { crossingOf, type Wire } from '../proposal/interface.ts';
import type { Declaration } from '../source/declarations.ts';
import type { SourceFile } from '../source/root-source.ts';

/** Changes of a group's copies of the source files, by file name. */
export type FileEdits = ReadonlyMap<string, readonly Splice[]>;

/** How a group's text refers to a value of another group: `var.vpc_id`, for example. */
export type WireText = (wire: Wire) => string;

/** Wires by what they carry. */
function wiresByValue(wires: readonly Wire[]): (use: Pick<Use, 'to' | 'attribute'>) => Wire | null {
  const known = new Map(wires.map((wire) => [`${wire.address} ${wire.attribute ?? ''}`, wire] as const));
  return ({ to, attribute }) => known.get(`${to} ${attribute ?? ''}`) ?? null;
}

/**
 * `aws_subnet.a[0].id` → `var.subnet_a_id[0]`: the name takes the address's place, its attribute goes. It stays where
 * the value may be null: `var.subnet_a_id.id`.
 */
function valueEdits(use: Use, text: string, repeated: Declaration['repeated']): readonly Splice[] {
  const { addressEnd, attribute } = partsOf(use);
  const edits = [{ start: use.reference.start, end: addressEnd, text }];
  if (attribute !== null && repeated !== 'enabled')
    edits.push({ start: attribute.start, end: attribute.end, text: '' });
  return edits;
}

/** The lines of an attribute, when nothing else stands on them; null when a comment does. */
function ownLines(file: SourceFile, { from, end }: Use['within']): Splice | null {
  const start = file.text.lastIndexOf('\n', from - 1) + 1;
  const next = file.text.indexOf('\n', end);
  const stop = next === -1 ? file.text.length : next + 1;
  const alone = `${file.text.slice(start, from)}${file.text.slice(end, stop)}`.trim() === '';
  return alone && !/#|\/\/|\/\*/.test(file.text.slice(from, end)) ? { start, end: stop, text: '' } : null;
}

/** `depends_on` without what stands in other groups; the whole line goes when nothing is left. */
function orderEdits(uses: readonly Use[], isCrossing: (use: Use) => boolean): readonly Splice[] {
  const [first] = uses;
  if (first === undefined) return [];
  const { file, within } = first;
  const json = file.path.endsWith('.json');
  const all = referencesOf(file, within, 'order').length;
  const crossing = uses.filter(isCrossing);
  const lines = !json && crossing.length === all ? ownLines(file, within) : null;
  if (lines !== null) return [lines];
  const edits: Splice[] = [];
  for (const { reference } of crossing) {
    // In JSON an element stands in quotes.
    const [start, end] = json ? [reference.start - 1, reference.end + 1] : [reference.start, reference.end];
    // The comma goes along, and so does the white space between it and the element.
    const behind = /^\s*,[ \t]*/.exec(file.text.slice(end, within.end))?.[0] ?? '';
    const from = edits.at(-1)?.end ?? within.start;
    const before = behind === '' ? (/,\s*$/.exec(file.text.slice(from, start))?.[0] ?? '') : '';
    edits.push({ start: start - before.length, end: end + behind.length, text: '' });
  }
  return edits;
}

function grouped(uses: readonly Use[]): readonly (readonly Use[])[] {
  const groups = new Map<object, Use[]>();
  for (const use of uses) {
    const known = groups.get(use.within);
    if (known === undefined) groups.set(use.within, [use]);
    else known.push(use);
  }
  return [...groups.values()];
}

/** What becomes of one reference: other text in its place, text before it, or nothing is left of it in `depends_on`. */
export type Rewrite =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'drop' };

/** What becomes of a reference that the declaration of an address makes; null leaves it as it is. */
export type Rewriting = (use: Use, of: string) => Rewrite | null;

/** What has to change where references lead out of a part: values come over the interface, mere orders go. */
export function crossingRewrite(split: Split, group: number, wireText: WireText): Rewriting {
  const wireOf = wiresByValue(split.crossings.wires);
  return (use) => {
    if (crossingOf(use, group, split.placement) === null) return null;
    if (use.role === 'order') return { kind: 'drop' };
    const wire = wireOf(use);
    return wire === null ? null : { kind: 'value', text: wireText(wire) };
  };
}

/** The changes of some declarations' text, reference by reference. */
export function editsFor(graph: RootGraph, contents: ReadonlySet<string>, rewrite: Rewriting): FileEdits {
  const edits = new Map<string, Splice[]>();
  const add = (file: SourceFile, splices: readonly Splice[]): void => {
    edits.set(file.path, [...(edits.get(file.path) ?? []), ...splices]);
  };
  for (const address of contents) {
    const uses = graph.uses(address);
    const isDropped = (use: Use): boolean => rewrite(use, address)?.kind === 'drop';
    for (const use of uses) {
      const change = rewrite(use, address);
      const { start } = use.reference;
      if (change?.kind === 'value') {
        add(use.file, valueEdits(use, change.text, graph.declarations.get(use.to)?.repeated ?? null));
      }
      if (change?.kind === 'prefix') add(use.file, [{ start, end: start, text: change.text }]);
    }
    for (const list of grouped(uses.filter(({ role }) => role === 'order'))) {
      const [first] = list;
      if (first !== undefined && list.some(isDropped)) add(first.file, orderEdits(list, isDropped));
    }
  }
  return edits;
}

/** Changes of several origins together. */
export function mergedEdits(...all: readonly FileEdits[]): FileEdits {
  const edits = new Map<string, Splice[]>();
  for (const [file, splices] of all.flatMap((one) => [...one])) {
    edits.set(file, [...(edits.get(file) ?? []), ...splices]);
  }
  return edits;
}
