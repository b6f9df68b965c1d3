import type { Json, JsonObject } from '#shared/base/json.ts';
import { isSecretName, removed } from '../../secret-fields.ts';

export { removed } from '../../secret-fields.ts';

/**
 * The SDK's answer as JSON, with the SDK's own field names: dates as ISO text, bytes as base64, absent fields left
 * out, and secrets replaced by a word: start-up scripts, passwords, client secrets, variables of functions.
 */
export function jsonBody(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
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
    body[name] = isSecret(name, inner) ? removed : name === 'Environment' ? withoutVariables(inner) : jsonBody(inner);
  }
  return body;
}

function isSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isSecretName(name);
}

/** A function's environment: the names stay, because wiring needs them; the values go. */
function withoutVariables(environment: unknown): Json {
  const body = jsonBody(environment);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { Variables: variables } = body;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return body;
  return { ...body, Variables: Object.fromEntries(Object.keys(variables).map((name) => [name, removed])) };
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
