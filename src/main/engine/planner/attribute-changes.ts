import type { Json } from '#shared/base/json.ts';
import { pathText } from '#shared/base/path-text.ts';
import type { AttributeChange } from '#shared/model/index.ts';
import { sameJson } from './canonical.ts';
import type { PlannedChange } from './plan-document.ts';

interface Place {
  readonly before: Json;
  readonly after: Json;
  readonly unknown: Json;
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
}

/**
 * What changes inside one resource, leaf by leaf. Sensitive values are null on both sides, whatever they are; what is
 * computed during the apply has no value after. The tool's own marks decide (`after_unknown`, `*_sensitive`).
 */
export function attributeChanges(change: PlannedChange): AttributeChange[] {
  const found: AttributeChange[] = [];
  const replaced = change.replace_paths.map(pathText);
  const emit = (path: string, place: Pick<AttributeChange, 'before' | 'after' | 'mark'>): void => {
    const forcesReplacement = replaced.some((forcing) => path === forcing || isInside(path, forcing));
    found.push({ path, ...place, forcesReplacement });
  };
  walk(
    [],
    {
      before: change.before,
      after: change.after,
      unknown: change.after_unknown,
      beforeSensitive: change.before_sensitive,
      afterSensitive: change.after_sensitive,
    },
    emit,
  );
  return found;
}

type Emit = (path: string, place: Pick<AttributeChange, 'before' | 'after' | 'mark'>) => void;

function walk(path: readonly (string | number)[], place: Place, emit: Emit): void {
  const { before, after, unknown } = place;
  if (place.beforeSensitive === true || place.afterSensitive === true) {
    if (isMarked(unknown) || !sameJson(before, after))
      emit(pathText(path), { before: null, after: null, mark: 'sensitive' });
    return;
  }
  if (unknown === true) {
    emit(pathText(path), { before: masked(before, place.beforeSensitive), after: null, mark: 'later' });
    return;
  }
  if (isPlainList(place)) {
    if (!sameJson(before, after)) emit(pathText(path), { before, after, mark: 'known' });
    return;
  }
  const keys = keysOf(place);
  if (keys !== null) {
    for (const key of keys) {
      walk(
        [...path, key],
        {
          before: member(before, key),
          after: member(after, key),
          unknown: member(unknown, key),
          beforeSensitive: member(place.beforeSensitive, key),
          afterSensitive: member(place.afterSensitive, key),
        },
        emit,
      );
    }
    return;
  }
  if (!sameJson(before, after)) emit(pathText(path), { before, after, mark: 'known' });
}

/** A list of plain values reads better whole than index by index. */
function isPlainList({ before, after, unknown, beforeSensitive, afterSensitive }: Place): boolean {
  const plain = (value: Json): boolean =>
    value === null || (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null));
  return (
    (Array.isArray(before) || Array.isArray(after)) &&
    plain(before) &&
    plain(after) &&
    ![unknown, beforeSensitive, afterSensitive].some(isMarked)
  );
}

/** Whether a tree of marks has a mark anywhere. */
function isMarked(marks: Json): boolean {
  if (typeof marks === 'boolean') return marks;
  return typeof marks === 'object' && marks !== null && Object.values(marks).some(isMarked);
}

function keysOf({ before, after, unknown }: Place): (string | number)[] | null {
  const parts = [before, after, unknown].filter((part) => typeof part === 'object' && part !== null);
  if (parts.length === 0) return null;
  if (parts.some((part) => Array.isArray(part))) {
    const length = Math.max(...parts.map((part) => (Array.isArray(part) ? part.length : 0)));
    return Array.from({ length }, (_, index) => index);
  }
  return [...new Set(parts.flatMap((part) => Object.keys(part ?? {})))].sort();
}

function member(value: Json, key: string | number): Json {
  if (Array.isArray(value)) return typeof key === 'number' ? (value[key] ?? null) : null;
  if (typeof value !== 'object' || value === null) return null;
  return typeof key === 'string' && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** A value with everything that its marks call sensitive replaced by null. */
function masked(value: Json, marks: Json): Json {
  if (marks === true) return null;
  if (typeof marks !== 'object' || marks === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => masked(item, member(marks, index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, member(marks, key))]));
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(outer) && (path[outer.length] === '.' || path[outer.length] === '[');
}
