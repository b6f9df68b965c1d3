import type { Aligned } from './align.ts';
import { templateOf } from './common-terms.ts';
import type { Comparing } from './differ.ts';
import { networkOf, piecesAt, plainValue, resolve, type Sight } from './occurrences.ts';
import type { Reading } from './readings.ts';
import type { Term } from './terms.ts';
import { canonicalPieces, isPlain } from './tokens.ts';

interface Atom {
  /** Equal for items that mean the same. */
  readonly sign: string;
  readonly term: Term;
}

/**
 * Lists without order: the same items everywhere, where "all subnets of the group" counts as the same however many an
 * instance has. Null when the lists differ.
 */
export function unifySet(context: Comparing, sights: readonly Sight<Reading>[]): Term | null {
  const lists = sights.map(({ at, value }) => atomsOf(context, { at, value }));
  const [first] = lists;
  if (first === undefined) return null;
  const signs = (atoms: readonly Atom[]): string => JSON.stringify(atoms.map((atom) => atom.sign).toSorted());
  if (lists.some((atoms) => signs(atoms) !== signs(first))) return null;
  const [only] = first;
  if (first.length === 1 && only?.term.kind === 'all') return only.term;
  return { kind: 'list', items: first.map((atom) => atom.term) };
}

function atomsOf(context: Comparing, { at, value }: Sight<Reading>): readonly Atom[] {
  if (value.kind !== 'set') return [];
  const atoms: Atom[] = [];
  const families = new Map<string, { readonly of: Aligned; readonly attribute: string; readonly keys: Set<string> }>();
  for (const item of value.items) {
    const resolved = item.kind === 'reference' ? resolve(context, at, item) : null;
    if (resolved === null) {
      atoms.push(plainAtom(context, { at, value: item }));
      continue;
    }
    if (resolved.of.shape !== 'group') {
      const { of, attribute, key } = resolved;
      atoms.push({
        sign: `ref ${of.type}.${of.label}.${attribute}`,
        term: { kind: 'attribute', of, attribute, member: key },
      });
      continue;
    }
    const name = `${resolved.of.type}.${resolved.of.label}.${resolved.attribute}`;
    const family = families.get(name) ?? { of: resolved.of, attribute: resolved.attribute, keys: new Set<string>() };
    family.keys.add(resolved.key);
    families.set(name, family);
  }
  for (const [name, { of, attribute, keys }] of families) {
    const inInstance = of.members.filter((member) => member.parts.has(at.instance.name)).map((member) => member.key);
    if (inInstance.every((key) => keys.has(key))) {
      atoms.push({ sign: `all ${name}`, term: { kind: 'all', of, attribute } });
    } else {
      for (const key of keys) {
        atoms.push({ sign: `ref ${name} ${key}`, term: { kind: 'attribute', of, attribute, member: key } });
      }
    }
  }
  return atoms;
}

function plainAtom(context: Comparing, { at, value }: Sight<Reading>): Atom {
  const network = value.kind === 'range' ? networkOf(context, at, value.within) : null;
  if (network !== null && value.kind === 'range' && network.range === value.value) {
    const { of, attribute, key } = network.resolved;
    return { sign: `network ${of.label}`, term: { kind: 'attribute', of, attribute, member: key } };
  }
  const plain = String(plainValue(value) ?? '');
  const pieces = piecesAt(context, at, plain);
  return {
    sign: `text ${canonicalPieces(pieces)}`,
    term: isPlain(pieces) ? { kind: 'literal', value: plain } : templateOf(pieces),
  };
}
