/** A JSON value with its place in the text; `end` is exclusive. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  /** The text it means. */
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'other' }
);

/** A member of an object; `start` is the offset of its key's quote. */
export interface JsonMember {
  readonly key: string;
  readonly start: number;
  readonly value: JsonNode;
}

const blank = /\s*/y;
const quoted = /"(?:[^"\\]|\\.)*"/y;
const other = /[^\s,\]}]+/y;

class TreeReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #skipBlank(): void {
    this.#take(blank);
  }

  /** True, and past it, when the next character is this one. */
  #next(character: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  value(): JsonNode {
    this.#skipBlank();
    const start = this.#at;
    if (this.#next('{')) {
      const members: JsonMember[] = [];
      while (!this.#next('}') && this.#at < this.#text.length) {
        this.#skipBlank();
        const from = this.#at;
        const key = this.#take(quoted);
        // The text is JSON already; what is no key would never end.
        if (key === '') break;
        this.#next(':');
        members.push({ key: String(JSON.parse(key)), start: from, value: this.value() });
        this.#next(',');
      }
      return { kind: 'object', start, end: this.#at, members };
    }
    if (this.#next('[')) {
      const items: JsonNode[] = [];
      while (!this.#next(']') && this.#at < this.#text.length) {
        items.push(this.value());
        this.#next(',');
      }
      return { kind: 'array', start, end: this.#at, items };
    }
    const text = this.#take(quoted);
    if (text !== '') return { kind: 'string', start, end: this.#at, value: String(JSON.parse(text)) };
    this.#take(other);
    return { kind: 'other', start, end: this.#at };
  }
}

/** The values of a JSON text with their places. It is run on text that `JSON.parse` has accepted. */
export function readJsonTree(text: string): JsonNode {
  return new TreeReader(text).value();
}

/** Every string of a JSON value, with keys left out. */
export function* stringsIn(node: JsonNode): Generator<Extract<JsonNode, { readonly kind: 'string' }>> {
  if (node.kind === 'string') yield node;
  if (node.kind === 'array') for (const item of node.items) yield* stringsIn(item);
  if (node.kind === 'object') for (const { value } of node.members) yield* stringsIn(value);
}
