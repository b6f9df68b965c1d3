import type { Json, JsonObject } from '#shared/base/json.ts';
import type { ResourceFact } from '#shared/model/index.ts';
import { removed } from './secret-fields.ts';
import { isNoValue, isSecretArgument, withoutSecretSettings } from './secret-settings.ts';

/**
 * Name and password in front of a host; a password may hold `@`, so the last one before the path counts. A port with
 * settings behind it (`jdbc:sqlserver://host:1433;user=a@b`) is no password.
 */
const inAddress = /(:\/\/)[^/\s:@]*:(?!\d{1,5};)[^/\s?#"<>]+@/gu;

/** In front of a host of the web nobody writes a mere name: what stands there alone is a token. */
const aloneInAddress = /(\bhttps?:\/\/)[^/\s:@?#"'<>\\]+@(?=[\w[])/giu;

/** Signatures of addresses, and the code that opens a function; these names mean something else in other places. */
const inQuery = /((?:(?:^|[?&;\s])(?:sig|X-Amz-Signature|X-Amz-Security-Token)|[?&]code)=)[^&;\s"']+/giu;

/** `Authorization: Basic abc`, and a bearer's token wherever one is named. */
const inHeader =
  /(\bauthorization\b\\*["']?[ \t]*[:=][ \t]*\\*["']?(?<scheme>(?:aws4-hmac-sha256|basic|bearer|digest|negotiate|token)[ \t]+)?|\bbearer[ \t]+)(?<word>[\w.~+/-]+=*)(?![\w:~+/=-])/giu;

/** Tokens that say by their beginning what they are. */
const known =
  /(?<![\w-])(?:eyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?|gh[oprsu]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|[rs]k_live_\w{16,}|npm_\w{30,}|AIza[\w-]{35})(?![\w-])/gu;
const knownBeginning = /eyJ|gh[oprsu]_|github_pat_|glpat-|xox|k_live_|npm_|AIza/;

/** The secret half of a pair of keys of AWS, near the half that is none. */
const ofKeyPair = /(\b(?:AKIA|ASIA)[A-Z0-9]{16}\b[^\n]{0,64}?(?<![\w/+=]))([A-Za-z0-9/+]{40})(?![\w/+=])/gu;

const keyMark = /(-----(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)/;

/** A private key between its marks; one that was cut off ends where its characters do. */
function withoutPrivateKeys(text: string): string {
  return text
    .split(keyMark)
    .map((piece, index, pieces) => {
      if (index % 2 === 1 || pieces[index - 1]?.includes('BEGIN') !== true) return piece;
      if (pieces[index + 1]?.includes('END') === true) return removed;
      return piece.replace(/^(?:\s|\\+[nr])*[A-Za-z0-9+/=]{16,}(?:[A-Za-z0-9+/=]{16,}|\s|\\+[nr])*/u, removed);
    })
    .join('');
}

function withoutHeader(all: string, ...[before = '', scheme, word = '']: readonly (string | undefined)[]): string {
  if (isNoValue(word)) return all;
  // "The bearer of this" and "authorization: per account" are sentences.
  const isToken = scheme !== undefined || word.length >= 24 || (word.length >= 6 && /\d/.test(word));
  return isToken ? before + removed : all;
}

/**
 * A text without the secrets that stand inside of it: signatures of shared access and of signed addresses; keys,
 * tokens and passwords of connection strings, queries, settings, headers and commands; what a user gives in front of
 * a host; private keys. Words of sentences and references to where a secret lies stay. No pattern can match the same
 * characters in two ways, so the time grows with the text and no faster.
 */
export function withoutSecretTexts(text: string): string {
  let clean = text;
  if (clean.includes('://')) {
    clean = clean.replace(inAddress, `$1${removed}@`).replace(aloneInAddress, `$1${removed}@`);
  }
  if (clean.includes('PRIVATE KEY-')) clean = withoutPrivateKeys(clean);
  if (knownBeginning.test(clean)) clean = clean.replace(known, removed);
  if (/A[KS]IA/.test(clean)) {
    clean = clean.replace(ofKeyPair, (all, before: string, key: string) =>
      /^[0-9a-f]+$/.test(key) ? all : before + removed,
    );
  }
  if (/bearer|authorization/i.test(clean)) clean = clean.replace(inHeader, withoutHeader);
  if (clean.includes('=')) clean = clean.replace(inQuery, `$1${removed}`);
  return withoutSecretSettings(clean);
}

/** The same for all texts that a resource's body and tags hold. */
export function resourceWithoutSecretTexts(fact: ResourceFact): ResourceFact {
  const tags = Object.entries(fact.tags).map(([key, value]) => [key, withoutSecretTexts(value)] as const);
  return { ...fact, tags: Object.fromEntries(tags), raw: valueWithoutSecretTexts(fact.raw) };
}

/** The same for all texts at any depth of an object. */
export function objectWithoutSecretTexts(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, valueWithoutSecretTexts(value)]));
}

function valueWithoutSecretTexts(value: Json): Json {
  if (typeof value === 'string') return withoutSecretTexts(value);
  if (Array.isArray(value)) {
    return value.map((inner, index) =>
      isSecretArgument(inner, value[index - 1]) ? removed : valueWithoutSecretTexts(inner),
    );
  }
  return typeof value === 'object' && value !== null ? objectWithoutSecretTexts(value) : value;
}
