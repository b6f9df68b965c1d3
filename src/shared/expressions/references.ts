import type { Json } from '../base/json.ts';
import type { Expression, ExpressionProblem, PlacedReference, Template } from './ast.ts';
import { parseTemplate } from './parse.ts';

/** Every string of a value with its path, outermost first; object keys are not templates. */
function* textsOf(
  value: Json,
  path: readonly (string | number)[] = [],
): Generator<{ readonly text: string; readonly path: readonly (string | number)[] }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsOf(item, [...path, index]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, [...path, key]);
  }
}

/** The direct parts of an expression. */
function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'reference':
      return [];
    case 'property':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'comparison':
      return [expression.left, expression.right];
    case 'call':
      return expression.arguments;
    case 'list':
      return expression.items;
    case 'object':
      return expression.entries.map((entry) => entry.value);
  }
}

function* referencesIn(expression: Expression, path: readonly (string | number)[]): Generator<PlacedReference> {
  if (expression.kind === 'reference') {
    yield { ...expression.reference, start: expression.start, end: expression.end, path };
  }
  for (const child of childrenOf(expression)) yield* referencesIn(child, path);
}

function expressionsOf(template: Template): readonly Expression[] {
  return template.parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}

/**
 * Every reference of a value, in the order written, with path and span. Texts that do not parse give none:
 * `syntaxProblems` names them.
 */
export function references(value: Json): readonly PlacedReference[] {
  const found: PlacedReference[] = [];
  for (const { text, path } of textsOf(value)) {
    const template = parseTemplate(text);
    if (!template.ok) continue;
    for (const expression of expressionsOf(template.value)) found.push(...referencesIn(expression, path));
  }
  return found;
}

/** Everything in a value that does not parse. */
export function syntaxProblems(value: Json): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  for (const { text, path } of textsOf(value)) {
    const template = parseTemplate(text);
    if (!template.ok) problems.push(...template.problems.map((problem) => ({ ...problem, path })));
  }
  return problems;
}

/** A reference as it is written: `inputs.cidr`, `network.vpc_id`. */
export function referenceText(reference: {
  readonly root: string;
  readonly node: string | null;
  readonly name: string;
}): string {
  return `${reference.node ?? reference.root}.${reference.name}`;
}
