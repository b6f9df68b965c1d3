import type { Json } from '#shared/base/json.ts';

/** A number outside of quotes that may not be what it is once it is read: sixteen digits, or an exponent of three. */
const mayBeTooLarge = /(?:^|[:[,\s])-?(?:\d{16}|[\d.]{1,400}[eE]\+?\d{3})/;

interface ReviverContext {
  /** How a single value is written. */
  readonly source?: string;
}

/**
 * A JSON text as a value, with whole numbers that a number here cannot hold, and what is too large for any, as texts of
 * their digits: rounded, two ids would become one. Throws `SyntaxError`.
 */
export function parseJson(text: string): Json {
  // Looking at each value takes several times as long as parsing, and hardly any text needs it.
  return JSON.parse(text, mayBeTooLarge.test(text) ? exactly : undefined) as Json;
}

function exactly(_key: string, value: Json, { source }: ReviverContext = {}): Json {
  if (typeof value !== 'number' || source === undefined) return value;
  if (!Number.isFinite(value)) return source;
  return /^-?\d{16,}$/.test(source) && BigInt(source) !== BigInt(value) ? source : value;
}
