import type { Boundary } from '#shared/model/index.ts';
import { identifier } from './align.ts';
import type { DesignedResource, PatternDesign } from './design.ts';
import { isPerKey, type WireTerm } from './expressions.ts';
import { aboutType } from './terraform-types/index.ts';
import { walk } from './terms.ts';

/** A value that one node gives to others: an output there, an input here. */
export interface Wire {
  readonly name: string;
  readonly from: Boundary;
  readonly to: ReadonlySet<Boundary>;
  readonly term: WireTerm;
  readonly shape: 'one' | 'list' | 'map';
}

/** Values worth showing although no node needs them. */
const notable: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ['id'],
  aws_db_instance: ['address'],
  aws_lb: ['dns_name'],
};

/** Every reference that crosses nodes, each once, with a name that says what it is. */
export function findWires(design: Pick<PatternDesign, 'resources'>): readonly Wire[] {
  const wires = new Map<
    string,
    { name: string; from: Boundary; to: Set<Boundary>; term: WireTerm; shape: Wire['shape'] }
  >();
  const add = (term: WireTerm, to: Boundary | null): void => {
    const key = wireKey(term);
    const known = wires.get(key);
    if (known !== undefined) {
      if (to !== null) known.to.add(to);
      return;
    }
    wires.set(key, {
      name: wireName(term, design.resources),
      from: term.of.node,
      to: new Set(to === null ? [] : [to]),
      term,
      shape: term.kind === 'all' ? 'list' : isPerKey(term) ? 'map' : 'one',
    });
  };
  for (const { aligned, body } of design.resources) {
    for (const term of Object.values(body)) {
      for (const inner of walk(term)) {
        if ((inner.kind === 'attribute' || inner.kind === 'all') && inner.of.node !== aligned.node)
          add(inner, aligned.node);
      }
    }
    if (aligned.shape !== 'one') continue;
    for (const attribute of notable[aligned.type] ?? []) {
      add({ kind: 'attribute', of: aligned, attribute, member: '' }, null);
    }
  }
  return [...wires.values()];
}

/** The same for two terms that lead to the same value. */
export function wireKey(term: WireTerm): string {
  const member = term.kind === 'attribute' ? (term.member ?? '*') : '[*]';
  return `${term.of.type}.${term.of.label}.${term.attribute} ${member}`;
}

function wireName(term: WireTerm, resources: readonly DesignedResource[]): string {
  const { of, attribute } = term;
  const { noun } = aboutType(of.type);
  const alone = resources.filter(({ aligned }) => aligned.type === of.type).length === 1 && of.shape !== 'group';
  const thing = alone || of.label === 'main' ? noun : `${of.label}_${noun}`;
  if (term.kind === 'all') return `${identifier([thing, attribute])}s`;
  if (isPerKey(term)) return `${identifier([thing, attribute])}s_by_key`;
  return identifier([thing, ...(term.member === null || term.member === '' ? [] : [term.member]), attribute]);
}
