import type { Json, JsonObject } from '#shared/base/json.ts';

/**
 * Reads a cloud's answer without trusting its shape: what is missing or of another type is null or empty.
 * A path is names with dots; several paths may be given, the first that holds something wins.
 */
export interface Raw {
  text(...paths: string[]): string | null;
  number(...paths: string[]): number | null;
  flag(...paths: string[]): boolean | null;
  list(...paths: string[]): readonly Raw[];
  texts(...paths: string[]): readonly string[];
  /** A JSON document: an object as it is, or parsed from text, URL-encoded or not. */
  document(...paths: string[]): Json | null;
  /** Entries whose values are text. */
  entries(...paths: string[]): Readonly<Record<string, string>>;
  readonly value: Json;
}

/** Wraps a body for reading. */
export function rawOf(value: Json): Raw {
  const at = (paths: readonly string[]): Json => {
    for (const path of paths) {
      const found = path.split('.').reduce<Json>(memberOf, value);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    value,
    text: (...paths) => {
      const found = at(paths);
      if (typeof found === 'number' || typeof found === 'boolean') return String(found);
      return typeof found === 'string' && found !== '' ? found : null;
    },
    number: (...paths) => {
      const found = at(paths);
      const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
      return typeof number === 'number' && Number.isFinite(number) ? number : null;
    },
    flag: (...paths) => {
      const found = at(paths);
      if (typeof found === 'boolean') return found;
      // Attribute lists of some services hold "true" and "false" as text.
      if (found === 'true' || found === 'false') return found === 'true';
      return null;
    },
    list: (...paths) => {
      const found = at(paths);
      return Array.isArray(found) ? found.map(rawOf) : [];
    },
    texts: (...paths) => {
      const found = at(paths);
      return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
    },
    document: (...paths) => documentOf(at(paths)),
    entries: (...paths) => {
      const found = at(paths);
      if (!isObject(found)) return {};
      return Object.fromEntries(
        Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    },
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(value: Json, name: string): Json {
  if (Array.isArray(value)) {
    const index = Number(name);
    if (Number.isInteger(index)) return value[index] ?? null;
    // Attribute lists: [{ Key, Value }] are read as if they were an object.
    const entry = value.find((item) => isObject(item) && (item['Key'] === name || item['key'] === name));
    return entry !== undefined && isObject(entry) ? (entry['Value'] ?? entry['value'] ?? null) : null;
  }
  return isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

function documentOf(value: Json): Json | null {
  if (typeof value !== 'string') return value;
  for (const candidate of [value, decoded(value)]) {
    const parsed = parsedJson(candidate);
    if (parsed !== null) return parsed;
  }
  return null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    // Not URL-encoded after all.
    if (error instanceof URIError) return value;
    throw error;
  }
}

function parsedJson(value: string): Json | null {
  if (!/^\s*[[{]/.test(value)) return null;
  try {
    return JSON.parse(value) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
