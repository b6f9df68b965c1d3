const spaces = String.raw`\t\n\f\r `;

/** The named classes of Go's dialect, all of them ASCII. */
const classes: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: String.raw`\t `,
  digit: '0-9',
  lower: 'a-z',
  space: String.raw`\t\n\v\f\r `,
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

// Go refuses longer repetitions: the condition would fail for every value.
const maximumRepetition = 1000;

interface Piece {
  readonly text: string;
  /** How much of the source it stands for. */
  readonly length: number;
}

function escapeOutside(next: string): string | null {
  if (/[dDwWbBtnfrv.+*?()[\]{}|^$\\/]/.test(next)) return `\\${next}`;
  switch (next) {
    case 's':
      return `[${spaces}]`;
    case 'S':
      return `[^${spaces}]`;
    case 'A':
      return '^';
    case 'z':
      return '$';
    default:
      return null;
  }
}

function escapeInside(next: string): string | null {
  if (next === 's') return spaces;
  return /[dDwWtnfrv.+*?()[\]{}|^$\\/-]/.test(next) ? `\\${next}` : null;
}

/** An escape at `at`. What only one of the two dialects knows, such as `\1`, `\c`, `\p`, `\u`, is refused. */
function escapeAt(source: string, at: number, inClass: boolean): Piece | null {
  const hex = /^\\x([0-9A-Fa-f]{2}|\{[0-9A-Fa-f]{1,6}\})/.exec(source.slice(at));
  if (hex !== null) {
    const code = (hex[1] ?? '').replaceAll(/[{}]/g, '');
    return { text: `\\u{${code}}`, length: hex[0].length };
  }
  const next = source.charAt(at + 1);
  // An escape that is not needed is an error in the strict dialect.
  const text = (inClass ? escapeInside(next) : escapeOutside(next)) ?? (/[-_:@%&=~!'"<>,;# ]/.test(next) ? next : null);
  return text === null ? null : { text, length: 2 };
}

/** A class from its opening bracket: `[^a-z_-]`, `[[:alpha:]]`; null where the dialects differ. */
function classAt(source: string, from: number): Piece | null {
  let at = from + 1;
  let text = '[';
  if (source[at] === '^') {
    text += '^';
    at += 1;
  }
  const first = at;
  // After `\w` the strict dialect takes a dash only when it is escaped.
  let afterSet = false;
  for (; at < source.length;) {
    const character = source.charAt(at);
    if (character === ']' && at > first) return { text: `${text}]`, length: at + 1 - from };
    let piece: Piece | null = { text: character === ']' ? String.raw`\]` : character, length: 1 };
    let isSet = false;
    if (character === '\\') {
      piece = escapeAt(source, at, true);
      isSet = /^\\[dDwWs]/.test(source.slice(at));
    } else if (character === '[') {
      const named = /^\[:([a-z]+):\]/.exec(source.slice(at));
      const known = named === null ? undefined : classes[named[1] ?? ''];
      piece = known === undefined ? null : { text: known, length: named?.[0].length ?? 0 };
      isSet = true;
    } else if (character === '-' && afterSet && source[at + 1] !== ']') {
      piece = { text: String.raw`\-`, length: 1 };
    }
    if (piece === null) return null;
    text += piece.text;
    at += piece.length;
    afterSet = isSet;
  }
  return null;
}

function groupAt(source: string, at: number): Piece | null {
  // A name makes no difference to what matches.
  const named = /^\(\?P?<[A-Za-z_]\w*>/.exec(source.slice(at));
  if (named !== null) return { text: '(?:', length: named[0].length };
  if (source[at + 1] !== '?') return { text: '(', length: 1 };
  return source[at + 2] === ':' ? { text: '(?:', length: 3 } : null;
}

function pieceAt(source: string, at: number): Piece | null {
  const character = source.charAt(at);
  switch (character) {
    case '\\':
      return escapeAt(source, at, false);
    case '[':
      return classAt(source, at);
    case '(':
      return groupAt(source, at);
    case '.':
      return { text: String.raw`[^\n]`, length: 1 };
    case '{': {
      const counts = /^\{(\d+)(?:,(\d*))?\}/.exec(source.slice(at));
      const tooMany = counts?.slice(1).some((count) => Number(count ?? 0) > maximumRepetition) ?? true;
      return tooMany ? null : { text: counts?.[0] ?? '', length: counts?.[0].length ?? 1 };
    }
    default:
      return { text: character, length: 1 };
  }
}

/** The language refuses patterns that have groups with names and without. */
function mixesGroups(source: string): boolean {
  const groups = source.replaceAll(/\\.|\[(?:\\.|[^\]\\])*\]/gs, '').match(/\((?:\?P?<(?![=!])|(?!\?))/g) ?? [];
  return new Set(groups).size > 1;
}

/**
 * A pattern of Go's regular expressions in the dialect of JSON Schema, or null where the two may differ: `.` and `\s`
 * mean less in Go; flags, `\pL` and negated named classes are not translated; back references exist in one only.
 */
export function portablePattern(source: string): string | null {
  if (mixesGroups(source)) return null;
  let pattern = '';
  for (let at = 0; at < source.length;) {
    const piece = pieceAt(source, at);
    if (piece === null) return null;
    pattern += piece.text;
    at += piece.length;
  }
  try {
    return new RegExp(pattern, 'u').source;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A pattern that only these texts match in their place. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
}

/** A pattern of whole texts: exactly one of them. */
export function oneOfPattern(texts: readonly string[]): string {
  return `^(?:${texts.map(literalPattern).join('|')})$`;
}

/** Both have to match; a pattern may match anywhere in the text. */
export function bothPatterns(left: string, right: string): string {
  return left === right ? left : String.raw`^(?=[\s\S]*?(?:${left}))(?=[\s\S]*?(?:${right}))`;
}

/** One of them has to match. */
export function eitherPattern(left: string, right: string): string {
  return `(?:${left})|(?:${right})`;
}

/** It may not match. */
export function noPattern(pattern: string): string {
  return String.raw`^(?![\s\S]*?(?:${pattern}))`;
}
