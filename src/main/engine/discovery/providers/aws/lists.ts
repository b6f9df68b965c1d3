import { InvalidAnswerError } from './calls/aws-error.ts';

// AWS leaves lists out that are empty. What stands in a list's place and is none would be walked as one all the same (a
// text letter by letter) and give nothing, and nothing given looks like nothing there.

/** A list of objects of an answer, empty when it is left out. Throws when there is something else in its place. */
export function objectsIn<Item extends object>(
  value: readonly Item[] | null | undefined,
  field: string,
): readonly Item[] {
  return itemsIn(value, field, isObject);
}

/** A list of texts of an answer, empty when it is left out. Throws when there is something else in its place. */
export function textsIn<Text extends string>(
  value: readonly Text[] | null | undefined,
  field: string,
): readonly Text[] {
  return itemsIn(value, field, isText);
}

function itemsIn<Item>(
  value: readonly Item[] | null | undefined,
  field: string,
  fits: (item: unknown) => boolean,
): readonly Item[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(fits))
    throw new InvalidAnswerError(`${field} has another form than it should.`);
  return value;
}

function isObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

function isText(item: unknown): boolean {
  return typeof item === 'string';
}
