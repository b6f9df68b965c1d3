import { AppError } from '#shared/errors/index.ts';

/** A piece of a Cypher statement. Comments and spaces are not kept. */
export interface Token {
  readonly kind: 'word' | 'quoted-name' | 'text' | 'number' | 'sign';
  readonly text: string;
  /** Position in the statement. */
  readonly at: number;
}

const word = /[\p{ID_Start}\p{Pc}][\p{ID_Continue}\p{Sc}]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE]-?\d+)?|\.\d+(?:[eE]-?\d+)?/y;
const space = /[\s\u180e]+/y;
// The escapes the database knows; it refuses all others, and so must we, or a text could end earlier than we think.
const singleQuoted = /'(?:[^'\\]|\\(?:[\\'"bfnrtBFNRT]|[uU][0-9a-fA-F]{4}))*'/y;
const doubleQuoted = /"(?:[^"\\]|\\(?:[\\'"bfnrtBFNRT]|[uU][0-9a-fA-F]{4}))*"/y;
const quotedName = /(?:`[^`]*`)+/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const lineComment = /\/\/[^\r\n]*/y;

function matchAt(pattern: RegExp, statement: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(statement)?.[0] ?? null;
}

function placeOf(statement: string, at: number): { readonly line: number; readonly column: number } {
  const before = statement.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const kinds: readonly (readonly [Token['kind'], RegExp])[] = [
  ['word', word],
  ['number', number],
  ['text', singleQuoted],
  ['text', doubleQuoted],
  ['quoted-name', quotedName],
];

/**
 * Cuts a statement into tokens, by the same rules as the database's own grammar (`Cypher.g4` of Kùzu 0.11). Throws
 * `query-failed` at a text, name or comment that does not end.
 */
export function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < statement.length) {
    const skipped =
      matchAt(space, statement, at) ?? matchAt(blockComment, statement, at) ?? matchAt(lineComment, statement, at);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    const start = at;
    for (const [kind, pattern] of kinds) {
      const text = matchAt(pattern, statement, start);
      if (text === null) continue;
      tokens.push({ kind, text, at: start });
      at += text.length;
      break;
    }
    if (at > start) continue;
    const sign = String.fromCodePoint(statement.codePointAt(at) ?? 0);
    if (sign === "'" || sign === '"' || sign === '`' || statement.startsWith('/*', at)) {
      const { line, column } = placeOf(statement, at);
      throw new AppError(
        'query-failed',
        `The text or comment that begins at line ${line}, column ${column} does not end.`,
        {
          advice: 'Close it, and write a backslash inside a text as two.',
          details: { line, column },
        },
      );
    }
    tokens.push({ kind: 'sign', text: sign, at });
    at += sign.length;
  }
  return tokens;
}

/** Where a token stands, for messages. */
export function describePlace(statement: string, token: Token): { readonly line: number; readonly column: number } {
  return placeOf(statement, token.at);
}
