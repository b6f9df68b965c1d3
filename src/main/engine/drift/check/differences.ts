import type { Json } from '#shared/base/json.ts';
import { isObject, normalForm, sameMeaning, sameOrZero } from './normal-form.ts';
import type { Shape } from './shape.ts';

export type AttributePath = readonly (string | number)[];

/** One value seen from three sides, and what the tool says about it. */
export interface Sides {
  /** As the last deployment left it. */
  readonly deployed: Json;
  /** As it runs now. */
  readonly actual: Json;
  /** As the code wants it, where that is known. */
  readonly wanted: Json;
  /** The tool's marks for what is known only after an apply. */
  readonly unknown: Json;
  /** The tool's marks for what must not be shown, of all sides. */
  readonly sensitive: readonly Json[];
}

/** An attribute that is not the same on all sides. */
export interface Difference {
  readonly path: AttributePath;
  readonly deployed: Json;
  readonly actual: Json;
  readonly wanted: Json;
  /** False when the code's value comes out only during an apply. */
  readonly known: boolean;
  readonly sensitive: boolean;
  /** The cloud moved: what runs is not what was deployed. */
  readonly moved: boolean;
  /** The code asks for something else than what runs; only for values that are known. */
  readonly asked: boolean;
  /** The code asks for what was deployed. */
  readonly kept: boolean;
  /** The move is from "not set" to false or zero, or back. */
  readonly onlyZero: boolean;
}

/**
 * Compares the three sides attribute by attribute. Objects and maps are walked, sets compared as sets, lists of plain
 * values as wholes; what the cloud alone decides (computed) is left out.
 */
export function differencesOf(shape: Shape, sides: Sides): Difference[] {
  return walk(shape, [], { ...sides, schemaSensitive: false, inMap: false });
}

interface Place extends Sides {
  readonly schemaSensitive: boolean;
  /** In a map an empty text is a value, elsewhere it is "not set". */
  readonly inMap: boolean;
}

function walk(shape: Shape, path: AttributePath, place: Place): Difference[] {
  const keys = keysToWalk(shape, place);
  if (keys === null || place.unknown === true || place.sensitive.includes(true)) return compare(shape, path, place);
  return keys.flatMap((key) => {
    const member = shape.kind === 'object' && typeof key === 'string' ? shape.members.get(key) : undefined;
    if (member?.computedOnly === true) return [];
    return walk(memberShape(shape, key), [...path, key], {
      deployed: part(place.deployed, key),
      actual: part(place.actual, key),
      wanted: part(place.wanted, key),
      unknown: part(place.unknown, key),
      sensitive: place.sensitive.map((marks) => part(marks, key)),
      schemaSensitive: place.schemaSensitive || member?.sensitive === true,
      inMap: shape.kind === 'map',
    });
  });
}

function compare(shape: Shape, path: AttributePath, place: Place): Difference[] {
  const { deployed, actual, wanted } = place;
  const known = !isMarked(place.unknown);
  const same = (one: Json, other: Json): boolean =>
    place.inMap
      ? sameMeaning({ kind: 'map', item: shape }, { value: one }, { value: other })
      : sameMeaning(shape, one, other);
  const moved = !same(deployed, actual);
  const asked = known && !same(wanted, actual);
  if (!moved && !asked) return [];
  return [
    {
      path,
      deployed: tidy(shape, deployed),
      actual: tidy(shape, actual),
      wanted: known ? tidy(shape, wanted) : null,
      known,
      sensitive: place.schemaSensitive || place.sensitive.some(isMarked),
      moved,
      asked,
      kept: known && same(wanted, deployed),
      onlyZero: sameOrZero(shape, deployed, actual),
    },
  ];
}

/** Sets and blocks read better without their empty members. */
function tidy(shape: Shape, value: Json): Json {
  return shape.kind === 'leaf' ? value : normalForm(shape, value);
}

/** The keys to go into, or null where the value is compared whole. */
function keysToWalk(shape: Shape, { deployed, actual, wanted }: Place): (string | number)[] | null {
  const values = [deployed, actual, wanted];
  switch (shape.kind) {
    case 'leaf':
    case 'set':
      return null;
    case 'list':
    case 'unknown':
      if (values.some(Array.isArray)) return indexes(values);
      return shape.kind === 'list' ? null : names(values);
    case 'map':
      return names(values);
    case 'object':
      return [...shape.members.keys()];
  }
}

/** Lists of objects of one length are compared member by member; others whole, since nothing says what moved where. */
function indexes(values: readonly Json[]): number[] | null {
  const lists = values.filter((value) => Array.isArray(value));
  const [first] = lists;
  const alike =
    first !== undefined && lists.length === values.length && lists.every((list) => list.length === first.length);
  return alike && lists.every((list) => list.every(isObject)) ? first.map((_item, index) => index) : null;
}

function names(values: readonly Json[]): string[] | null {
  const objects = values.filter(isObject);
  return objects.length === 0 ? null : [...new Set(objects.flatMap((value) => Object.keys(value)))].sort();
}

function memberShape(shape: Shape, key: string | number): Shape {
  switch (shape.kind) {
    case 'object':
      return (typeof key === 'string' ? shape.members.get(key)?.shape : undefined) ?? { kind: 'unknown' };
    case 'list':
    case 'set':
    case 'map':
      return shape.item;
    case 'leaf':
    case 'unknown':
      return { kind: 'unknown' };
  }
}

function part(value: Json, key: string | number): Json {
  if (Array.isArray(value)) return typeof key === 'number' ? (value[key] ?? null) : null;
  return isObject(value) && typeof key === 'string' && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** Whether a tree of marks has a mark anywhere. */
export function isMarked(marks: Json): boolean {
  if (typeof marks === 'boolean') return marks;
  return typeof marks === 'object' && marks !== null && Object.values(marks).some(isMarked);
}
