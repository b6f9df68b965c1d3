import { cleanText } from '#shared/base/clean-text.ts';
import type { Json } from '#shared/base/json.ts';
import { withoutSecretTexts } from '../discovery/secret-texts.ts';

/** A text as an agent may read it: without characters that mislead, and without secrets that stand in it. */
export function cleanForAgent(text: string): string {
  return withoutSecretTexts(cleanText(text));
}

/** A JSON value with every string and key in it cleaned. */
export function cleanJson<Value extends Json>(value: Value): Value {
  if (typeof value === 'string') return cleanForAgent(value) as Value;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item)) as Value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)])) as Value;
  }
  return value;
}
