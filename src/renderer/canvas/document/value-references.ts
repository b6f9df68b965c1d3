import type { Json } from '#shared/base/json.ts';
import { references, type Reference } from '#shared/expressions/index.ts';

/** The text of a reference: `${inputs.cidr}`. A value that is exactly this keeps its type. */
export function referenceExpression(reference: Reference): string {
  return `\${${reference.node ?? reference.root}.${reference.name}}`;
}

function mapTexts(value: Json, map: (text: string) => string): Json {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
  }
  return value;
}

/** The value with every reference that has a new name written anew; everything else is kept as it was typed. */
export function renameReferences(value: Json, rename: (reference: Reference) => Reference | null): Json {
  return mapTexts(value, (text) => {
    let result = text;
    // From the end, so that the spans of those before stay right.
    for (const found of references(text).toReversed()) {
      const renamed = rename(found);
      if (renamed === null) continue;
      const written = `${renamed.node ?? renamed.root}.${renamed.name}`;
      result = result.slice(0, found.start) + written + result.slice(found.end);
    }
    return result;
  });
}

/**
 * The value without what refers to something that is gone: members of a list are dropped, anything else that
 * mentions it goes as a whole. Undefined when nothing is left.
 */
export function dropReferences(value: Json, isGone: (reference: Reference) => boolean): Json | undefined {
  const found = references(value);
  if (!found.some(isGone)) return value;
  if (!Array.isArray(value)) return undefined;
  const kept = value.filter((item) => !references(item).some(isGone));
  return kept.length === 0 ? undefined : kept;
}

/** The one reference a value consists of, or null when it is anything else. */
export function soleReference(value: Json | undefined): Reference | null {
  if (typeof value !== 'string') return null;
  const [first, ...others] = references(value);
  if (first === undefined || others.length > 0) return null;
  return referenceExpression(first) === value.replaceAll(/\s/g, '') ? first : null;
}

/** Whether a value contains any `${…}`. */
export function isExpression(value: Json | undefined): boolean {
  if (value === undefined) return false;
  return typeof value === 'string' ? value.includes('${') : references(value).length > 0;
}
