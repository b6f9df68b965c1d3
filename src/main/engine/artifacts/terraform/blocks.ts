import type { Json, JsonObject } from '#shared/base/json.ts';
import { ok, type Result } from '#shared/base/result.ts';
import { parseHcl, type SyntaxFinding } from './hcl-parse.ts';
import { scanHcl, type ScannedBlock } from './hcl-scan.ts';
import { parseTerraformJson } from './json-lines.ts';

/** A top-level block of a module with its meaning and its place. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly file: string;
  readonly line: number;
  /** The line of an attribute or nested block, or of the block itself when it has none such. */
  readonly lineOf: (name: string) => number;
}

/** How many labels each kind of block carries; kinds that are not listed carry none. */
export const labelCounts: Readonly<Record<string, number>> = {
  variable: 1,
  output: 1,
  module: 1,
  provider: 1,
  check: 1,
  resource: 2,
  data: 2,
  ephemeral: 2,
};

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bodies may come alone or in lists. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return isObject(value) ? [value] : [];
}

function* bodiesUnder(value: Json | undefined, labels: number): Generator<{ labels: string[]; body: JsonObject }> {
  for (const object of objectsOf(value)) {
    if (labels === 0) {
      yield { labels: [], body: object };
      continue;
    }
    for (const [label, inner] of Object.entries(object)) {
      for (const found of bodiesUnder(inner, labels - 1)) yield { ...found, labels: [label, ...found.labels] };
    }
  }
}

function* topLevel(data: JsonObject): Generator<{ type: string; labels: string[]; body: JsonObject }> {
  for (const [type, value] of Object.entries(data)) {
    for (const found of bodiesUnder(value, labelCounts[type] ?? 0)) yield { type, ...found };
  }
}

function addressOf(type: string, labels: readonly string[]): string {
  return [type, ...labels].join('\u0000');
}

function lineWithin(scanned: ScannedBlock): (name: string) => number {
  const lines = new Map<string, number>();
  for (const { type, line } of scanned.blocks) if (!lines.has(type)) lines.set(type, line);
  for (const { name, line } of scanned.attributes) lines.set(name, line);
  return (name) => lines.get(name) ?? scanned.line;
}

async function hclBlocks(file: string, text: string): Promise<Result<readonly Block[], SyntaxFinding>> {
  const parsed = await parseHcl(file, text);
  if (!parsed.ok) return parsed;
  // The n-th block of an address in the parser's answer is the n-th in the file.
  const scanned = new Map<string, ScannedBlock[]>();
  for (const block of scanHcl(text).blocks) {
    const address = addressOf(block.type, block.labels);
    scanned.set(address, [...(scanned.get(address) ?? []), block]);
  }
  const blocks = [...topLevel(parsed.value)].map(({ type, labels, body }): Block => {
    const place = scanned.get(addressOf(type, labels))?.shift();
    const lineOf = place === undefined ? () => 1 : lineWithin(place);
    return { type, labels, body, file, line: place?.line ?? 1, lineOf };
  });
  // In the order of the file: the parser sorts by name.
  return ok(blocks.sort((left, right) => left.line - right.line));
}

function jsonBlocks(file: string, text: string): Result<readonly Block[], SyntaxFinding> {
  const parsed = parseTerraformJson(file, text);
  if (!parsed.ok) return parsed;
  const { data, lineOf } = parsed.value;
  return ok(
    [...topLevel(data)]
      // "//" is how JSON files carry comments.
      .filter(({ type }) => type !== '//')
      .map(({ type, labels, body }): Block => {
        const path = [type, ...labels];
        return { type, labels, body, file, line: lineOf(path), lineOf: (name) => lineOf([...path, name]) };
      }),
  );
}

/** The blocks of one `.tf`, `.tofu`, `.tf.json` or `.tofu.json` file, in file order. */
export async function readBlocks(file: string, text: string): Promise<Result<readonly Block[], SyntaxFinding>> {
  return file.endsWith('.json') ? jsonBlocks(file, text) : hclBlocks(file, text);
}

/** Override files change blocks of other files instead of adding to them, attribute by attribute. */
function isOverrideFile(file: string): boolean {
  return /(^|\/|_)override\.(tf|tofu)(\.json)?$/.test(file);
}

/** Lays override blocks over the blocks they name; what an override adds is kept as a block of its own. */
export function mergeOverrides(blocks: readonly Block[]): readonly Block[] {
  const merged = blocks.filter(({ file }) => !isOverrideFile(file));
  const places = new Map<string, number>();
  for (const [index, { type, labels }] of merged.entries()) {
    const address = addressOf(type, labels);
    if (labels.length > 0 && !places.has(address)) places.set(address, index);
  }
  for (const block of blocks.filter(({ file }) => isOverrideFile(file))) {
    const place = places.get(addressOf(block.type, block.labels)) ?? -1;
    const base = merged[place];
    if (base === undefined) merged.push(block);
    else merged[place] = { ...base, body: { ...base.body, ...block.body } };
  }
  return merged;
}
