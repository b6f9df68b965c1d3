import type { Json, JsonObject } from '#shared/base/json.ts';
import type { ResourceFact } from '#shared/model/index.ts';
import { removed } from './secret-fields.ts';

/**
 * Name and password in front of a host; a password may hold `@`, so the last one before the path counts. A port with
 * settings behind it (`jdbc:sqlserver://host:1433;user=a@b`) is no password.
 */
const inAddress = /(:\/\/)[^/\s:@]*:(?!\d{1,5};)[^/\s?#"<>]+@/gu;

/** Signatures of addresses, and the code that opens a function; these names mean something else in other places. */
const inQuery = /((?:(?:^|[?&;\s])(?:sig|X-Amz-Signature|X-Amz-Security-Token)|[?&]code)=)[^&;\s"']+/giu;

/** A setting whose name ends in what it is, such as `--db_password=abc`; what is quoted goes up to its closing quote. */
const inSetting =
  /((?:password|passwd|pwd|secret|token|(?:access|account|api|private|secret)[-_]?key)[ \t]*=[ \t]*)(?:\\*"[^"]*"?|'[^']*'?|[^;&\s"']+)/giu;

/**
 * A text without the secrets that stand inside of it: signatures of shared access and of signed addresses, keys,
 * tokens and passwords of connection strings, queries and commands, and a user's password in front of a host. No
 * pattern can match the same characters in two ways, so the time grows with the text and no faster.
 */
export function withoutSecretTexts(text: string): string {
  const host = text.includes('://') ? text.replace(inAddress, `$1${removed}@`) : text;
  if (!host.includes('=')) return host;
  return host.replace(inQuery, `$1${removed}`).replace(inSetting, `$1${removed}`);
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
