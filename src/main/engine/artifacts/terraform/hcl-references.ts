/**
 * Finds what expressions refer to, and where: traversals such as `aws_subnet.a[count.index].id` with the place of each
 * step, in quoted templates, heredocs and nested brackets as well. Names bound by `for`, keys of objects and names of
 * functions are none. Like the scanner beside it, it is run on text the real parser has accepted.
 */
export type ReferenceStep =
  | { readonly kind: 'name'; readonly text: string; readonly start: number; readonly end: number }
  /** `key` is null where the index is computed. */
  | { readonly kind: 'index'; readonly key: string | number | null; readonly start: number; readonly end: number }
  | { readonly kind: 'splat'; readonly start: number; readonly end: number };

/** A traversal: its root name and the steps after it; offsets are those of the text it was found in. */
export interface Reference {
  readonly root: string;
  readonly start: number;
  readonly end: number;
  readonly rootEnd: number;
  readonly steps: readonly ReferenceStep[];
}

/** A call of a function, from its name to behind its closing bracket; the name is written out: `core::sensitive`. */
export interface FunctionCall {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

type Scope = ReadonlySet<string>;

const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const digits = /\d+/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
const directive = /%\{~?[ \t\r\n]*(if|else|endif|for|endfor)\b/y;
const blank = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const inline = /[ \t]*/y;
/** Text of a template that means nothing but itself. */
const plain = /[^"\\$%]*/y;
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const words: ReadonlySet<string> = new Set(['true', 'false', 'null', 'if', 'in', 'for']);
const nothingBound: Scope = new Set<string>();

class ExpressionReader {
  readonly found: Reference[] = [];
  readonly calls: FunctionCall[] = [];
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  #match(pattern: RegExp, at = this.#at): string | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #skip(pattern: RegExp): string {
    const matched = this.#match(pattern) ?? '';
    this.#at += matched.length;
    return matched;
  }

  /** Reads to a closing character, which is left standing, or to the end. Keys are only those of an object. */
  read(close: string | null, scope: Scope, keys = false): void {
    let mayBeKey = keys;
    while (this.#at < this.#end) {
      if (this.#skip(blank).includes('\n')) mayBeKey = keys;
      const character = this.#text.charAt(this.#at);
      if (this.#at >= this.#end || character === close) return;
      if (character === ',') {
        this.#at += 1;
        mayBeKey = keys;
        continue;
      }
      this.#item(character, scope, mayBeKey);
      mayBeKey = false;
    }
  }

  /** Reads a template without quotes around it to the end. */
  readTemplate(): void {
    this.#template(this.#end, nothingBound);
  }

  #item(character: string, scope: Scope, mayBeKey: boolean): void {
    const close = closing[character];
    if (character === '"') {
      this.#at += 1;
      this.#template('"', scope);
      this.#at += 1;
    } else if (close !== undefined) this.#bracket(character, close, scope);
    else if (character === '<' && this.#match(heredoc) !== null) this.#heredoc(scope);
    else if (this.#match(identifier) !== null) this.#word(scope, mayBeKey);
    else if (this.#match(number) !== null) this.#skip(number);
    else this.#at += 1;
  }

  #bracket(open: string, close: string, scope: Scope): void {
    this.#at += 1;
    const inside = open === '(' ? scope : this.#forIntroduction(scope);
    this.read(close, inside, open === '{' && inside === scope);
    this.#at += 1;
    // `(…).id`: steps of a computed value are no names of their own.
    this.#steps(scope);
  }

  /** `for k, v in collection :` at the cursor; answers the scope of what follows. */
  #forIntroduction(scope: Scope): Scope {
    const start = this.#at;
    this.#skip(blank);
    if (this.#skip(identifier) !== 'for') {
      this.#at = start;
      return scope;
    }
    const bound = this.#boundNames();
    if (bound === null) {
      this.#at = start;
      return scope;
    }
    this.#collection(scope);
    return new Set([...scope, ...bound]);
  }

  /** `k, v in`; null when the word `for` was only a name. */
  #boundNames(): readonly string[] | null {
    const names: string[] = [];
    for (;;) {
      this.#skip(blank);
      const name = this.#skip(identifier);
      if (name === '') return null;
      if (name === 'in' && names.length > 0) return names;
      names.push(name);
      this.#skip(blank);
      if (this.#text[this.#at] === ',') this.#at += 1;
    }
  }

  /** The collection of a `for`, to its colon; colons of conditions in it are passed over. */
  #collection(scope: Scope): void {
    let conditions = 0;
    while (this.#at < this.#end) {
      this.#skip(blank);
      const character = this.#text.charAt(this.#at);
      if (character === '?') conditions += 1;
      if (character === ':' && conditions === 0) {
        this.#at += 1;
        return;
      }
      if (character === ':') conditions -= 1;
      this.#item(character, scope, false);
    }
  }

  #word(scope: Scope, mayBeKey: boolean): void {
    const start = this.#at;
    const root = this.#skip(identifier);
    const rootEnd = this.#at;
    if (this.#text.startsWith('::', this.#at) || this.#isCall()) {
      while (this.#text.startsWith('::', this.#at)) {
        this.#at += 2;
        this.#skip(identifier);
      }
      this.#call(start, scope);
      return;
    }
    const steps = this.#steps(scope);
    if (steps.length === 0 && (words.has(root) || (mayBeKey && this.#isKey()))) return;
    if (!scope.has(root)) this.found.push({ root, start, end: steps.at(-1)?.end ?? rootEnd, rootEnd, steps });
  }

  /** The arguments of a function whose name ends at the cursor. */
  #call(start: number, scope: Scope): void {
    const name = this.#text.slice(start, this.#at);
    this.#skip(inline);
    if (this.#text[this.#at] !== '(') return;
    this.#at += 1;
    this.read(')', scope);
    this.#at += 1;
    this.calls.push({ name, start, end: Math.min(this.#at, this.#end) });
    this.#steps(scope);
  }

  #isCall(): boolean {
    return this.#text[this.#at + (this.#match(inline)?.length ?? 0)] === '(';
  }

  #isKey(): boolean {
    const at = this.#at + (this.#match(inline)?.length ?? 0);
    return this.#text[at] === ':' || (this.#text[at] === '=' && !'=>'.includes(this.#text[at + 1] ?? ' '));
  }

  #steps(scope: Scope): readonly ReferenceStep[] {
    const steps: ReferenceStep[] = [];
    for (;;) {
      const step = this.#step(scope);
      if (step === null) return steps;
      steps.push(step);
    }
  }

  #step(scope: Scope): ReferenceStep | null {
    const start = this.#at;
    if (this.#text.startsWith('[*]', start)) {
      this.#at += 3;
      return { kind: 'splat', start, end: this.#at };
    }
    if (this.#text[start] === '[') return this.#index(scope);
    if (this.#text[start] !== '.') return null;
    if (this.#text[start + 1] === '*') {
      this.#at += 2;
      return { kind: 'splat', start, end: this.#at };
    }
    const position = this.#match(digits, start + 1);
    if (position !== null) {
      this.#at = start + 1 + position.length;
      return { kind: 'index', key: Number(position), start, end: this.#at };
    }
    const name = this.#match(identifier, start + 1);
    if (name === null) return null;
    this.#at = start + 1 + name.length;
    return { kind: 'name', text: name, start, end: this.#at };
  }

  #index(scope: Scope): ReferenceStep {
    const start = this.#at;
    this.#at += 1;
    this.read(']', scope);
    const inner = this.#text.slice(start + 1, this.#at).trim();
    this.#at = Math.min(this.#at + 1, this.#end);
    const text = /^"((?:[^"\\$%]|\\.)*)"$/.exec(inner)?.[1];
    const key = text ?? (/^\d+$/.test(inner) ? Number(inner) : null);
    return { kind: 'index', key, start, end: this.#at };
  }

  /** The text of a template up to a closing quote, which is left standing, or to a given offset. */
  #template(until: '"' | number, scope: Scope): void {
    const scopes: Scope[] = [scope];
    for (this.#skip(plain); this.#at < this.#end; this.#skip(plain)) {
      const character = this.#text[this.#at];
      if (until === '"' ? character === '"' : this.#at >= until) return;
      if (until === '"' && character === '\\') this.#at += 2;
      else if (this.#text.startsWith('$${', this.#at) || this.#text.startsWith('%%{', this.#at)) this.#at += 3;
      else if (this.#text.startsWith('${', this.#at)) {
        this.#at += 2;
        this.#interpolation(scopes.at(-1) ?? scope);
      } else if (this.#text.startsWith('%{', this.#at)) this.#directive(scopes);
      else this.#at += 1;
    }
  }

  /** An expression up to the brace that ends it; a `~` beside the braces only trims white space. */
  #interpolation(scope: Scope): void {
    while (this.#at < this.#end) {
      this.#skip(blank);
      const character = this.#text.charAt(this.#at);
      if (character === '}') break;
      this.#item(character, scope, false);
    }
    this.#at += 1;
  }

  #directive(scopes: Scope[]): void {
    const scope = scopes.at(-1) ?? nothingBound;
    const opening = this.#skip(directive);
    const [word] = /[a-z]+$/.exec(opening) ?? [];
    if (word === undefined) this.#at += 2;
    const bound = word === 'for' ? this.#boundNames() : null;
    this.#interpolation(scope);
    if (bound !== null) scopes.push(new Set([...scope, ...bound]));
    else if (word === 'endfor' && scopes.length > 1) scopes.pop();
  }

  #heredoc(scope: Scope): void {
    const opening = this.#skip(heredoc);
    const marker = /<<-?(\S+)/.exec(opening)?.[1] ?? '';
    let end = this.#at;
    for (;;) {
      const next = this.#text.indexOf('\n', end);
      const line = this.#text.slice(end, next === -1 ? this.#text.length : next).trim();
      if (line === marker || next === -1) break;
      end = next + 1;
    }
    this.#template(end, scope);
    this.#at = end;
    this.#skip(inline);
    this.#at += marker.length;
  }
}

/** What an expression refers to, in the order it stands; `start` and `end` are its offsets in the text. */
export function referencesIn(text: string, start = 0, end = text.length): readonly Reference[] {
  const reader = new ExpressionReader(text, start, end);
  reader.read(null, nothingBound);
  return reader.found.sort((left, right) => left.start - right.start);
}

/** What a template refers to whose quotes are not part of the text, as JSON files hold it. */
export function referencesInTemplate(text: string): readonly Reference[] {
  const reader = new ExpressionReader(text, 0, text.length);
  reader.readTemplate();
  return reader.found.sort((left, right) => left.start - right.start);
}

/** The functions an expression calls; what stands in texts and comments is no call, what stands in `${…}` is. */
export function callsIn(text: string, start = 0, end = text.length): readonly FunctionCall[] {
  const reader = new ExpressionReader(text, start, end);
  reader.read(null, nothingBound);
  return reader.calls;
}

/** The functions that a template calls whose quotes are not part of the text, as JSON files hold it. */
export function callsInTemplate(text: string): readonly FunctionCall[] {
  const reader = new ExpressionReader(text, 0, text.length);
  reader.readTemplate();
  return reader.calls;
}
