import { describePlace, tokenize } from './tokens.ts';

/** Where in a statement something is wrong; lines and columns from 1, columns in UTF-16 as editors count. */
export interface FailurePlace {
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly word: string;
}

// Measured with Kùzu 0.11.3: lines from 1, offsets from 0 in characters, not in bytes or UTF-16.
const placed = /\(line: (\d+), offset: (\d+)\)/;

/** The names that the database's sentences speak of when they give no place. */
const named = [
  /Variable (\S+) is not in scope/,
  /Table (\S+) does not exist/,
  /Cannot find property (\S+) for/,
  /function (\S+) does not exist/i,
  /Cannot find (\S+) in/,
];

/** The place a failure of the database speaks of; null when it names none, or none that is in the statement. */
export function placeOfFailure(message: string, statement: string): FailurePlace | null {
  const found = placed.exec(message);
  if (found !== null) return placeAt(statement, Number(found[1]), Number(found[2]));
  for (const pattern of named) {
    const name = pattern.exec(message)?.[1]?.replace(/\.$/, '');
    if (name === undefined) continue;
    const tokens = tokenize(statement);
    const token =
      tokens.find(({ text }) => text === name) ??
      tokens.find(({ text }) => text.replaceAll('`', '').toLowerCase() === name.toLowerCase());
    if (token !== undefined) return { ...describePlace(statement, token), word: token.text };
  }
  return null;
}

function placeAt(statement: string, line: number, offset: number): FailurePlace | null {
  const text = statement.split('\n')[line - 1];
  if (text === undefined) return null;
  const before = Array.from(text).slice(0, offset).join('');
  return { line, column: before.length + 1, word: /^\S+/.exec(text.slice(before.length))?.[0] ?? '' };
}
