import type { Json } from '../base/json.ts';
import { failed, ok, type Result } from '../base/result.ts';

/** The name of a value's type as users say it. */
export function typeName(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}

/** A single value as text; lists, objects and null have none. */
export function textOf(value: Json): Result<string, string> {
  switch (typeof value) {
    case 'string':
      return ok(value);
    case 'number':
    case 'boolean':
      return ok(String(value));
    default:
      return failed([`cannot put ${typeName(value)} into a text`]);
  }
}
