import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  visit,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { isDeepStrictEqual } from 'node:util';
import { spliced, type Splice } from './splice.ts';
import type { Json, JsonObject } from '#shared/base/json.ts';

/*
 * Rewrites a YAML text so that it holds other data while everything that did not change keeps its very bytes:
 * comments, order, alignment, quotes. The library's own printer keeps comments but normalises white space, so one
 * change would touch many lines; instead the differences are spliced into the text by the ranges of the nodes. The
 * result is parsed again and compared; should a splice not mean what it should, the printer is the way out.
 */

interface Edit {
  readonly text: string;
  readonly splices: Splice[];
}

const lineLimit = 100;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Styles of our own: expressions in double quotes, short leaves on one line. */
function styled(value: Json): Document {
  const document = new Document(value);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && node.value.includes('${')) node.type = Scalar.QUOTE_DOUBLE;
    },
    Collection(key, node) {
      const leaf = node.items.every((item) => isLeaf(valueOf(item)));
      if (key !== null && leaf && JSON.stringify(node.toJS(document)).length <= lineLimit - 10) node.flow = true;
    },
  });
  return document;
}

function isLeaf(value: unknown): boolean {
  return isSeq(value) ? value.items.every(isScalar) : !isMap(value);
}

function valueOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'value' in item && 'key' in item ? item.value : item;
}

/** A value on one line, safe inside `{ }` and `[ ]`. */
function inline(value: Json, like?: Scalar): string {
  const document = new Document([value]);
  visit(document, {
    Collection(_key, node) {
      node.flow = true;
    },
    Scalar(_key, node) {
      const text = typeof node.value === 'string' ? node.value : null;
      if (text === null) return;
      const quoted = like?.type === Scalar.QUOTE_DOUBLE || like?.type === Scalar.QUOTE_SINGLE ? like.type : null;
      if (text.includes('${') || text.includes('\n')) node.type = Scalar.QUOTE_DOUBLE;
      else if (quoted !== null) node.type = quoted;
    },
  });
  return document.toString({ lineWidth: 0 }).trim().slice(1, -1).trim();
}

/** `key: value` as lines of a block at an indentation, without the first line's indentation and the last new line. */
function blockPair(key: string, value: Json, indent: number): string {
  const lines = styled({ [key]: value })
    .toString({ lineWidth: 0 })
    .trimEnd()
    .split('\n');
  return lines.map((line, index) => (index === 0 || line === '' ? line : ' '.repeat(indent) + line)).join('\n');
}

function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

/** Where a node's own text ends, without the new lines a block collection claims. */
function endOf(node: Node, text: string): number {
  const [start, end] = rangeOf(node);
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    const inner = isNode(last) ? last : (last as Pair | undefined)?.value;
    if (isNode(inner)) return endOf(inner, text);
  }
  return start + text.slice(start, end).trimEnd().length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function lineStart(text: string, from: number): number {
  return text.lastIndexOf('\n', from - 1) + 1;
}

interface Member {
  readonly key: string;
  readonly start: number;
  /** End of the value's text; of the key's colon when the value is empty. */
  readonly end: number;
  readonly value: Node | null;
}

function membersOf(map: YAMLMap, text: string): readonly Member[] | null {
  const members: Member[] = [];
  for (const pair of map.items) {
    if (!isScalar(pair.key)) return null;
    const [start, keyEnd] = rangeOf(pair.key);
    const value = isNode(pair.value) ? pair.value : null;
    const empty = value === null || rangeOf(value)[0] === rangeOf(value)[1];
    const end = empty ? text.indexOf(':', keyEnd) + 1 : endOf(value, text);
    members.push({ key: String(pair.key.value), start, end, value });
  }
  return members;
}

function removeMember(
  edit: Edit,
  map: YAMLMap,
  { members, index }: { readonly members: readonly Member[]; readonly index: number },
): void {
  const { text } = edit;
  const member = members[index];
  if (member === undefined) return;
  if (map.flow === true) {
    const next = members[index + 1];
    const previous = members[index - 1];
    if (next !== undefined) edit.splices.push({ start: member.start, end: next.start, text: '' });
    else edit.splices.push({ start: previous?.end ?? member.start, end: member.end, text: '' });
    return;
  }
  const end = lineEnd(text, member.end);
  edit.splices.push({ start: lineStart(text, member.start), end: Math.min(end + 1, text.length), text: '' });
}

function insertMember(
  edit: Edit,
  map: YAMLMap,
  added: { readonly key: string; readonly value: Json; readonly after: Member | null; readonly first: Member },
): void {
  const { text } = edit;
  const { key, value, after, first } = added;
  if (map.flow === true) {
    const pair = `${inline(key)}: ${inline(value)}`;
    if (after === null) edit.splices.push({ start: first.start, end: first.start, text: `${pair}, ` });
    else edit.splices.push({ start: after.end, end: after.end, text: `, ${pair}` });
    return;
  }
  const indent = first.start - lineStart(text, first.start);
  const lines = blockPair(key, value, indent);
  if (after === null) {
    edit.splices.push({ start: first.start, end: first.start, text: `${lines}\n${' '.repeat(indent)}` });
    return;
  }
  const at = lineEnd(text, after.end);
  edit.splices.push({ start: at, end: at, text: `\n${' '.repeat(indent)}${lines}` });
}

/** Replaces the value of `key: value`, or an item of a list, as a whole. */
function replaceNode(edit: Edit, node: Node, value: Json): void {
  const { text } = edit;
  const [start] = rangeOf(node);
  const flow = (isMap(node) || isSeq(node)) && node.flow === true;
  const blockCollection = (isMap(node) || isSeq(node)) && !flow;
  const collection = isObject(value) || Array.isArray(value);
  if (!blockCollection && (!collection || flow || inline(value).length <= lineLimit)) {
    edit.splices.push({ start, end: endOf(node, text), text: inline(value, isScalar(node) ? node : undefined) });
    return;
  }
  // A block collection, or one too long for a line: written flow, on the line of its key, when it is short.
  const from = blockCollection ? text.slice(0, start).trimEnd().length : start;
  const gap = blockCollection ? ' ' : '';
  edit.splices.push({ start: from, end: endOf(node, text), text: `${gap}${inline(value)}` });
}

function changeMap(edit: Edit, map: YAMLMap, target: JsonObject): void {
  const members = membersOf(map, edit.text);
  const [first] = members ?? [];
  const keeps = members?.some(({ key }) => Object.hasOwn(target, key)) === true;
  if (members === null || first === undefined || !keeps) {
    replaceNode(edit, map, target);
    return;
  }
  const byKey = new Map(members.map((member) => [member.key, member]));
  for (const [index, member] of members.entries()) {
    const value = Object.hasOwn(target, member.key) ? target[member.key] : undefined;
    if (value === undefined) removeMember(edit, map, { members, index });
    else changeNode(edit, member, value);
  }
  let after: Member | null = null;
  for (const [key, value] of Object.entries(target)) {
    const known: Member | undefined = byKey.get(key);
    if (known === undefined) insertMember(edit, map, { key, value, after, first });
    else after = known;
  }
}

function changeNode(edit: Edit, member: Member, target: Json): void {
  const { value: node } = member;
  if (node === null || rangeOf(node)[0] === rangeOf(node)[1]) {
    if (target !== null) edit.splices.push({ start: member.end, end: member.end, text: ` ${inline(target)}` });
    return;
  }
  const current: unknown = node.toJS(new Document());
  if (isDeepStrictEqual(current, target)) return;
  if (isMap(node) && isObject(target)) changeMap(edit, node, target);
  else if (isSeq(node) && Array.isArray(target) && node.items.length === target.length && node.items.every(isNode)) {
    for (const [index, item] of node.items.entries()) {
      if (isNode(item)) changeNode(edit, { key: String(index), start: 0, end: 0, value: item }, target[index] ?? null);
    }
  } else replaceNode(edit, node, target);
}

/** Applies the difference through the library's document: comments survive, white space is normalised. */
function printed(text: string, target: JsonObject): string {
  const document = parseDocument(text);
  const apply = (map: YAMLMap, data: JsonObject): void => {
    for (const { key } of map.items.slice()) {
      if (!Object.hasOwn(data, isScalar(key) ? String(key.value) : String(key))) map.delete(key);
    }
    for (const [key, value] of Object.entries(data)) {
      const node: unknown = map.get(key, true);
      if (isMap(node) && isObject(value)) apply(node, value);
      else if (!isNode(node) || !isDeepStrictEqual(node.toJS(document), value))
        map.set(key, document.createNode(value));
    }
  };
  if (!isMap(document.contents)) return styled(target).toString({ lineWidth: 0 });
  apply(document.contents, target);
  return document.toString({ lineWidth: 0 });
}

function holds(text: string, target: JsonObject): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), target);
}

/**
 * The text with its data changed to `target`: only what differs is touched. A text that is no map, or does not parse,
 * is written anew.
 */
export function editYaml(text: string, target: JsonObject): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.errors.length > 0 || !isMap(document.contents)) return writeYaml(target);
  if (holds(text, target)) return text;
  const edit: Edit = { text, splices: [] };
  changeMap(edit, document.contents, target);
  const edited = spliced(text, edit.splices);
  return holds(edited, target) ? edited : printed(text, target);
}

/** A new text in our style, with an optional first line for the editor's schema. */
export function writeYaml(value: JsonObject, schema?: string): string {
  const header = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  return `${header}${styled(value).toString({ lineWidth: 0 })}`;
}
