import type { Json } from '#shared/base/json.ts';
import { pathText } from '#shared/base/path-text.ts';
import type { RunAttribute } from '#shared/model/index.ts';
import { canonicalText, datesMatterIn, isVolatileName, lastingText } from '../lasting.ts';

/** A resource as one run saw it. */
export interface ResourceSide {
  readonly kind: string;
  readonly state: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: Json;
}

type Path = readonly (string | number)[];
type JsonMap = Readonly<Record<string, Json>>;

/** What counts as a difference. */
interface Rule {
  /** Equal texts mean no difference; null when nothing of the value counts. */
  text(name: string, value: Json): string | null;
  has(name: string): boolean;
}

/** A tag may be called as it likes and say what it likes. */
const tagRule: Rule = { text: (_name, value) => canonicalText(value), has: () => true };

function bodyRule(kind: string): Rule {
  const datesMatter = datesMatterIn(kind);
  return { text: (name, value) => lastingText(name, value, datesMatter), has: (name) => !isVolatileName(name) };
}

/** Fields of a body in which clouds repeat the tags. */
const tagFields = /^(tags|tagset|taglist|labels)$/i;

/**
 * What differs between two sightings of a resource, by the rule of the drift hash: fields that change by themselves
 * are left out and lists are sets, of which only the elements that one side alone has are told. What a body repeats of
 * tags and state is told once.
 */
export function attributeChanges(before: ResourceSide, after: ResourceSide): readonly RunAttribute[] {
  const tags = compare(['tags'], { before: before.tags, after: after.tags }, tagRule);
  const body = compare([], { before: before.raw, after: after.raw }, bodyRule(after.kind));
  const told = tags.length === 0 ? body : body.filter(({ path }) => !tagFields.test(/^[\w-]+/.exec(path)?.[0] ?? ''));
  const state = { path: 'state', before: before.state, after: after.state };
  const isStateTold = state.before === state.after || told.some((one) => isSame(one, state));
  return [...(isStateTold ? [] : [state]), ...tags, ...told];
}

function isSame(left: RunAttribute, right: RunAttribute): boolean {
  return left.before === right.before && left.after === right.after;
}

/** The value of a field on both sides; undefined where there is none. */
interface Pair {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

function compare(path: Path, { before, after }: Pair, rule: Rule): readonly RunAttribute[] {
  const name = String(path.at(-1) ?? '');
  if (textOf(name, before, rule) === textOf(name, after, rule)) return [];
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => rule.has(key))
      .toSorted()
      .flatMap((key) => compare([...path, key], { before: before[key], after: after[key] }, rule));
  }
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(path, { before, after }, rule);
  return [{ path: pathText(path), before: before ?? null, after: after ?? null }];
}

function textOf(name: string, value: Json | undefined, rule: Rule): string | null {
  return value === undefined ? null : rule.text(name, value);
}

function compareLists(
  path: Path,
  lists: { readonly before: readonly Json[]; readonly after: readonly Json[] },
  rule: Rule,
): readonly RunAttribute[] {
  const before = without(lists.before, lists.after, rule);
  const after = without(lists.after, lists.before, rule);
  const [left] = before;
  const [right] = after;
  if (before.length === 1 && after.length === 1 && isObject(left) && isObject(right)) {
    return compare([...path, lists.after.indexOf(right)], { before: left, after: right }, rule);
  }
  const identity = identityOf(before, after);
  if (identity === null) return [{ path: pathText(path), before, after }];
  const [known, now] = [byIdentity(before, identity), byIdentity(after, identity)];
  return [...new Set([...known.keys(), ...now.keys()])].flatMap((key) =>
    compare([...path, `${identity}=${key}`], { before: known.get(key), after: now.get(key) }, rule),
  );
}

/** The elements of a bag that another does not have, counted. */
function without(items: readonly Json[], others: readonly Json[], rule: Rule): Json[] {
  const counts = new Map<string | null, number>();
  for (const other of others) {
    const text = rule.text('', other);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return items.filter((item) => {
    const text = rule.text('', item);
    const left = counts.get(text) ?? 0;
    if (left > 0) counts.set(text, left - 1);
    return text !== null && left === 0;
  });
}

const identityName = /(^|_|[a-z])(id|arn|name|key)$/i;

/** The field that tells the objects of two lists apart, such as `Key` or `GroupId`; null when there is none. */
function identityOf(before: readonly Json[], after: readonly Json[]): string | null {
  const [first] = before;
  if (before.length === 0 || after.length === 0 || !isObject(first)) return null;
  const names = Object.keys(first).filter((name) => identityName.test(name));
  return names.find((name) => isIdentity(before, name) && isIdentity(after, name)) ?? null;
}

function isIdentity(items: readonly Json[], name: string): boolean {
  const values = items.map((item) => textIn(item, name));
  return values.every((value) => value !== '') && new Set(values).size === values.length;
}

function byIdentity(items: readonly Json[], name: string): ReadonlyMap<string, Json> {
  return new Map(items.map((item) => [textIn(item, name), item]));
}

function textIn(item: Json, name: string): string {
  const value = isObject(item) ? item[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function isObject(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
