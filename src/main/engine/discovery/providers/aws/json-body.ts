import type { Json, JsonObject } from '#shared/base/json.ts';
import { isSecretName, removed } from '../../secret-fields.ts';
import { withoutSecretTexts } from '../../secret-texts.ts';

export { removed } from '../../secret-fields.ts';

/** Fields that hold names with values given by people: the names stay, because wiring needs them; the values go. */
const valueFields = new Set(['environment', 'stagevariables', 'variables']);

/** Fields whose values stay unless their name tells that they are secret: people read them, and keep secrets there. */
const namedValueFields = new Set(['options', 'outputs', 'parameters', 'requestparameters', 'responseparameters']);

const secretName = /pass(word|wd|phrase)|secret|token|credential|(api|access|private|auth)[-_. ]?key/iu;

/**
 * The SDK's answer as JSON, with the SDK's own field names: dates as ISO text, bytes as base64, absent fields left
 * out, and secrets replaced by a word: start-up scripts, passwords, client secrets, variables of functions.
 */
export function jsonBody(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
      return withoutSecretTexts(value);
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return value.toString();
    case 'object':
      return objectBody(value);
    default:
      return null;
  }
}

/** The same for what is known to be an object. */
export function jsonObjectBody(value: object): JsonObject {
  const body = objectBody(value);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
}

function objectBody(value: object): Json {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonBody);
  const body: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined || name === '$metadata') continue;
    body[name] = fieldBody(name.toLowerCase(), inner);
  }
  return body;
}

function fieldBody(name: string, value: unknown): Json {
  if (isSecretName(name) && typeof value === 'string' && value !== '') return removed;
  if (valueFields.has(name)) return withoutValues(jsonBody(value), () => true);
  if (namedValueFields.has(name)) return withoutValues(jsonBody(value), (key) => secretName.test(key));
  return jsonBody(value);
}

/**
 * Removes values by their name, from a map (`{ NAME: value }`) or a list (`[{ name, value }]`, `[{ ParameterKey,
 * ParameterValue }]`). Other fields stay. Only in a list is an object a pair: a map may have a variable `KEY`.
 */
function withoutValues(body: Json, isSecret: (name: string) => boolean, isListed = false): Json {
  if (Array.isArray(body)) return body.map((item) => withoutValues(item, isSecret, true));
  if (typeof body !== 'object' || body === null) return body;
  const entries = Object.entries(body);
  const [key] = entries.flatMap(([field, value]) =>
    /(?:^name|key)$/iu.test(field) && typeof value === 'string' ? [value] : [],
  );
  const isPair = isListed && key !== undefined && entries.some(([field]) => /value$/iu.test(field));
  return Object.fromEntries(
    entries.map(([field, value]) => {
      if (typeof value !== 'string') return [field, value];
      const goes = isPair ? /value$/iu.test(field) && isSecret(key) : isSecret(field);
      return [field, goes ? removed : value];
    }),
  );
}

/** A policy as an object: IAM sends it URL-encoded, the others as plain JSON text. Text that is neither stays text. */
export function policyBody(document: string | undefined | null): Json {
  if (document === undefined || document === null || document === '') return null;
  try {
    const text = document.startsWith('%7B') ? decodeURIComponent(document) : document;
    return jsonBody(JSON.parse(text));
  } catch {
    // Not a secret and not ours to repair: shown as the cloud sent it.
    return document;
  }
}
