import type { Json } from '#shared/base/json.ts';

// Controls except tab and line feed, format characters (bidirectional, zero-width, tags), line separators, and whatever
// Unicode says is drawn as nothing: all that can make a text read differently from what it is.
const misleading = /(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** A cloud's text without characters that a person would not see as they are. */
export function cleanText(text: string): string {
  return text.replaceAll(misleading, '');
}

/** The same for every string and key in a JSON value. */
export function cleanJson<Value extends Json>(value: Value): Value {
  if (typeof value === 'string') return cleanText(value) as Value;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item)) as Value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)])) as Value;
  }
  return value;
}
