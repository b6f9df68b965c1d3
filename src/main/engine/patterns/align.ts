import type { Boundary } from '#shared/model/index.ts';
import type { Instance, Part } from './instances.ts';
import { aboutType, positionOf } from './terraform-types/index.ts';
import { tokenise, wordsOf } from './tokens.ts';

/** One member of an aligned resource: the same thing in each instance that has it. */
interface Member {
  /** The key in `for_each`; empty for a resource that stands alone. */
  readonly key: string;
  readonly parts: ReadonlyMap<string, Part>;
}

/** One block of code to be: the same resource in every instance, or a family of resources that repeat in each. */
export interface Aligned {
  readonly type: string;
  /** The name in code, unique for its type and node. */
  readonly label: string;
  readonly node: Boundary;
  /** one: in every instance; optional: in some; group: one block for several members. */
  readonly shape: 'one' | 'optional' | 'group';
  readonly members: readonly Member[];
}

/** The address of the block, for example `aws_subnet.private`. */
export function addressOf(aligned: Pick<Aligned, 'type' | 'label'>): string {
  return `${aligned.type}.${aligned.label}`;
}

/** The address of one member as the tool writes it. */
export function memberAddress(aligned: Aligned, key: string): string {
  if (aligned.shape === 'group') return `${addressOf(aligned)}[${JSON.stringify(key)}]`;
  return aligned.shape === 'optional' ? `${addressOf(aligned)}[0]` : addressOf(aligned);
}

/** The order of stages: a node may only use what stands in its own or an earlier one. */
export const stages: readonly Boundary[] = [
  'networking',
  'security',
  'identity',
  'data',
  'compute',
  'application',
  'observability',
  'platform',
];

/**
 * Finds which resources of the instances are the same: by type and by role, which is the name without what is the
 * instance's own (name, region, account, random suffixes); what is left over is paired by likeness of its attributes.
 */
export function align(instances: readonly Instance[]): readonly Aligned[] {
  const rows = pairLeftovers(byRole(instances), instances);
  const aligned = grouped(rows, instances);
  return aligned.toSorted(
    (left, right) =>
      stages.indexOf(left.node) - stages.indexOf(right.node) ||
      positionOf(left.type) - positionOf(right.type) ||
      (left.label < right.label ? -1 : 1),
  );
}

interface Row {
  readonly type: string;
  readonly role: readonly string[];
  readonly parts: Map<string, Part>;
}

function byRole(instances: readonly Instance[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const instance of instances) {
    const taken = new Map<string, number>();
    for (const part of instance.parts) {
      const role = roleOf(part, instance);
      const key = JSON.stringify([part.type, role]);
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      const unique = count === 1 ? role : [...role, String(count)];
      const rowKey = JSON.stringify([part.type, unique]);
      const row = rows.get(rowKey) ?? { type: part.type, role: unique, parts: new Map<string, Part>() };
      row.parts.set(instance.name, part);
      rows.set(rowKey, row);
    }
  }
  return [...rows.values()];
}

function roleOf(part: Part, instance: Instance, depth = 0): readonly string[] {
  const own = (text: string): readonly string[] => wordsOf(tokenise(text, instance));
  if (part.of !== undefined) {
    const parent = instance.find(null, part.of.id)?.part;
    const label = own(part.of.label);
    // A satellite of a satellite is as deep as it gets; the bound only guards against a loop.
    const role = parent === undefined || depth > 3 ? [] : roleOf(parent, instance, depth + 1);
    return label.every((word) => role.includes(word)) ? role : [...role, ...label];
  }
  return part.name === null ? ['unnamed'] : own(part.name);
}

/** What has no counterpart by role may have one by likeness: the same type in another instance, most attributes equal. */
function pairLeftovers(rows: readonly Row[], instances: readonly Instance[]): readonly Row[] {
  const result: Row[] = rows.filter((row) => row.parts.size === instances.length);
  const open = rows.filter((row) => row.parts.size < instances.length);
  const joined = new Set<Row>();
  for (const row of open) {
    if (joined.has(row)) continue;
    for (const other of open) {
      if (other === row || joined.has(other) || joined.has(row) || other.type !== row.type) continue;
      const apart = [...other.parts.keys()].every((instance) => !row.parts.has(instance));
      if (!apart || isSibling(row.role, other.role) || likeness(row, other, instances) < 0.75) continue;
      for (const [instance, part] of other.parts) row.parts.set(instance, part);
      joined.add(other);
    }
    result.push(row);
  }
  return result.filter((row) => !joined.has(row));
}

/** `private-b` and `private-c` are two members of one family, not one thing under two names. */
function isSibling(left: readonly string[], right: readonly string[]): boolean {
  const base = (role: readonly string[]): string => role.slice(0, -1).join('_');
  return left.length === right.length && base(left) === base(right) && left.length > 1;
}

function likeness(left: Row, right: Row, instances: readonly Instance[]): number {
  const signs = (row: Row): Set<string> => {
    const found = new Set<string>();
    for (const [name, part] of row.parts) {
      const instance = instances.find((candidate) => candidate.name === name);
      if (instance === undefined) continue;
      for (const [attribute, reading] of Object.entries(part.body)) {
        if (attribute === 'tags' || attribute === 'name') continue;
        const text =
          reading.kind === 'reference'
            ? (instance.find(reading.types, reading.value)?.part.type ?? '')
            : JSON.stringify(reading);
        found.add(`${attribute}=${JSON.stringify(tokenise(text, instance))}`);
      }
    }
    return found;
  };
  const [ours, theirs] = [signs(left), signs(right)];
  const shared = [...ours].filter((sign) => theirs.has(sign)).length;
  const all = new Set([...ours, ...theirs]).size;
  return all === 0 ? 0 : shared / all;
}

/** Families: rows of one type whose roles differ only in a last word that is a zone letter or a number. */
function grouped(rows: readonly Row[], instances: readonly Instance[]): readonly Aligned[] {
  const families = new Map<string, Row[]>();
  for (const row of rows) {
    const key = memberKey(row);
    const family = JSON.stringify([row.type, key === null ? row.role : row.role.slice(0, -1), key === null]);
    families.set(family, [...(families.get(family) ?? []), row]);
  }
  const labels = new Set<string>();
  const labelFor = (type: string, words: readonly string[]): string => {
    const wanted = identifier(words);
    for (let count = 1; ; count += 1) {
      const label = count === 1 ? wanted : `${wanted}_${count}`;
      if (labels.has(`${type}.${label}`)) continue;
      labels.add(`${type}.${label}`);
      return label;
    }
  };
  return [...families.values()].flatMap((family): Aligned[] => {
    const [first] = family;
    if (first === undefined) return [];
    const node = aboutType(first.type).boundary;
    if (family.length > 1) {
      const members = family
        .map((row) => ({ key: row.role.at(-1) ?? '', parts: row.parts }))
        .toSorted((left, right) => (left.key < right.key ? -1 : 1));
      return [
        { type: first.type, label: labelFor(first.type, first.role.slice(0, -1)), node, shape: 'group', members },
      ];
    }
    const shape = first.parts.size === instances.length ? 'one' : 'optional';
    return [
      {
        type: first.type,
        label: labelFor(first.type, first.role),
        node,
        shape,
        members: [{ key: '', parts: first.parts }],
      },
    ];
  });
}

function memberKey(row: Row): string | null {
  const last = row.role.at(-1);
  if (last === undefined) return null;
  if (/^\d{1,3}$/.test(last)) return last;
  return /^[a-f]$/.test(last) ? last : null;
}

/** A name as Terraform takes it, from words. */
export function identifier(words: readonly string[]): string {
  const joined = words.join('_').replaceAll(/[^a-z0-9_]/g, '_');
  if (joined === '') return 'main';
  return /^[a-z]/.test(joined) ? joined : `r_${joined}`;
}
