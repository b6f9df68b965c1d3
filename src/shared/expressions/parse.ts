import { failed, ok, type Result } from '../base/result.ts';
import { limits, type Expression, type ExpressionProblem, type Template } from './ast.ts';
import { isFunctionName, functionNames } from './functions.ts';
import { SyntaxProblem, tokenAt, type Token } from './tokens.ts';

const constants: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads one expression of a text; knows where it is and how deep. */
class Reader {
  readonly text: string;
  token: Token;
  #depth = 0;

  constructor(text: string, start: number) {
    this.text = text;
    this.token = tokenAt(text, start);
  }

  next(): Token {
    const current = this.token;
    this.token = tokenAt(this.text, current.end);
    return current;
  }

  isSymbol(text: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === text;
  }

  expect(text: string, what: string): Token {
    if (!this.isSymbol(text)) throw this.unexpected(`"${text}" ${what}`);
    return this.next();
  }

  unexpected(expected: string): SyntaxProblem {
    const { token } = this;
    const found = token.kind === 'end' ? 'the end of the text' : `"${this.text.slice(token.start, token.end)}"`;
    return new SyntaxProblem(`Expected ${expected}, found ${found}.`, token);
  }

  expression(): Expression {
    this.#depth += 1;
    if (this.#depth > limits.depth) throw new SyntaxProblem('The expression is nested too deeply.', this.token);
    const left = this.#postfix();
    let result = left;
    if (this.isSymbol('==') || this.isSymbol('!=')) {
      const operator = this.isSymbol('==') ? '==' : '!=';
      this.next();
      const right = this.#postfix();
      result = { kind: 'comparison', operator, left, right, start: left.start, end: right.end };
    }
    this.#depth -= 1;
    return result;
  }

  #postfix(): Expression {
    let object = this.#primary();
    for (;;) {
      if (this.isSymbol('.')) {
        this.next();
        const name = this.#name('a property name');
        object = { kind: 'property', object, name: name.text, start: object.start, end: name.end };
      } else if (this.isSymbol('[')) {
        this.next();
        const index = this.expression();
        const close = this.expect(']', 'after the index');
        object = { kind: 'index', object, index, start: object.start, end: close.end };
      } else {
        return object;
      }
    }
  }

  #primary(): Expression {
    const { token } = this;
    switch (token.kind) {
      case 'string':
        this.next();
        return { kind: 'literal', value: token.text, start: token.start, end: token.end };
      case 'number':
        this.next();
        return { kind: 'literal', value: token.value, start: token.start, end: token.end };
      case 'name':
        this.next();
        return this.#named(token);
      case 'symbol':
        if (token.text === '(') return this.#group();
        if (token.text === '[') return this.#list();
        if (token.text === '{') return this.#object();
        throw this.unexpected('a reference, a function or a value');
      case 'end':
        throw this.unexpected('a reference, a function or a value');
    }
  }

  #named(token: Token & { readonly kind: 'name' }): Expression {
    if (this.isSymbol('(')) return this.#call(token);
    const constant = constants.get(token.text);
    if (constant !== undefined && !this.isSymbol('.')) {
      return { kind: 'literal', value: constant, start: token.start, end: token.end };
    }
    if (!this.isSymbol('.')) {
      throw new SyntaxProblem(
        `"${token.text}" alone means nothing here; write inputs.NAME, target.region, NODE.OUTPUT, or quote a text.`,
        token,
      );
    }
    this.next();
    const name = this.#name('a name after the dot');
    const root = token.text === 'inputs' || token.text === 'target' ? token.text : 'node';
    const node = root === 'node' ? token.text : null;
    return { kind: 'reference', reference: { root, node, name: name.text }, start: token.start, end: name.end };
  }

  #call(token: Token & { readonly kind: 'name' }): Expression {
    if (!isFunctionName(token.text)) {
      throw new SyntaxProblem(`There is no function "${token.text}"; there are ${functionNames.join(', ')}.`, token);
    }
    this.next();
    const { items, end } = this.#items(')');
    return { kind: 'call', name: token.text, arguments: items, start: token.start, end };
  }

  #group(): Expression {
    this.next();
    const inner = this.expression();
    this.expect(')', 'to close the parenthesis');
    return inner;
  }

  #list(): Expression {
    const open = this.next();
    const { items, end } = this.#items(']');
    return { kind: 'list', items, start: open.start, end };
  }

  #items(close: string): { readonly items: readonly Expression[]; readonly end: number } {
    const items: Expression[] = [];
    while (!this.isSymbol(close)) {
      items.push(this.expression());
      if (this.isSymbol(',')) this.next();
      else if (!this.isSymbol(close)) throw this.unexpected(`"," or "${close}"`);
    }
    return { items, end: this.next().end };
  }

  #object(): Expression {
    const open = this.next();
    const entries: { key: string; value: Expression }[] = [];
    while (!this.isSymbol('}')) {
      const key = this.token;
      if (key.kind !== 'name' && key.kind !== 'string') throw this.unexpected('a key');
      this.next();
      this.expect(':', 'after the key');
      entries.push({ key: key.text, value: this.expression() });
      if (this.isSymbol(',')) this.next();
      else if (!this.isSymbol('}')) throw this.unexpected('"," or "}"');
    }
    return { kind: 'object', entries, start: open.start, end: this.next().end };
  }

  #name(what: string): Token & { readonly kind: 'name' } {
    const { token } = this;
    if (token.kind !== 'name') throw this.unexpected(what);
    this.next();
    return token;
  }
}

/**
 * Parses one string value. `$${` stands for a literal `${`. Every syntax error is reported with its span;
 * parsing stops at the first.
 */
export function parseTemplate(text: string): Result<Template, ExpressionProblem> {
  if (text.length > limits.text && text.includes('${')) {
    const message = `The value is longer than ${limits.text} characters.`;
    return failed([{ message, start: 0, end: text.length, path: [] }]);
  }
  const parts: Template['parts'][number][] = [];
  let literal = '';
  let at = 0;
  try {
    while (at < text.length) {
      const open = text.indexOf('${', at);
      if (open === -1) break;
      if (text[open - 1] === '$' && open > at) {
        literal += `${text.slice(at, open - 1)}\${`;
        at = open + 2;
        continue;
      }
      literal += text.slice(at, open);
      if (literal !== '') parts.push({ kind: 'text', text: literal });
      literal = '';
      const reader = new Reader(text, open + 2);
      const expression = reader.expression();
      // The closing brace is looked at, not consumed: what follows it is text again, not tokens.
      if (!reader.isSymbol('}')) throw reader.unexpected('"}" to close "${"');
      parts.push({ kind: 'expression', expression });
      at = reader.token.end;
    }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxProblem)) throw thrown;
    return failed([{ message: thrown.message, start: thrown.span.start, end: thrown.span.end, path: [] }]);
  }
  literal += text.slice(at);
  if (literal !== '' || parts.length === 0) parts.push({ kind: 'text', text: literal });
  return ok({ parts });
}

/** The expression of a template that is exactly one `${…}` and therefore keeps its type; otherwise null. */
export function soleExpression(template: Template): Expression | null {
  const [only] = template.parts;
  return template.parts.length === 1 && only?.kind === 'expression' ? only.expression : null;
}
