import type { PortSchema } from '../model/artifact.ts';
import { at, checkCount, type CheckContext, type Count } from './findings.ts';

function countOf({ minItems, maxItems }: PortSchema): Count {
  return { least: minItems ?? 0, most: maxItems ?? Infinity };
}

/** Members by their places, then the rest; how many there are; and what the tools do between lists and sets. */
export function checkList(from: PortSchema, to: PortSchema, { place, check, findings }: CheckContext): string | null {
  if (to.uniqueItems === true && from.uniqueItems !== true) findings.coercions.add('list to set');
  if (to.uniqueItems !== true && from.uniqueItems === true) findings.coercions.add('set to list');
  const given = countOf(from);
  // A list that becomes a set loses the members it has twice.
  const shrinks = to.uniqueItems === true && from.uniqueItems !== true && given.least > 1;
  const counted = shrinks ? { ...given, least: 1 } : given;
  const reason = checkCount(counted, countOf(to), { words: ['member', 'members'], findings });
  if (reason !== null) return at(place, reason);
  const [left, right] = [from.prefixItems ?? [], to.prefixItems ?? []];
  const places = Math.min(Math.max(left.length, right.length), given.most);
  for (let index = 0; index < places; index += 1) {
    const wanted = right[index] ?? to.items;
    if (wanted === undefined) continue;
    const inside = check({ from: left[index] ?? from.items ?? {}, to: wanted }, `${place}[${index}]`);
    if (inside !== null) return inside;
  }
  if (to.items === undefined || given.most <= places) return null;
  return check({ from: from.items ?? {}, to: to.items }, `${place}[]`);
}

function inside(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}

/** Whether there can be no properties but the named ones. */
function isClosed({ properties, additionalProperties }: PortSchema): boolean {
  return properties !== undefined && typeof additionalProperties !== 'object';
}

function entriesOf(schema: PortSchema): Count {
  const named = Object.keys(schema.properties ?? {}).length;
  return {
    least: Math.max(schema.minProperties ?? 0, schema.required?.length ?? 0),
    most: Math.min(schema.maxProperties ?? Infinity, isClosed(schema) ? named : Infinity),
  };
}

function checkNames(from: PortSchema, wanted: PortSchema, { place, check }: CheckContext): string | null {
  for (const name of Object.keys(from.properties ?? {})) {
    const reason = check({ from: { type: 'string', const: name }, to: { type: 'string', ...wanted } }, '');
    if (reason !== null) return at(place, `the name "${name}" ${reason}`);
  }
  if (isClosed(from)) return null;
  const reason = check({ from: { type: 'string', ...from.propertyNames }, to: { type: 'string', ...wanted } }, '');
  return reason === null ? null : at(place, `a name ${reason}`);
}

function checkNamed(from: PortSchema, to: PortSchema, { place, check, findings }: CheckContext): string | null {
  const given = from.properties ?? {};
  const rest = typeof from.additionalProperties === 'object' ? from.additionalProperties : {};
  for (const [name, schema] of Object.entries(to.properties ?? {})) {
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    const required = to.required?.includes(name) === true;
    if (found === undefined && isClosed(from)) {
      if (required) return at(place, `the property "${name}" is missing`);
      continue;
    }
    if (required && from.required?.includes(name) !== true) findings.notes.add(`"${name}" must turn out to be set`);
    const reason = check({ from: found ?? rest, to: schema }, inside(place, name));
    if (reason !== null) return reason;
  }
  return null;
}

/** Properties by their names, the entries of maps, how many of them and how they are called. */
export function checkObject(from: PortSchema, to: PortSchema, context: CheckContext): string | null {
  const { place, check, findings } = context;
  const given = from.properties ?? {};
  const wanted = to.properties ?? {};
  const named = checkNamed(from, to, context);
  if (named !== null) return named;
  if (to.minProperties !== undefined || to.maxProperties !== undefined) {
    const range = { least: to.minProperties ?? 0, most: to.maxProperties ?? Infinity };
    const reason = checkCount(entriesOf(from), range, { words: ['entry', 'entries'], findings });
    if (reason !== null) return at(place, reason);
  }
  const names = to.propertyNames === undefined ? null : checkNames(from, to.propertyNames, context);
  if (names !== null) return names;
  if (typeof to.additionalProperties === 'object') {
    for (const [name, schema] of Object.entries(given)) {
      if (Object.hasOwn(wanted, name)) continue;
      const reason = check({ from: schema, to: to.additionalProperties }, inside(place, name));
      if (reason !== null) return reason;
    }
    if (isClosed(from)) return null;
    const rest = typeof from.additionalProperties === 'object' ? from.additionalProperties : {};
    return check({ from: rest, to: to.additionalProperties }, `${place}[]`);
  }
  const extra = Object.keys(given).filter((name) => !Object.hasOwn(wanted, name));
  if (to.properties !== undefined && extra.length > 0) findings.coercions.add('further properties are dropped');
  return null;
}
