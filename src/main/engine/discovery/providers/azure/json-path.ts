import type { Json, JsonObject } from '#shared/base/json.ts';

interface Step {
  readonly name: string;
  /** `[]`: every element of a list. `{}`: every key of a map. */
  readonly each: 'element' | 'key' | null;
}

const compiled = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const steps = path.split('.').map((part): Step => {
    if (part.endsWith('[]')) return { name: part.slice(0, -2), each: 'element' };
    if (part.endsWith('{}')) return { name: part.slice(0, -2), each: 'key' };
    return { name: part, each: null };
  });
  compiled.set(path, steps);
  return steps;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field by name; Azure's services do not agree on the case of names (`publicIpAddresses`, `Zones`). */
function fieldOf(value: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(value, name)) return value[name];
  const wanted = name.toLowerCase();
  for (const key in value) {
    if (key.length === name.length && key.toLowerCase() === wanted) return value[key];
  }
  return undefined;
}

/** Told, as a sentence, of what stands where a path leads and has another form: `properties.subnets is not a list`. */
export type TellForm = (sentence: string) => void;

/**
 * Everything a path leads to, in order: `properties.subnets[].id`, `identity.userAssignedIdentities{}` (the keys of
 * the map). What has another form than the path says leads to nothing, so a malformed body never throws; `tell` hears
 * of it. Absent, null and an empty text are how services write "nothing", and are no other form.
 */
export function valuesAt(body: Json, path: string, tell?: TellForm): readonly Json[] {
  let values: Json[] = [body];
  for (const [index, { name, each }] of stepsOf(path).entries()) {
    const next: Json[] = [];
    for (const value of values) {
      if (!isObject(value)) {
        if (value !== '') tell?.(`${pathUpTo(path, index)} is not an object`);
        continue;
      }
      const field = fieldOf(value, name);
      if (field === undefined || field === null) continue;
      if (each === null) next.push(field);
      else if (each === 'element' && Array.isArray(field)) next.push(...field);
      else if (each === 'key' && isObject(field)) next.push(...Object.keys(field));
      else if (field !== '') tell?.(`${pathUpTo(path, index)}${dot(index)}${name} is not ${formOf[each]}`);
    }
    if (next.length === 0) return next;
    values = next;
  }
  return values;
}

const formOf = { element: 'a list', key: 'an object' } as const;

/** The first steps of a path, as it writes them. */
function pathUpTo(path: string, steps: number): string {
  return path.split('.').slice(0, steps).join('.');
}

function dot(steps: number): string {
  return steps === 0 ? '' : '.';
}

/** The first text a path leads to that is not empty. */
export function textAt(body: Json, path: string): string | undefined {
  return textsAt(body, path)[0];
}

/** Every text a path leads to that is not empty. */
export function textsAt(body: Json, path: string): readonly string[] {
  return valuesAt(body, path).filter((value): value is string => typeof value === 'string' && value !== '');
}

/** The first of several paths that leads to a text. */
export function firstTextAt(body: Json, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(body, path);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The first value a path leads to, or null. */
export function valueAt(body: Json, path: string): Json {
  return valuesAt(body, path)[0] ?? null;
}
