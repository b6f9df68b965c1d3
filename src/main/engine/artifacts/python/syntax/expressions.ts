import type { SyntaxNode } from '@lezer/common';
import type { Argument, Expression } from './ast.ts';
import { valueOfNumber, valueOfString } from './text-literal.ts';

/** The text of a file and where its lines begin. */
export class SourceText {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  of(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  lineOf(node: { readonly from: number }): number {
    return this.place(node.from).line;
  }

  place(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** The children of a node in their order, punctuation included. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',', ':', 'Comment']);

/** The parts between the brackets of a list, a tuple or a subscript. */
function itemsOf(nodes: readonly SyntaxNode[], source: SourceText): readonly Expression[] {
  return nodes.filter(({ name }) => !punctuation.has(name)).map((node) => expressionOf(node, source));
}

/** `a.b.c` as one name; null for anything that is not names and dots. */
export function dottedName(node: SyntaxNode, source: SourceText): string | null {
  if (node.name === 'VariableName') return source.of(node);
  if (node.name !== 'MemberExpression') return null;
  const [of, dot, property] = childrenOf(node);
  if (of === undefined || dot?.name !== '.' || property === undefined) return null;
  const left = dottedName(of, source);
  return left === null ? null : `${left}.${source.of(property)}`;
}

/** The arguments of a call or a decorator. */
export function argumentsOf(list: SyntaxNode, source: SourceText): readonly Argument[] {
  const args: Argument[] = [];
  const nodes = childrenOf(list).filter(({ name }) => !['(', ')', 'Comment'].includes(name));
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || node.name === ',') continue;
    const value = nodes[index + 2];
    if (node.name === 'VariableName' && nodes[index + 1]?.name === 'AssignOp' && value !== undefined) {
      args.push({ name: source.of(node), value: expressionOf(value, source) });
      index += 2;
    } else args.push({ name: null, value: expressionOf(node, source) });
  }
  return args;
}

function memberOf(node: SyntaxNode, source: SourceText): Expression | null {
  const name = dottedName(node, source);
  const line = source.lineOf(node);
  if (name !== null) return { type: 'name', name, line };
  const [of, bracket, ...rest] = childrenOf(node);
  if (of === undefined || bracket?.name !== '[') return null;
  return { type: 'subscript', of: expressionOf(of, source), items: itemsOf(rest, source), line };
}

function binaryOf(node: SyntaxNode, source: SourceText): Expression | null {
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined || source.of(operator) !== '|') return null;
  const options = [left, right].flatMap((side) => {
    const expression = expressionOf(side, source);
    return expression.type === 'either' ? expression.options : [expression];
  });
  return { type: 'either', options, line: source.lineOf(node) };
}

function dictionaryOf(node: SyntaxNode, source: SourceText): Expression {
  const parts = childrenOf(node).filter(({ name }) => !['{', '}', ',', 'Comment'].includes(name));
  const entries: (readonly [Expression, Expression])[] = [];
  for (let index = 0; index + 2 < parts.length; index += 1) {
    const [key, colon, value] = [parts[index], parts[index + 1], parts[index + 2]];
    if (key === undefined || colon?.name !== ':' || value === undefined) continue;
    entries.push([expressionOf(key, source), expressionOf(value, source)]);
    index += 2;
  }
  return { type: 'dict', entries, line: source.lineOf(node) };
}

function stringOf(node: SyntaxNode, source: SourceText): Expression | null {
  const parts = node.name === 'ContinuedString' ? childrenOf(node).filter(({ name }) => name !== 'Comment') : [node];
  const texts = parts.map((part) => (part.name === 'String' ? valueOfString(source.of(part)) : null));
  if (texts.some((text) => text === null)) return null;
  return { type: 'constant', value: texts.join(''), line: source.lineOf(node) };
}

function numberOf(node: SyntaxNode, source: SourceText): Expression | null {
  const value = valueOfNumber(source.of(node).replaceAll(/\s/g, ''));
  return value === null ? null : { type: 'constant', value, line: source.lineOf(node) };
}

function callOf(node: SyntaxNode, source: SourceText): Expression | null {
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list === undefined) return null;
  // `parser().add_argument()`: whose method it is does not matter for what it declares.
  const name = dottedName(callee, source) ?? source.of(callee).replaceAll(/\s+/g, '');
  return { type: 'call', callee: name, args: argumentsOf(list, source), line: source.lineOf(node) };
}

function known(node: SyntaxNode, source: SourceText): Expression | null {
  const line = source.lineOf(node);
  switch (node.name) {
    case 'VariableName':
      return { type: 'name', name: source.of(node), line };
    case 'MemberExpression':
      return memberOf(node, source);
    case 'CallExpression':
      return callOf(node, source);
    case 'BinaryExpression':
      return binaryOf(node, source);
    case 'String':
    case 'ContinuedString':
      return stringOf(node, source);
    case 'Number':
      return numberOf(node, source);
    case 'UnaryExpression':
      return /^[-+]\s*[\d.]/.test(source.of(node)) ? numberOf(node, source) : null;
    case 'Boolean':
      return { type: 'constant', value: source.of(node) === 'True', line };
    case 'None':
      return { type: 'constant', value: null, line };
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return { type: 'list', items: itemsOf(childrenOf(node), source), line };
    case 'DictionaryExpression':
      return dictionaryOf(node, source);
    case 'ParenthesizedExpression': {
      const [inner] = childrenOf(node).filter(({ name }) => !punctuation.has(name));
      return inner === undefined ? null : expressionOf(inner, source);
    }
    default:
      return null;
  }
}

/** An expression of the file; what is none of ours is kept as its text. */
export function expressionOf(node: SyntaxNode, source: SourceText): Expression {
  return known(node, source) ?? { type: 'other', text: source.of(node), line: source.lineOf(node) };
}
