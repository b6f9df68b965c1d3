import { parse } from '@cdktn/hcl2json';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';

/** What the parser says about a file it cannot read. */
export interface SyntaxFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const place = /(\d+),(\d+)-(?:\d+,)?\d+: /g;

/** `file:3,1-2: Title; Detail. file:7,…` with the file's name already known. */
function findingsOf(message: string, file: string): readonly SyntaxFinding[] {
  const inner = message.replace(/^parse config: \[/, '').replace(/\]$/, '');
  const places = [...inner.matchAll(place)];
  return places.map((match, index) => {
    const next = places[index + 1]?.index ?? inner.length;
    const text = inner
      .slice(match.index + match[0].length, next)
      .trim()
      // What stands before the next place is that place's file name.
      .replace(new RegExp(`\\s*${escapeRegExp(file)}:$`), '');
    const [title, ...detail] = text.split('; ');
    return {
      line: Number(match[1]),
      column: Number(match[2]),
      message: detail.length === 0 ? (title ?? text) : `${title}: ${detail.join('; ')}`,
    };
  });
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses HCL into the JSON form of hcl2json: expressions as `${…}`, bodies as lists. Fails with every place the
 * parser names. Loads a WebAssembly module on first use (about a second).
 */
export async function parseHcl(file: string, text: string): Promise<Result<JsonObject, SyntaxFinding>> {
  try {
    const parsed: unknown = await parse(file, text);
    return ok(isObject(parsed) ? parsed : {});
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const findings = findingsOf(message, file);
    return failed(findings.length > 0 ? findings : [{ line: 1, column: 1, message }]);
  }
}

/** The text of an expression without its `${…}` wrapping; null when the value is not exactly one expression. */
export function expressionText(value: Json | undefined): string | null {
  if (typeof value !== 'string' || !value.startsWith('${') || !value.endsWith('}')) return null;
  const inner = value.slice(2, -1);
  let depth = 0;
  for (let at = 0; at < inner.length; at += 1) {
    if (inner[at] === '{') depth += 1;
    else if (inner[at] === '}') {
      depth -= 1;
      // The wrapping closed before the end: two interpolations side by side are text.
      if (depth < 0) return null;
    }
  }
  return inner.trim();
}

/** A constant text as the language means it: `$${` and `%%{` stand for `${` and `%{`. */
export function constantText(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** A constant with every text in it as the language means it. */
export function constantOf(value: Json): Json {
  if (typeof value === 'string') return constantText(value);
  if (Array.isArray(value)) return value.map(constantOf);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, constantOf(item)]));
}
