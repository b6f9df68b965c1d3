import { parse } from 'yaml';
import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { schemaOfJson } from './json-schema.ts';

/** What the comments around a value say of it, the most exact kind first. */
export interface ValueComment {
  /** `@schema`, on the line itself or above it. */
  readonly schema: PortSchema | null;
  /** `# -- words`, with a type in brackets where one is given. */
  readonly documented: PortSchema | null;
}

/** What `## @param a.b [type] words` says, by path. */
export type ParameterComments = ReadonlyMap<string, { readonly schema: PortSchema; readonly line: number }>;

const typeWords: Readonly<Record<string, PortSchema>> = {
  string: { type: 'string' },
  int: { type: 'integer' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  float: { type: 'number' },
  bool: { type: 'boolean' },
  boolean: { type: 'boolean' },
  list: { type: 'array' },
  array: { type: 'array' },
  object: { type: 'object' },
  map: { type: 'object' },
  tpl: { type: 'string' },
};

function typeOfWord(word: string): PortSchema {
  return typeWords[word.trim().toLowerCase()] ?? {};
}

/** Undefined where a remark is none that is meant for us: the value itself still tells its type. */
function yamlOf(text: string): Json | undefined {
  try {
    return parse(text) as Json;
  } catch {
    // Written for another tool, or mistyped.
    return undefined;
  }
}

/** `type:[string, null]; minimum:0; item: object` behind `@schema` on the line of a value. */
function inlineSchema(text: string): PortSchema {
  const fields: Record<string, Json> = {};
  for (const part of text.split(';')) {
    const at = part.indexOf(':');
    if (at === -1) continue;
    const name = part.slice(0, at).trim();
    const value = yamlOf(part.slice(at + 1));
    if (value === undefined) continue;
    if (name === 'item' && typeof value === 'string') fields['items'] = { type: value };
    else if (name === 'itemEnum')
      fields['items'] = { ...(fields['items'] as Record<string, Json> | undefined), enum: value };
    else fields[name] = value;
  }
  return schemaOfJson(fields).schema;
}

/** A block of comment lines between two lines `# @schema`, which is YAML. */
function blockSchema(comments: readonly string[]): PortSchema | null {
  const marks = comments.flatMap((line, index) => (/^#+\s*@schema\s*$/.test(line) ? [index] : []));
  const [begin, end] = marks;
  if (begin === undefined || end === undefined) return null;
  const text = comments
    .slice(begin + 1, end)
    .map((line) => line.replace(/^#+ ?/, ''))
    .join('\n');
  const said = yamlOf(text);
  return said === undefined ? null : schemaOfJson(said).schema;
}

/** `# -- (type) words`, continued on the comment lines below it. */
function documentedValue(comments: readonly string[]): PortSchema | null {
  const begin = comments.findLastIndex((line) => /^#+\s*(?:[\w.[\]-]+\s+)?--\s/.test(line));
  if (begin === -1) return null;
  const [first = '', ...rest] = comments.slice(begin);
  const [, type, words = ''] = /--\s+(?:\(([^)]+)\)\s*)?(.*)$/.exec(first) ?? [];
  const more = rest
    .filter((line) => !/^#+\s*@/.test(line) && !line.startsWith('##'))
    .map((line) => line.replace(/^#+\s?/, '').trim());
  const description = [words, ...more].join(' ').replaceAll(/\s+/g, ' ').trim();
  return { ...(type === undefined ? {} : typeOfWord(type)), ...(description === '' ? {} : { description }) };
}

/** The comment lines directly above a line, the topmost first. */
function commentsAbove(lines: readonly string[], line: number): readonly string[] {
  const above: string[] = [];
  for (let index = line - 2; index >= 0; index -= 1) {
    const text = (lines[index] ?? '').trim();
    if (!text.startsWith('#')) break;
    above.unshift(text);
  }
  return above;
}

/** What is said of the value whose key stands on a line (from 1). */
export function commentOf(lines: readonly string[], line: number): ValueComment {
  const above = commentsAbove(lines, line);
  const inline = /(?:^|\s)#\s*@schema\s+(\S.*)$/.exec(lines[line - 1] ?? '')?.[1];
  return {
    schema: inline === undefined ? blockSchema(above) : inlineSchema(inline),
    documented: documentedValue(above),
  };
}

/** The `@param` lines of a values file, wherever they stand. */
export function parameterComments(lines: readonly string[]): ParameterComments {
  const found = new Map<string, { schema: PortSchema; line: number }>();
  for (const [index, text] of lines.entries()) {
    const [, path, marks, words] = /^\s*#+\s*@param\s+(\S+)(?:\s+\[([^\]]*)\])?\s*(.*)$/.exec(text) ?? [];
    if (path === undefined) continue;
    const type = (marks ?? '')
      .split(',')
      .map(typeOfWord)
      .find((schema) => schema.type !== undefined);
    found.set(path, {
      schema: { ...type, ...(words === undefined || words === '' ? {} : { description: words }) },
      line: index + 1,
    });
  }
  return found;
}
