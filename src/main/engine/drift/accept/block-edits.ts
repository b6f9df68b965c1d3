import type { Json, JsonObject } from '#shared/base/json.ts';
import { constantOf } from '../../artifacts/terraform/hcl-parse.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { canonicalJson } from '../../planner/index.ts';
import { isObject, sameMeaning } from '../check/normal-form.ts';
import { attributeLines, hasTemplate } from './hcl-text.ts';

/** A repeated block with its meaning. */
export interface NestedBlock {
  readonly place: ScannedBlock;
  readonly body: JsonObject;
}

/** What must happen to repeated blocks so that they say what runs. */
export interface BlockEdits {
  readonly added: readonly JsonObject[];
  readonly removed: readonly NestedBlock[];
  /** One block whose values changed. */
  readonly changed: { readonly block: NestedBlock; readonly from: JsonObject; readonly to: JsonObject } | null;
}

/**
 * Compares what repeated blocks made with what runs. Null when it is not clear which block made what, so that cutting
 * one could cut the wrong one.
 */
export function blockEdits(blocks: readonly NestedBlock[], expected: Json, actual: Json): BlockEdits | null {
  const before = elementsOf(expected);
  const after = elementsOf(actual);
  if (before === null || after === null) return null;
  const added = without(after, before);
  const gone = without(before, after);
  const kept = without(before, gone);
  const removed: NestedBlock[] = [];
  for (const element of gone) {
    const makers = blocks.filter((block) => mayMake(block.body, element));
    const [only] = makers;
    if (only === undefined || makers.length > 1 || kept.some((other) => mayMake(only.body, other))) return null;
    removed.push(only);
  }
  const [block, from, to] = [removed[0], gone[0], added[0]];
  if (removed.length === 1 && added.length === 1 && block !== undefined && from !== undefined && to !== undefined) {
    return { added: [], removed: [], changed: { block, from, to } };
  }
  return { added, removed, changed: null };
}

function elementsOf(value: Json): readonly JsonObject[] | null {
  if (value === null) return [];
  return Array.isArray(value) && value.every(isObject) ? value.filter(isObject) : null;
}

function without(elements: readonly JsonObject[], others: readonly JsonObject[]): JsonObject[] {
  const known = new Set(others.map(canonicalJson));
  return elements.filter((element) => !known.has(canonicalJson(element)));
}

/** Whether a block may have made an element: all its constants agree; what it computes may be anything. */
function mayMake(body: JsonObject, element: JsonObject): boolean {
  return Object.entries(body).every(
    ([name, value]) => hasTemplate(value) || sameMeaning({ kind: 'unknown' }, constantOf(value), element[name] ?? null),
  );
}

/** The text of a new block, on lines of its own. */
export function blockText(type: string, element: JsonObject, indent: string): string {
  return `${indent}${type} {\n${attributeLines(element, `${indent}  `)}${indent}}\n`;
}
