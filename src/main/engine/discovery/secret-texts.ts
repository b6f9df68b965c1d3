import type { Json, JsonObject } from '#shared/base/json.ts';
import type { ResourceFact } from '#shared/model/index.ts';
import { removed } from './secret-fields.ts';

/** What to look for before anything is replaced: nearly every text has none of it. */
const sign =
  /:\/\/[^/\s:@]+:[^/\s@]+@|[?&;\s](?:sig|X-Amz-Signature|X-Amz-Security-Token)=|^(?:sig)=|Key=|(?:password|pwd)=/iu;

/**
 * A text without the secrets that stand inside of it: signatures of shared access and of signed addresses, keys and
 * passwords of connection strings, and a user's password in front of a host.
 */
export function withoutSecretTexts(text: string): string {
  if (!(text.includes('=') || text.includes('://')) || !sign.test(text)) return text;
  return text
    .replace(/(:\/\/)[^/\s:@]+:[^/\s@]+@/gu, `$1${removed}@`)
    .replace(/((?:^|[?&;\s])(?:sig|X-Amz-Signature|X-Amz-Security-Token)=)[^&;\s"']+/giu, `$1${removed}`)
    .replace(/((?:Account|SharedAccess|Access)Key=)[^;\s"']+/giu, `$1${removed}`)
    .replace(/((?:^|[;?&\s])(?:password|pwd)=)[^;&\s"']+/giu, `$1${removed}`);
}

/** The same for all texts that a resource's body and tags hold. */
export function resourceWithoutSecretTexts(fact: ResourceFact): ResourceFact {
  const tags = Object.entries(fact.tags).map(([key, value]) => [key, withoutSecretTexts(value)] as const);
  return { ...fact, tags: Object.fromEntries(tags), raw: cleanValue(fact.raw) };
}

function cleanObject(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, cleanValue(value)]));
}

function cleanValue(value: Json): Json {
  if (typeof value === 'string') return withoutSecretTexts(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  return typeof value === 'object' && value !== null ? cleanObject(value) : value;
}
