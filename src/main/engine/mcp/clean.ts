import { cleanText } from '#shared/base/clean-text.ts';
import type { Json } from '#shared/base/json.ts';

/** A JSON value with every string and key in it cleaned. */
export function cleanJson<Value extends Json>(value: Value): Value {
  if (typeof value === 'string') return cleanText(value) as Value;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item)) as Value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)])) as Value;
  }
  return value;
}
