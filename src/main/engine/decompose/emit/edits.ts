import type { Splice } from '#engine/files/index.ts';
import { referencesIn } from '../../artifacts/terraform/hcl-references.ts';
import { partsOf, type Use } from '../graph/uses.ts';
import type { Split } from '../proposal/decide.ts';
import { crossingOf, type Wire } from '../proposal/interface.ts';
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

/** `aws_subnet.a[0].id` → `var.subnet_a_id[0]`: the name takes the address's place, its attribute goes. */
function valueEdits(use: Use, text: string): readonly Splice[] {
  const { addressEnd, attribute } = partsOf(use);
  const edits = [{ start: use.reference.start, end: addressEnd, text }];
  if (attribute !== null) edits.push({ start: attribute.start, end: attribute.end, text: '' });
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
  const all = referencesIn(file.text, within.start, within.end).length;
  const crossing = uses.filter(isCrossing);
  const lines = crossing.length === all ? ownLines(file, within) : null;
  if (lines !== null) return [lines];
  return crossing.map(({ reference: { start, end } }) => {
    // The comma goes along, and so does the white space between it and the element.
    const behind = /^\s*,[ \t]*/.exec(file.text.slice(end, within.end))?.[0] ?? '';
    const before = behind === '' ? (/,\s*$/.exec(file.text.slice(within.start, start))?.[0] ?? '') : '';
    return { start: start - before.length, end: end + behind.length, text: '' };
  });
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

/** What has to change in a group's copy of the source: nothing but references to what other groups own. */
export function editsFor(split: Split, group: number, wireText: WireText): FileEdits {
  const { graph } = split.analysis;
  const wireOf = wiresByValue(split.crossings.wires);
  const edits = new Map<string, Splice[]>();
  const add = (file: SourceFile, splices: readonly Splice[]): void => {
    edits.set(file.path, [...(edits.get(file.path) ?? []), ...splices]);
  };
  const isCrossing = (use: Use): boolean => crossingOf(use, group, split.placement) !== null;
  for (const address of split.placement.contents[group] ?? []) {
    const uses = graph.uses(address);
    for (const use of uses) {
      const wire = use.role === 'order' || !isCrossing(use) ? null : wireOf(use);
      if (wire !== null) add(use.file, valueEdits(use, wireText(wire)));
    }
    for (const list of grouped(uses.filter(({ role }) => role === 'order'))) {
      const [first] = list;
      if (first !== undefined && list.some(isCrossing)) add(first.file, orderEdits(list, isCrossing));
    }
  }
  return edits;
}
