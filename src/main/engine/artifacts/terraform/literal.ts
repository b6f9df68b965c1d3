import type { Json } from '#shared/base/json.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';

export type Word =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly text: string }
  | { readonly kind: 'end' };

const blank = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const name = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The value of a quoted HCL text, or null when it holds an interpolation. */
function unquote(inner: string): string | null {
  if (/(^|[^$])\$\{|(^|[^%])%\{/.test(inner)) return null;
  return inner
    .replaceAll(
      /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)/g,
      (whole: string, ...groups: (string | undefined)[]) => {
        const [short, long, single] = groups;
        const code = short ?? long;
        return code === undefined ? (escapes[single ?? ''] ?? whole) : String.fromCodePoint(Number.parseInt(code, 16));
      },
    )
    .replaceAll('$${', '${')
    .replaceAll('%%{', '%{');
}

/** Reads words of type constraints and constants; everything else of the language it refuses. */
export class WordReader {
  readonly #text: string;
  #at = 0;
  word: Word;

  constructor(text: string) {
    this.#text = text;
    this.word = this.#read();
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  #read(): Word {
    this.#match(blank);
    if (this.#at >= this.#text.length) return { kind: 'end' };
    const text = this.#match(quoted);
    if (text !== null) {
      const value = unquote(text[1] ?? '');
      return value === null ? { kind: 'symbol', text: text[0] } : { kind: 'string', text: value };
    }
    const word = this.#match(name);
    if (word !== null) return { kind: 'name', text: word[0] };
    const digits = this.#match(number);
    if (digits !== null) return { kind: 'number', value: Number(digits[0]) };
    this.#at += 1;
    return { kind: 'symbol', text: this.#text.charAt(this.#at - 1) };
  }

  next(): Word {
    const current = this.word;
    this.word = this.#read();
    return current;
  }

  /** The character right after the word that is next; empty at the end. */
  get following(): string {
    return this.#text.charAt(this.#at);
  }

  isSymbol(text: string): boolean {
    return this.word.kind === 'symbol' && this.word.text === text;
  }

  /** Takes the symbol when it is next. */
  take(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.next();
    return true;
  }
}

const constants: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readList(reader: WordReader): Result<Json, string> {
  const items: Json[] = [];
  while (!reader.take(']')) {
    const item = readLiteral(reader);
    if (!item.ok) return item;
    items.push(item.value);
    if (!reader.take(',') && !reader.isSymbol(']')) return failed(['a list that is not closed']);
  }
  return ok(items);
}

function readObject(reader: WordReader): Result<Json, string> {
  const entries: [string, Json][] = [];
  while (!reader.take('}')) {
    const key = reader.next();
    if (key.kind !== 'name' && key.kind !== 'string') return failed(['an object key that is not a constant']);
    if (!reader.take('=') && !reader.take(':')) return failed(['an object key without a value']);
    const value = readLiteral(reader);
    if (!value.ok) return value;
    entries.push([key.text, value.value]);
    reader.take(',');
  }
  return ok(Object.fromEntries(entries));
}

/** Reads one constant; fails on anything that would have to be evaluated. */
export function readLiteral(reader: WordReader): Result<Json, string> {
  const word = reader.next();
  switch (word.kind) {
    case 'string':
      return ok(word.text);
    case 'number':
      return ok(word.value);
    case 'name': {
      const constant = constants.get(word.text);
      return constant === undefined ? failed([`"${word.text}" is not a constant`]) : ok(constant);
    }
    case 'symbol':
      if (word.text === '[') return readList(reader);
      return word.text === '{' ? readObject(reader) : failed([`"${word.text}" is not a constant`]);
    case 'end':
      return failed(['nothing where a constant should be']);
  }
}

/** Reads a text that is one constant and nothing else. */
export function parseLiteral(text: string): Result<Json, string> {
  const reader = new WordReader(text);
  const value = readLiteral(reader);
  return value.ok && reader.word.kind !== 'end' ? failed(['more than one constant']) : value;
}
