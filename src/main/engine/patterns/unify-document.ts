import type { Json, JsonObject } from '#shared/base/json.ts';
import { commonReference, templateOf } from './common-terms.ts';
import { differing, type Comparing } from './differ.ts';
import { piecesAt, resolve, type Occurrence, type Resolved, type Sight } from './occurrences.ts';
import type { Term } from './terms.ts';
import { canonicalPieces, isPlain } from './tokens.ts';

/**
 * JSON documents, as policies are. The same structure everywhere gives one document with references and inputs inside;
 * null when the structures differ, so that the caller takes the whole text as an input.
 */
export function unifyDocument(context: Comparing, sights: readonly Sight<Json>[], path: string): Term | null {
  const value = unifyValue(context, sights, path);
  return value === null ? null : { kind: 'document', value };
}

function unifyValue(context: Comparing, sights: readonly Sight<Json>[], path: string): Term | null {
  const [first] = sights;
  if (first === undefined) return null;
  if (sights.every((sight): sight is Sight<string> => typeof sight.value === 'string')) {
    return unifyString(context, sights, path);
  }
  if (sights.every((sight): sight is Sight<Json[]> => Array.isArray(sight.value)))
    return unifyList(context, sights, path);
  if (sights.every((sight): sight is Sight<JsonObject> => isObject(sight.value)))
    return unifyObject(context, sights, path);
  const { value } = first;
  if (sights.some((sight) => typeof sight.value !== typeof value || isCompound(sight.value) || isCompound(value)))
    return null;
  if (sights.every((sight) => sight.value === value)) return { kind: 'literal', value };
  return differing(context, sights, {
    path,
    type: typeof value === 'number' ? 'number' : 'bool',
    description: `${path.replaceAll(/[._]/g, ' ')} of ${context.aligned.label}`,
  });
}

function isCompound(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unifyList(context: Comparing, sights: readonly Sight<Json[]>[], path: string): Term | null {
  const length = sights[0]?.value.length ?? 0;
  if (sights.some(({ value }) => value.length !== length)) return null;
  const items: Term[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = unifyValue(
      context,
      sights.map(({ at, value }) => ({ at, value: value[index] ?? null })),
      path,
    );
    if (item === null) return null;
    items.push(item);
  }
  return { kind: 'list', items };
}

function unifyObject(context: Comparing, sights: readonly Sight<JsonObject>[], path: string): Term | null {
  const keys = Object.keys(sights[0]?.value ?? {});
  const sign = (value: JsonObject): string => JSON.stringify(Object.keys(value).toSorted());
  const [first] = sights;
  if (first === undefined || sights.some(({ value }) => sign(value) !== sign(first.value))) return null;
  const entries: Record<string, Term> = {};
  for (const key of keys) {
    const entry = unifyValue(
      context,
      sights.map(({ at, value }) => ({ at, value: value[key] ?? null })),
      `${path}.${key.toLowerCase()}`,
    );
    if (entry === null) return null;
    entries[key] = entry;
  }
  return { kind: 'map', entries, extra: null };
}

function unifyString(context: Comparing, sights: readonly Sight<string>[], path: string): Term {
  const linked = sights.map(({ at, value }) => ({ at, value: arnPrefix(context, at, value) }));
  const target = commonReference(
    context,
    linked.map(({ at, value }) => ({ at, value: value?.resolved ?? null })),
  );
  const rest = new Set(linked.map(({ value }) => value?.rest));
  if (target !== null && rest.size === 1) {
    const [ending = ''] = rest;
    return ending === undefined || ending === '' ? target : { kind: 'template', pieces: [target, ending] };
  }
  const pieces = sights.map(({ at, value }) => piecesAt(context, at, value));
  const [first = []] = pieces;
  const equal = sights.every(({ value }) => value === sights[0]?.value);
  const same = pieces.every((other) => canonicalPieces(other) === canonicalPieces(first));
  if (same && !isPlain(first)) return templateOf(first);
  if (equal) return { kind: 'literal', value: sights[0]?.value ?? '' };
  return differing(context, sights, {
    path,
    type: 'string',
    description: `${path.replaceAll(/[._]/g, ' ')} of ${context.aligned.label}`,
  });
}

/** An ARN, or an ARN followed by `/…` or `:…`, leads to the resource that has it. */
function arnPrefix(
  context: Comparing,
  at: Occurrence,
  value: string,
): { readonly resolved: Resolved; readonly rest: string } | null {
  if (!value.startsWith('arn:')) return null;
  const ends = [value.length];
  for (let index = value.length - 1; index > 4; index -= 1)
    if (value[index] === '/' || value[index] === ':') ends.push(index);
  for (const end of ends) {
    const resolved = resolve(context, at, { types: null, value: value.slice(0, end) });
    if (resolved?.attribute === 'arn' || resolved?.attribute === 'id') {
      return { resolved: { ...resolved, attribute: 'arn' }, rest: value.slice(end) };
    }
  }
  return null;
}
