import type { Json, JsonObject } from '#shared/base/json.ts';
import { isObject } from '../check/normal-form.ts';
import type { AttributePath } from '../check/differences.ts';

/** A new value at a place inside another; null takes the place away. */
export interface ValueEdit {
  readonly path: AttributePath;
  readonly value: Json;
}

/** Reads `tags.Owner`, `root_block_device[0].iops`, `tags["a b"]` back into the path it was written from. */
export function parsePath(text: string): (string | number)[] {
  const path: (string | number)[] = [];
  const step = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) throw new RangeError(`"${text}" is not a path of an attribute.`);
    const [, name, index, quotedName] = found;
    if (name !== undefined) path.push(name);
    else path.push(index === undefined ? (JSON.parse(quotedName ?? '""') as string) : Number(index));
  }
  return path;
}

/** The value with every edit made; what is missing on the way is made as objects. */
export function withEdits(value: Json, edits: readonly ValueEdit[]): Json {
  return edits.reduce((current, edit) => withEdit(current, edit), value);
}

function withEdit(value: Json, { path, value: wanted }: ValueEdit): Json {
  const [key, ...rest] = path;
  if (key === undefined) return wanted;
  if (typeof key === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    list[key] = withEdit(list[key] ?? null, { path: rest, value: wanted });
    return list.map((item) => item ?? null);
  }
  const members: JsonObject = isObject(value) ? { ...value } : {};
  const inner = withEdit(members[key] ?? null, { path: rest, value: wanted });
  if (rest.length === 0 && wanted === null) delete members[key];
  else members[key] = inner;
  return members;
}
