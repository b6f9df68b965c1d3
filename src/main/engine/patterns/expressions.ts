import type { Json } from '#shared/base/json.ts';
import type { Boundary } from '#shared/model/index.ts';
import { addressOf } from './align.ts';
import type { DeclaredInput } from './inputs.ts';
import { escaped, quoted, type HclValue } from './hcl/print.ts';
import type { InputSeed, InputType, Term } from './terms.ts';

/** What an expression may look up while it is written. */
export interface Writing {
  readonly node: Boundary;
  readonly inputOf: ReadonlyMap<InputSeed, DeclaredInput>;
  /** The variable under which another node's value comes in. */
  readonly wireName: (term: WireTerm) => string;
  /** True when members have one value each, so that `each.value` is that value. */
  readonly singleField: boolean;
  /** The group whose members this block repeats, when it repeats another block's. */
  readonly like: string | null;
}

/** A term that leads to a resource, possibly in another node. */
export type WireTerm = Extract<Term, { kind: 'attribute' | 'all' }>;

/** A term as an expression of the module it stands in. */
export function expression(term: Term, writing: Writing): HclValue {
  switch (term.kind) {
    case 'literal':
      return literal(term.value);
    case 'list':
      return listOf(term.items, writing);
    case 'map': {
      const own: HclValue = {
        kind: 'object',
        entries: Object.entries(term.entries).map(([name, entry]) => [name, expression(entry, writing)] as const),
      };
      return term.extra === null ? own : { kind: 'call', name: 'merge', arguments: [textOf(term.extra, writing), own] };
    }
    case 'document':
      return { kind: 'call', name: 'jsonencode', arguments: [expression(term.value, writing)] };
    case 'blocks':
      throw new TypeError('Blocks are not an expression.');
    case 'template':
    case 'token':
    case 'key':
    case 'each':
    case 'input':
    case 'attribute':
    case 'all':
    case 'subrange':
      return textOf(term, writing);
  }
}

/** A list that holds whole groups is put together with `concat`; what may be absent is dropped with `compact`. */
function listOf(items: readonly Term[], writing: Writing): HclValue {
  const single = items.filter((item) => item.kind !== 'all');
  const groups = items.filter((item) => item.kind === 'all');
  const list: HclValue = { kind: 'list', items: single.map((item) => expression(item, writing)) };
  const joined: HclValue =
    groups.length === 0
      ? list
      : { kind: 'call', name: 'concat', arguments: [...groups.map((group) => textOf(group, writing)), list] };
  const mayLack = single.some((item) => item.kind === 'attribute' && item.of.shape === 'optional');
  return mayLack ? { kind: 'call', name: 'compact', arguments: [joined] } : joined;
}

function textOf(term: Term, writing: Writing): HclValue {
  return { kind: 'text', text: code(term, writing) };
}

/** A term as one piece of code. */
export function code(term: Term, writing: Writing): string {
  switch (term.kind) {
    case 'template':
      return `"${term.pieces.map((piece) => (typeof piece === 'string' ? escaped(piece) : `\${${code(piece, writing)}}`)).join('')}"`;
    case 'token':
      return `var.${tokenVariable[term.token]}`;
    case 'key':
      return 'each.key';
    case 'each':
      return writing.singleField ? 'each.value' : `each.value.${term.field}`;
    case 'input':
      return `var.${writing.inputOf.get(term.seed)?.name ?? 'missing'}`;
    case 'attribute':
    case 'all':
      if (term.of.node === writing.node) return inside(term, writing);
      return `var.${writing.wireName(term)}${isPerKey(term) ? '[each.key]' : ''}`;
    case 'subrange':
      return `cidrsubnet(${code(term.network, writing)}, ${term.bits}, ${code(term.number, writing)})`;
    case 'literal':
    case 'list':
    case 'map':
    case 'document':
    case 'blocks':
      return inline(expression(term, writing));
  }
}

/** The variables that stand for what is derived. */
export const tokenVariable = { name: 'name', region: 'region', account: 'account_id' } as const;

/** A reference to the member with the key at hand: across nodes it needs all of them, by key. */
export function isPerKey(term: WireTerm): boolean {
  return term.kind === 'attribute' && term.of.shape === 'group' && term.member === null;
}

/** A reference inside its own module. */
export function inside(term: WireTerm, writing: Pick<Writing, 'like'> = { like: null }): string {
  const address = addressOf(term.of);
  if (term.kind === 'all') return `values(${address})[*].${term.attribute}`;
  switch (term.of.shape) {
    case 'one':
      return `${address}.${term.attribute}`;
    case 'optional':
      return `one(${address}[*].${term.attribute})`;
    case 'group':
      if (term.member !== null) return `${address}[${quoted(term.member)}].${term.attribute}`;
      return writing.like === address ? `each.value.${term.attribute}` : `${address}[each.key].${term.attribute}`;
  }
}

/** A constant as code. */
export function literal(value: Json): HclValue {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(literal) };
  if (typeof value === 'object' && value !== null) {
    return { kind: 'object', entries: Object.entries(value).map(([name, entry]) => [name, literal(entry)] as const) };
  }
  return { kind: 'text', text: typeof value === 'string' ? quoted(value) : String(value) };
}

/** A type constraint. */
export function typeText(type: InputType): HclValue {
  if (typeof type === 'string') return { kind: 'text', text: type };
  if ('list' in type) return { kind: 'call', name: 'list', arguments: [typeText(type.list)] };
  if ('map' in type) return { kind: 'call', name: 'map', arguments: [typeText(type.map)] };
  return {
    kind: 'call',
    name: 'object',
    arguments: [
      { kind: 'object', entries: Object.entries(type.object).map(([name, inner]) => [name, typeText(inner)] as const) },
    ],
  };
}

function inline(value: HclValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'list':
      return `[${value.items.map(inline).join(', ')}]`;
    case 'object':
      return value.entries.length === 0
        ? '{}'
        : `{ ${value.entries.map(([name, entry]) => `${/^[A-Za-z_][\w-]*$/.test(name) ? name : quoted(name)} = ${inline(entry)}`).join(', ')} }`;
    case 'call':
      return `${value.name}(${value.arguments.map(inline).join(', ')})`;
  }
}
