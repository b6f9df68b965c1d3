import type { Json, JsonObject } from '#shared/base/json.ts';
import { parseJson } from './input/parse-json.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these fields that holds a text that is not empty. */
export function textOf(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A value that some writers put into a text: the JSON in it, or the text itself where it is none. */
export function unwrapped(value: Json | undefined): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value ?? null;
  try {
    return parseJson(value);
  } catch {
    // A text that only begins like JSON; it stays what it is.
    return value;
  }
}

/** Milliseconds since 1970 of an ISO time or of seconds since 1970; null for anything else. */
export function timeOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value > 1e8 ? Math.round(value < 1e11 ? value * 1000 : value) : null;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
