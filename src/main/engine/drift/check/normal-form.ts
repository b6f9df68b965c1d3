import type { Json, JsonObject } from '#shared/base/json.ts';
import { canonicalJson } from '../../planner/index.ts';
import type { Shape } from './shape.ts';

/**
 * The value as far as it means something: unset, empty text, empty list and empty object are one, sets are sorted,
 * what the cloud alone decides inside them is left out. Providers write all of these forms for "nothing".
 */
export function normalForm(shape: Shape, value: Json): Json {
  if (value === null || value === '') return null;
  switch (shape.kind) {
    case 'leaf':
      return value;
    case 'unknown':
      return Array.isArray(value)
        ? normalList(shape, value)
        : isObject(value)
          ? normalMembers(value, () => shape)
          : value;
    case 'list':
      return Array.isArray(value) ? normalList(shape.item, value) : value;
    case 'set': {
      if (!Array.isArray(value)) return value;
      const items = value.map((item) => normalForm(shape.item, item)).filter((item) => item !== null);
      return items.length === 0
        ? null
        : [...new Map(items.map((item) => [canonicalJson(item), item])).entries()]
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([, item]) => item);
    }
    case 'map':
      // An empty text in a map is a value: a tag may be empty.
      return isObject(value) ? normalMembers(value, () => shape.item, true) : value;
    case 'object':
      return isObject(value)
        ? normalMembers(value, (name) => {
            const member = shape.members.get(name);
            return member?.computedOnly === true ? null : (member?.shape ?? { kind: 'unknown' });
          })
        : value;
  }
}

/** Whether two values mean the same. */
export function sameMeaning(shape: Shape, one: Json, other: Json): boolean {
  return canonicalJson(normalForm(shape, one)) === canonicalJson(normalForm(shape, other));
}

/** Whether two values mean the same when "not set" may also be written as false or zero, as older providers do. */
export function sameOrZero(shape: Shape, one: Json, other: Json): boolean {
  const zero = (value: Json): Json => (value === false || value === 0 ? null : value);
  return canonicalJson(zero(normalForm(shape, one))) === canonicalJson(zero(normalForm(shape, other)));
}

function normalList(item: Shape, values: readonly Json[]): Json {
  const items = values.map((value) => normalForm(item, value));
  return items.every((value) => value === null) ? null : items;
}

function normalMembers(value: JsonObject, shapeOf: (name: string) => Shape | null, keepEmptyText = false): Json {
  const members: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const shape = shapeOf(name);
    if (shape === null) continue;
    const normal = keepEmptyText && inner === '' ? '' : normalForm(shape, inner);
    if (normal !== null) members[name] = normal;
  }
  return Object.keys(members).length === 0 ? null : members;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
