import type { Json, JsonObject } from '#shared/base/json.ts';
import { isObject } from '../json-fields.ts';

/** Maps whose keys are a user's own words. */
const userMaps = new Set(['Variables', 'Tags', 'Labels', 'Parameters']);

const momentName = /(?:Time|Date|Timestamp)$/;
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/**
 * An answer of the SDK that was not made by the SDK. Its fields pass for whatever a converter expects of them; whether
 * they are is what the converters' own checks are for, as with the SDK's answers.
 */
export type AnswerBody = Record<string, never>;

/** Passes an object for an answer; anything else for an empty one. */
export function answerBody(value: unknown): AnswerBody {
  return typeof value === 'object' && value !== null ? (value as AnswerBody) : {};
}

/**
 * A configuration as the SDK would answer it, so that the provider's own converters read it: names begin with a
 * capital, times are dates, and a state is a word (`in-use`) instead of an object around it (`{ value: 'in-use' }`).
 */
export function sdkShape(configuration: JsonObject): AnswerBody {
  const shaped: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(configuration)) {
    const key = name.charAt(0).toUpperCase() + name.slice(1);
    // Null is how the file says that a field is absent.
    if (value !== null) shaped[key] = userMaps.has(key) && isObject(value) ? value : shapeOf(key, value);
  }
  return answerBody(shaped);
}

function shapeOf(key: string, value: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => shapeOf('', item));
  if (isObject(value)) {
    const only = value['value'];
    if (typeof only === 'string' && Object.keys(value).length === 1) return only;
    return sdkShape(value);
  }
  if (typeof value === 'string' && momentName.test(key) && isoTime.test(value)) return new Date(value);
  return value;
}

/** The same with names that begin with a small letter, as the SDK has them for some services. */
export function lowerCamel(body: AnswerBody): AnswerBody {
  return answerBody(smallNames(body));
}

function smallNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(smallNames);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      userMaps.has(name) ? inner : smallNames(inner),
    ]),
  );
}
