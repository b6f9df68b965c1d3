import type { Span } from './ast.ts';

export type Token =
  | ({ readonly kind: 'name'; readonly text: string } & Span)
  | ({ readonly kind: 'string'; readonly text: string } & Span)
  | ({ readonly kind: 'number'; readonly value: number } & Span)
  | ({ readonly kind: 'symbol'; readonly text: string } & Span)
  | ({ readonly kind: 'end' } & Span);

/** Thrown inside the parser only; `parseTemplate` turns it into a problem. */
export class SyntaxProblem extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.name = 'SyntaxProblem';
    this.span = span;
  }
}

const symbols = ['==', '!=', '(', ')', '[', ']', '{', '}', '.', ',', ':'];
const namePattern = /[A-Za-z_][A-Za-z0-9_-]*/y;
const numberPattern = /-?\d+(?:\.\d+)?/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" };

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function stringAt(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text[start];
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return { value, end: at + 1 };
    if (character !== '\\') {
      value += character;
      continue;
    }
    const escaped = escapes[text.charAt(at + 1)];
    if (escaped === undefined) {
      throw new SyntaxProblem('Unknown escape in a string; use \\n, \\t, \\\\ or \\".', { start: at, end: at + 2 });
    }
    value += escaped;
    at += 1;
  }
  throw new SyntaxProblem('A string is not closed.', { start, end: text.length });
}

/** The next token at or after `from`, skipping white space. */
export function tokenAt(text: string, from: number): Token {
  let start = from;
  while (start < text.length && /\s/.test(text.charAt(start))) start += 1;
  if (start >= text.length) return { kind: 'end', start, end: start };
  const character = text.charAt(start);
  if (character === '"' || character === "'") {
    const { value, end } = stringAt(text, start);
    return { kind: 'string', text: value, start, end };
  }
  const name = match(namePattern, text, start);
  if (name !== null) return { kind: 'name', text: name, start, end: start + name.length };
  const digits = match(numberPattern, text, start);
  if (digits !== null) return { kind: 'number', value: Number(digits), start, end: start + digits.length };
  const symbol = symbols.find((candidate) => text.startsWith(candidate, start));
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, start, end: start + symbol.length };
  throw new SyntaxProblem(`"${character}" is not part of an expression; there are references, functions, == and !=.`, {
    start,
    end: start + 1,
  });
}
