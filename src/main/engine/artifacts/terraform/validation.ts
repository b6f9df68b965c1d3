import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { parseLiteral, unquote } from './literal.ts';

/** Splits at an operator outside of brackets and quotes. */
export function splitOutside(text: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at).trim());
      at += operator.length - 1;
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

const spaces = String.raw`\t\n\f\r `;

/**
 * A pattern of Go's regular expressions in the dialect of JSON Schema, or null where the two may differ: `.` and
 * `\s` mean less in Go, flags and `\A`, `\z`, `[[:alpha:]]` do not exist in the other.
 */
export function portablePattern(source: string): string | null {
  let pattern = '';
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') {
      const next = source.charAt(at + 1);
      at += 1;
      if (next === 's') pattern += inClass ? spaces : `[${spaces}]`;
      else if (next === 'S' && !inClass) pattern += `[^${spaces}]`;
      else if (/[AzQECpPXaCS]/.test(next)) return null;
      // An escape that is not needed is an error in the strict dialect.
      else if (/[-_/:@%&=~!'"<>,;# ]/.test(next) && !(next === '-' && inClass)) pattern += next;
      else pattern += `\\${next}`;
    } else if (character === '(' && source[at + 1] === '?' && source[at + 2] !== ':') return null;
    else if (character === '[' && inClass) return null;
    else if (character === '.' && !inClass) pattern += String.raw`[^\n]`;
    else {
      if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      pattern += character;
    }
  }
  try {
    return new RegExp(pattern, 'u').source;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What a clause says about the subject, or null when a schema cannot say exactly that. */
type Reader = (clause: string, subject: string, type: PortSchema) => PortSchema | null;

function call(clause: string, name: string): readonly string[] | null {
  const inner = new RegExp(`^${name}\\(([\\s\\S]*)\\)$`).exec(clause)?.[1];
  return inner === undefined ? null : splitOutside(inner, ',').filter((part) => part !== '');
}

const readRegex: Reader = (clause, subject, type) => {
  const inner = call(clause, 'can')?.[0];
  const [pattern, value, ...rest] = (inner === undefined ? null : call(inner, 'regex')) ?? [];
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(pattern ?? '')?.[1];
  if (quoted === undefined || value !== subject || rest.length > 0 || type.type !== 'string') return null;
  const text = unquote(quoted);
  const portable = text === null ? null : portablePattern(text);
  return portable === null ? null : { pattern: portable };
};

const readContains: Reader = (clause, subject) => {
  const [list, value, ...rest] = call(clause, 'contains') ?? [];
  if (list === undefined || value !== subject || rest.length > 0) return null;
  const choices = parseLiteral(list);
  return choices.ok && Array.isArray(choices.value) ? { enum: choices.value } : null;
};

const readEither: Reader = (clause, subject) => {
  const choices: Json[] = [];
  for (const part of splitOutside(clause, '||')) {
    const [left, right, ...rest] = splitOutside(part, '==');
    if (left !== subject || right === undefined || rest.length > 0) return null;
    const choice = parseLiteral(right);
    if (!choice.ok || typeof choice.value === 'object') return null;
    choices.push(choice.value);
  }
  return { enum: choices };
};

const readCidr: Reader = (clause, subject, type) => {
  const inner = call(clause, 'can')?.[0];
  if (inner === undefined || type.type !== 'string') return null;
  for (const name of ['cidrhost', 'cidrsubnet']) {
    if (call(inner, name)?.[0] === subject) return { format: 'cidr' };
  }
  return null;
};

const comparison = /^([\s\S]+?)\s*(>=|<=|>|<|==)\s*(-?\d+(?:\.\d+)?)$/;

const readBounds: Reader = (clause, subject, type) => {
  const match = comparison.exec(clause);
  if (match === null) return null;
  const [, left = '', operator = '', digits = ''] = match;
  const bound = Number(digits);
  if (left === subject && type.type === 'number') {
    if (operator === '>=') return { minimum: bound };
    return operator === '<=' ? { maximum: bound } : null;
  }
  if (call(left, 'length')?.join() !== subject || type.type !== 'string' || !Number.isInteger(bound)) return null;
  switch (operator) {
    case '>=':
      return { minLength: bound };
    case '>':
      return { minLength: bound + 1 };
    case '<=':
      return { maxLength: bound };
    case '<':
      return { maxLength: bound - 1 };
    default:
      return { minLength: bound, maxLength: bound };
  }
};

const readEach: Reader = (clause, subject, type) => {
  const inner = call(clause, 'alltrue')?.[0];
  const match = /^\[\s*for\s+(\w+)\s+in\s+([\w.]+)\s*:\s*([\s\S]+?)\s*\]$/.exec(inner ?? '');
  if (match === null || type.type !== 'array' || type.items === undefined) return null;
  const [, item = '', list, condition = ''] = match;
  if (list !== subject) return null;
  const items = readClause(condition, item, type.items);
  return items === null ? null : { items: { ...type.items, ...items } };
};

const readers: readonly Reader[] = [readRegex, readContains, readCidr, readBounds, readEach, readEither];

function readClause(clause: string, subject: string, type: PortSchema): PortSchema | null {
  for (const reader of readers) {
    const found = reader(clause, subject, type);
    if (found !== null) return found;
  }
  return null;
}

function bare(text: string): string {
  const trimmed = text.trim();
  const inner = /^\(([\s\S]*)\)$/.exec(trimmed)?.[1];
  // "(a) && (b)" also begins and ends with parentheses; only a balanced inside may lose them.
  if (inner === undefined) return trimmed;
  let depth = 0;
  for (const character of inner) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) return trimmed;
  }
  return bare(inner);
}

/**
 * What a variable's `validation` says, added to its type: as pattern, enum, format or bounds where a schema can say
 * exactly the same, else as its error text under `x-conditions`. A condition of several parts joined by `&&` is
 * either said whole or kept whole.
 */
export function withValidation(
  schema: PortSchema,
  validation: { readonly variable: string; readonly condition: string; readonly message: string },
): PortSchema {
  const subject = `var.${validation.variable}`;
  let result = schema;
  for (const clause of splitOutside(bare(validation.condition), '&&')) {
    const found = readClause(bare(clause), subject, result);
    const clashes = found !== null && Object.keys(found).some((key) => key !== 'items' && key in result);
    if (found === null || clashes) {
      return { ...schema, 'x-conditions': [...(schema['x-conditions'] ?? []), validation.message] };
    }
    result = { ...result, ...found };
  }
  return result;
}
