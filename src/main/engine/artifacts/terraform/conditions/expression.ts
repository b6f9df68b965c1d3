import type { Json } from '#shared/base/json.ts';
import { WordReader } from '../literal.ts';

/** An expression of the language, as far as conditions need it. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Json }
  /** `var.subnets`, `subnet.cidr`. */
  | { readonly kind: 'path'; readonly steps: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** `[for key, value in over : body]` without a filter. */
  | {
      readonly kind: 'for';
      readonly key: string | null;
      readonly value: string;
      readonly over: Expression;
      readonly body: Expression;
    }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly inner: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  /** Anything else, such as an index or a text with interpolations. */
  | { readonly kind: 'other' };

const other: Expression = { kind: 'other' };

/** Binary operators by how tightly they bind, loosest first, each level by what begins with what. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>=', '<=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Thrown inside of the parser alone: the text is no expression that it knows. */
class Unreadable extends Error {}

class Parser {
  readonly #words: WordReader;

  constructor(text: string) {
    this.#words = new WordReader(text);
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#words.word.kind !== 'end') throw new Unreadable();
    return expression;
  }

  #expect(symbol: string): void {
    if (!this.#words.take(symbol)) throw new Unreadable();
  }

  #name(): string {
    const word = this.#words.next();
    if (word.kind !== 'name') throw new Unreadable();
    return word.text;
  }

  #expression(): Expression {
    const test = this.#binary(0);
    if (!this.#words.take('?')) return test;
    const yes = this.#expression();
    this.#expect(':');
    return { kind: 'choice', test, yes, no: this.#expression() };
  }

  /** Takes one of the operators when it is next; those of two signs come as two words. */
  #operator(operators: readonly string[]): string | null {
    for (const operator of operators) {
      const [first = '', second] = operator;
      if (!this.#words.isSymbol(first)) continue;
      if (second === undefined) {
        if (this.#words.following === '=') continue;
        this.#words.next();
        return operator;
      }
      if (this.#words.following !== second) continue;
      this.#words.next();
      this.#words.next();
      return operator;
    }
    return null;
  }

  #binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let operator = this.#operator(operators); operator !== null; operator = this.#operator(operators)) {
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): Expression {
    if (this.#words.isSymbol('!') && this.#words.following !== '=') {
      this.#words.next();
      return { kind: 'not', inner: this.#unary() };
    }
    return this.#steps(this.#primary());
  }

  /** What follows a value: attributes make a path longer, anything else is beyond conditions. */
  #steps(start: Expression): Expression {
    let expression = start;
    for (;;) {
      if (this.#words.take('.')) {
        const word = this.#words.next();
        expression =
          expression.kind === 'path' && word.kind === 'name'
            ? { kind: 'path', steps: [...expression.steps, word.text] }
            : other;
      } else if (this.#words.isSymbol('[')) {
        this.#skip();
        expression = other;
      } else return expression;
    }
  }

  /** Skips a bracket with everything in it. */
  #skip(): void {
    let depth = 0;
    do {
      const word = this.#words.next();
      if (word.kind === 'end') throw new Unreadable();
      if (word.kind !== 'symbol') continue;
      if ('([{'.includes(word.text)) depth += 1;
      else if (')]}'.includes(word.text)) depth -= 1;
    } while (depth > 0);
  }

  #primary(): Expression {
    const { word } = this.#words;
    switch (word.kind) {
      case 'string':
        this.#words.next();
        return { kind: 'constant', value: word.text };
      case 'number':
        this.#words.next();
        return { kind: 'constant', value: word.value };
      case 'name':
        return this.#named();
      case 'symbol':
        return this.#bracketed(word.text);
      case 'end':
        throw new Unreadable();
    }
  }

  #named(): Expression {
    const name = this.#name();
    if (name === 'true' || name === 'false') return { kind: 'constant', value: name === 'true' };
    if (name === 'null') return { kind: 'constant', value: null };
    if (!this.#words.take('(')) return { kind: 'path', steps: [name] };
    const args: Expression[] = [];
    while (!this.#words.take(')')) {
      args.push(this.#expression());
      // `f(list...)` spreads a list over the arguments.
      while (this.#words.take('.')) args.push(other);
      if (!this.#words.take(',') && !this.#words.isSymbol(')')) throw new Unreadable();
    }
    return { kind: 'call', name, args };
  }

  #bracketed(symbol: string): Expression {
    if (symbol === '(') {
      this.#words.next();
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (symbol === '[') {
      this.#words.next();
      return this.#list();
    }
    if (symbol === '{') {
      this.#skip();
      return other;
    }
    // A text with interpolations is one word.
    if (!symbol.startsWith('"') || symbol.length === 1) throw new Unreadable();
    this.#words.next();
    return other;
  }

  #list(): Expression {
    if (this.#words.word.kind === 'name' && this.#words.word.text === 'for') {
      this.#words.next();
      return this.#for();
    }
    const items: Expression[] = [];
    while (!this.#words.take(']')) {
      items.push(this.#expression());
      if (!this.#words.take(',') && !this.#words.isSymbol(']')) throw new Unreadable();
    }
    return { kind: 'list', items };
  }

  #for(): Expression {
    const first = this.#name();
    const second = this.#words.take(',') ? this.#name() : null;
    if (this.#name() !== 'in') throw new Unreadable();
    const over = this.#expression();
    this.#expect(':');
    const body = this.#expression();
    const filtered = this.#words.word.kind === 'name' && this.#words.word.text === 'if';
    if (filtered) {
      this.#words.next();
      this.#expression();
    }
    this.#expect(']');
    if (filtered) return other;
    return { kind: 'for', key: second === null ? null : first, value: second ?? first, over, body };
  }
}

/** Parses an expression; null for what is none, or none that conditions are made of. */
export function parseExpression(text: string): Expression | null {
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
