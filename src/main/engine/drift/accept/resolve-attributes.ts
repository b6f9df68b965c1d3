import type { Json, JsonObject } from '#shared/base/json.ts';
import type { DriftItem } from '#shared/model/index.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { Step } from '../../planner/steps.ts';
import { isObject } from '../check/normal-form.ts';
import { hasSatellites } from '../check/satellites.ts';
import { blockEdits, blockText } from './block-edits.ts';
import type { Change } from './changes.ts';
import { decidingInput } from './deciding-input.ts';
import { constantIn, hclText } from './hcl-text.ts';
import { cannotAccept, parseAddress, type InstanceAddress, type ResourceBlock } from './module-source.ts';
import { parsePath, withEdits, type ValueEdit } from './value-edit.ts';
import { readVariable, type VariableUse } from './variable-use.ts';

/** A difference with everything that says where its values come from. */
export interface AcceptedItem {
  readonly item: DriftItem;
  readonly step: Step;
  readonly steps: readonly Step[];
  readonly block: ResourceBlock;
}

/** An attribute's new value, and what was deployed, inside some body of the resource. */
interface AttributeEdit extends ValueEdit {
  readonly expected: Json;
}

type ScannedAttribute = ScannedBlock['attributes'][number];

interface Body {
  readonly place: ScannedBlock;
  readonly body: JsonObject;
  /** The path of this body inside the resource, for messages. */
  readonly prefix: string;
}

const byHand = 'Change the blueprint or the artifact by hand, or revert the difference.';

/** The edits that make the code say what runs. Throws `bad-input` where that cannot be done safely. */
export async function resolveAttributes(accepted: AcceptedItem): Promise<Change[]> {
  const { item, block } = accepted;
  const secret = item.attributes.find((attribute) => attribute.sensitive);
  if (secret !== undefined) {
    throw cannotAccept(
      `${item.address} ${secret.path}`,
      'its value is secret and was not kept',
      'Give the new value where the deployment asks for it.',
    );
  }
  const edits = item.attributes.map(({ path, expected, actual }): AttributeEdit => ({
    path: parsePath(path),
    value: actual,
    expected,
  }));
  return resolveBody(accepted, { place: block.place, body: block.body, prefix: '' }, edits);
}

async function resolveBody(accepted: AcceptedItem, inside: Body, edits: readonly AttributeEdit[]): Promise<Change[]> {
  const changes: Change[] = [];
  for (const [name, group] of groupByFirst(edits)) {
    const attribute = inside.place.attributes.find((one) => one.name === name);
    if (attribute !== undefined)
      changes.push(...(await resolveAttribute(accepted, inside, { attribute, edits: group })));
    else changes.push(...(await resolveMissing(accepted, inside, { name, edits: group })));
  }
  return changes;
}

function groupByFirst(edits: readonly AttributeEdit[]): Map<string, AttributeEdit[]> {
  const groups = new Map<string, AttributeEdit[]>();
  for (const edit of edits) {
    const [first, ...path] = edit.path;
    const name = String(first);
    groups.set(name, [...(groups.get(name) ?? []), { ...edit, path }]);
  }
  return groups;
}

/** An attribute that stands in the code. */
async function resolveAttribute(
  accepted: AcceptedItem,
  inside: Body,
  { attribute, edits }: { readonly attribute: ScannedAttribute; readonly edits: readonly AttributeEdit[] },
): Promise<Change[]> {
  const { item, block } = accepted;
  const text = block.file.text.slice(attribute.start, attribute.end);
  const what = `${item.address} ${inside.prefix}${attribute.name}`;
  const use = readVariable(text, forEachText(block), addressOf(accepted));
  if (use !== null) return resolveVariable(accepted, { what, use, edits });
  const indent = indentAt(block.file.text, attribute.start);
  const constant = await constantIn(text);
  if (constant !== undefined) {
    refuseRepeated(accepted, what);
    const value = withEdits(constant, edits);
    refuseLocal(what, edits);
    return [sourceChange(accepted, attribute, hclText(value, indent))];
  }
  if (edits.every(({ path, value }) => path.length === 1 && value !== null)) {
    // A map with computed parts: what was added or changed by hand is laid over it.
    refuseRepeated(accepted, what);
    refuseLocal(what, edits);
    const over = Object.fromEntries(edits.map(({ path, value }): [string, Json] => [String(path[0]), value]));
    return [sourceChange(accepted, attribute, `merge(${text}, ${hclText(over, indent)})`)];
  }
  throw cannotAccept(what, `it is computed as ${text}`, byHand);
}

/** An attribute that the code does not set, or that it writes as blocks. */
async function resolveMissing(
  accepted: AcceptedItem,
  inside: Body,
  { name, edits }: { readonly name: string; readonly edits: readonly AttributeEdit[] },
): Promise<Change[]> {
  const { item, block } = accepted;
  const what = `${item.address} ${inside.prefix}${name}`;
  if (inside.place.blocks.some((one) => one.type === 'dynamic' && one.labels[0] === name)) {
    throw cannotAccept(what, 'its blocks are generated (dynamic)', byHand);
  }
  const bodies = inside.body[name];
  const blocks = inside.place.blocks
    .filter((one) => one.type === name)
    .map((place, index) => ({ place, body: objectAt(bodies, index) }));
  if (edits.every(({ path }) => path.length > 1 && typeof path[0] === 'number')) {
    const nested = blocks[Number(edits[0]?.path[0])];
    if (nested !== undefined && new Set(edits.map(({ path }) => path[0])).size === 1) {
      const prefix = `${inside.prefix}${name}.`;
      return resolveBody(
        accepted,
        { ...nested, prefix },
        edits.map((edit) => ({ ...edit, path: edit.path.slice(1) })),
      );
    }
  }
  const [edit] = edits;
  if (edits.length !== 1 || edit === undefined || edit.path.length > 0) {
    if (blocks.length === 0 && edits.every(({ path, value }) => path.length === 1 && value !== null)) {
      const value = withEdits({}, edits);
      return insertAttribute(accepted, inside, { what, name, value });
    }
    throw cannotAccept(what, 'it is not clear which block of the code made it', byHand);
  }
  if (blocks.length === 0 && !isListOfObjects(edit.value) && !isListOfObjects(edit.expected)) {
    return insertAttribute(accepted, inside, { what, name, value: edit.value });
  }
  if (blocks.length === 0 && hasSatellites(item.type, name)) {
    throw cannotAccept(
      what,
      'the code writes it with resources of its own, not inline',
      'Add such a resource by hand.',
    );
  }
  refuseRepeated(accepted, what);
  const wanted = blockEdits(blocks, edit.expected, edit.value);
  if (wanted === null) throw cannotAccept(what, 'it is not clear which block of the code made it', byHand);
  const { file } = block;
  const changes: Change[] = [];
  if (wanted.changed !== null) {
    const { block: nested, from, to } = wanted.changed;
    const prefix = `${inside.prefix}${name}.`;
    changes.push(...(await resolveBody(accepted, { ...nested, prefix }, changesBetween(from, to))));
  }
  for (const { place } of wanted.removed) changes.push(sourceChange(accepted, wholeLines(file.text, place), ''));
  if (wanted.added.length > 0) {
    refuseLocal(
      what,
      wanted.added.map((value) => ({ path: [], value })),
    );
    const at = insertionPoint(file.text, inside.place, blocks.at(-1)?.place ?? null);
    const text = wanted.added.map((element) => `\n${blockText(name, withoutFalse(element), at.indent)}`).join('');
    changes.push(sourceChange(accepted, { start: at.offset, end: at.offset }, text));
  }
  return changes;
}

function insertAttribute(
  accepted: AcceptedItem,
  inside: Body,
  { what, name, value }: { readonly what: string; readonly name: string; readonly value: Json },
): Change[] {
  refuseRepeated(accepted, what);
  refuseLocal(what, [{ path: [], value }]);
  if (value === null) throw cannotAccept(what, 'the code does not set it, and what runs has no value for it', byHand);
  const { text } = accepted.block.file;
  const last = inside.place.attributes.at(-1);
  const at = insertionPoint(text, inside.place, last ?? null);
  return [
    sourceChange(
      accepted,
      { start: at.offset, end: at.offset },
      `${at.indent}${name} = ${hclText(value, at.indent)}\n`,
    ),
  ];
}

/** Follows a variable of the module to what decides it. */
export function resolveVariable(
  accepted: AcceptedItem,
  { what, use, edits }: { readonly what: string; readonly use: VariableUse; readonly edits: readonly ValueEdit[] },
): Change[] {
  const { step, steps } = accepted;
  const inVariable = edits.map(({ path, value }): ValueEdit => ({ path: [...use.path, ...path], value }));
  const decider = decidingInput(step, use.variable, steps);
  switch (decider.kind) {
    case 'input':
      return [
        {
          kind: 'environment-input',
          node: step.id,
          input: decider.name,
          inputEdits: inVariable.map(({ path, value }) => ({ path: [...decider.path, ...path], value })),
          variable: use.variable,
          edits: inVariable,
        },
      ];
    case 'blueprint':
      refuseLocal(what, edits);
      return [{ kind: 'node-input', node: step.id, variable: use.variable, edits: inVariable }];
    case 'other':
      throw cannotAccept(what, decider.why, byHand);
  }
}

/** What a block repeats over, as written; null for a block that stands once. */
export function forEachText(block: ResourceBlock): string | null {
  const each = block.place.attributes.find((attribute) => attribute.name === 'for_each');
  return each === undefined ? null : block.file.text.slice(each.start, each.end);
}

function addressOf({ item }: AcceptedItem): InstanceAddress {
  return parseAddress(item.address) ?? { type: item.type, name: '', index: null };
}

/** A constant in a repeated block holds for every instance, not only for the one that moved. */
function refuseRepeated({ block, item }: AcceptedItem, what: string): void {
  const count = block.place.attributes.find((attribute) => attribute.name === 'count');
  const text = count === undefined ? '' : block.file.text.slice(count.start, count.end);
  const atMostOne = count === undefined || /\?\s*(?:1\s*:\s*0|0\s*:\s*1)\s*\)?$/.test(text) || text === '1';
  if (forEachText(block) === null && atMostOne) return;
  throw cannotAccept(what, `the code of ${item.address} is shared with its other instances`, byHand);
}

/** Ids and accounts exist in one environment only; a version is for all of them. */
function refuseLocal(what: string, edits: readonly ValueEdit[]): void {
  const local = edits
    .flatMap(({ value }) => textsIn(value))
    .find((text) => /^arn:|\b[a-z]+-[0-9a-f]{8}(?:[0-9a-f]{9})?\b|\b\d{12}\b/.test(text));
  if (local === undefined) return;
  throw cannotAccept(what, `${local} exists in this environment only, and a blueprint is for all`, byHand);
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function sourceChange(
  { step, block, item }: AcceptedItem,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): Change {
  const splice = { start, end, text };
  return { kind: 'source', node: step.id, what: item.address, file: block.file.path, splice };
}

/** The indentation of the line that an offset stands on. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** The whole lines of a block, with one empty line before it. */
export function wholeLines(text: string, place: ScannedBlock): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf('\n', place.start - 1) + 1;
  const newline = text.indexOf('\n', place.end);
  const end = newline === -1 ? text.length : newline + 1;
  const before = /\n[ \t]*\n$/.exec(text.slice(0, start));
  const after = text.slice(end);
  return before !== null && /^\s*(?:\n|\}|$)/.test(after)
    ? { start: start - before[0].length + 1, end }
    : { start, end };
}

/** Behind the line that something ends on, or before the closing brace. */
function insertionPoint(
  text: string,
  outer: ScannedBlock,
  last: { readonly start: number; readonly end: number } | null,
): { readonly offset: number; readonly indent: string } {
  if (last !== null) {
    const newline = text.indexOf('\n', last.end);
    return { offset: newline === -1 ? last.end : newline + 1, indent: indentAt(text, last.start) };
  }
  const brace = outer.end - 1;
  return { offset: text.lastIndexOf('\n', brace - 1) + 1, indent: `${indentAt(text, outer.start)}  ` };
}

function objectAt(bodies: Json | undefined, index: number): JsonObject {
  const body = Array.isArray(bodies) ? bodies[index] : bodies;
  return isObject(body) ? body : {};
}

function isListOfObjects(value: Json): boolean {
  return Array.isArray(value) && value.some(isObject);
}

function changesBetween(from: JsonObject, to: JsonObject): AttributeEdit[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names
    .filter((name) => JSON.stringify(from[name] ?? null) !== JSON.stringify(to[name] ?? null))
    .map((name) => ({ path: [name], value: to[name] ?? null, expected: from[name] ?? null }));
}

/** Providers read "not set" back as false; the code need not say it. */
function withoutFalse(element: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(element).filter(([, value]) => value !== false));
}
