import type { Json } from '../base/json.ts';
import type { Expression, ExpressionProblem, PlacedReference, Reference } from './ast.ts';
import { callFunction } from './functions.ts';
import { textOf, typeName } from './json-text.ts';
import { parseTemplate, soleExpression } from './parse.ts';
import { referenceText } from './references.ts';

/** What a reference stands for right now. */
export type Binding =
  | { readonly state: 'known'; readonly value: Json; readonly sensitive: boolean }
  /** Exists, but its value is made by something that has not run yet. */
  | { readonly state: 'unknown'; readonly sensitive: boolean }
  | { readonly state: 'error'; readonly message: string };

/** Answers what references stand for. */
export type Scope = (reference: Reference) => Binding;

/** The outcome of an evaluation. Sensitivity travels from any part to the whole. */
export type Evaluation =
  | { readonly state: 'known'; readonly value: Json; readonly sensitive: boolean }
  | { readonly state: 'unknown'; readonly waitsFor: readonly PlacedReference[]; readonly sensitive: boolean }
  | { readonly state: 'error'; readonly problems: readonly ExpressionProblem[] };

interface Context {
  readonly scope: Scope;
  readonly path: readonly (string | number)[];
}

function problem(message: string, expression: Expression, context: Context): Evaluation {
  const { start, end } = expression;
  return { state: 'error', problems: [{ message, start, end, path: context.path }] };
}

/** Errors win over unknowns, unknowns over values; then `make` sees the values. */
function combine(parts: readonly Evaluation[], make: (values: readonly Json[]) => Evaluation): Evaluation {
  const problems = parts.flatMap((part) => (part.state === 'error' ? part.problems : []));
  if (problems.length > 0) return { state: 'error', problems };
  const sensitive = parts.some((part) => part.state !== 'error' && part.sensitive);
  const waitsFor = parts.flatMap((part) => (part.state === 'unknown' ? part.waitsFor : []));
  if (waitsFor.length > 0) return { state: 'unknown', waitsFor, sensitive };
  const made = make(parts.flatMap((part) => (part.state === 'known' ? [part.value] : [])));
  return made.state === 'error' ? made : { ...made, sensitive: sensitive || made.sensitive };
}

function known(value: Json): Evaluation {
  return { state: 'known', value, sensitive: false };
}

function sameJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index] ?? null))
    );
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key] ?? null, right[key] ?? null))
  );
}

function memberOf(object: Json, key: Json): { readonly value: Json } | { readonly message: string } {
  if (Array.isArray(object)) {
    if (typeof key !== 'number' || !Number.isInteger(key)) return { message: 'A list is indexed by a whole number.' };
    const found = key < 0 ? undefined : object[key];
    return found === undefined
      ? { message: `The list has ${object.length} elements; there is none at ${key}.` }
      : { value: found };
  }
  if (typeof object !== 'object' || object === null) return { message: `Cannot look inside ${typeName(object)}.` };
  if (typeof key !== 'string') return { message: 'An object is indexed by a text.' };
  const found = Object.hasOwn(object, key) ? object[key] : undefined;
  return found === undefined
    ? { message: `There is no "${key}"; there are ${Object.keys(object).join(', ') || 'no properties'}.` }
    : { value: found };
}

function evaluateReference(expression: Expression & { readonly kind: 'reference' }, context: Context): Evaluation {
  const { reference, start, end } = expression;
  const binding = context.scope(reference);
  switch (binding.state) {
    case 'known':
      return binding;
    case 'unknown':
      return {
        state: 'unknown',
        waitsFor: [{ ...reference, start, end, path: context.path }],
        sensitive: binding.sensitive,
      };
    case 'error':
      return problem(binding.message, expression, context);
  }
}

function evaluateExpression(expression: Expression, context: Context): Evaluation {
  const parts = (list: readonly Expression[]): readonly Evaluation[] =>
    list.map((item) => evaluateExpression(item, context));
  const member = (object: Expression, key: Evaluation): Evaluation =>
    combine([evaluateExpression(object, context), key], ([value = null, name = null]) => {
      const found = memberOf(value, name);
      return 'value' in found ? known(found.value) : problem(found.message, expression, context);
    });
  switch (expression.kind) {
    case 'literal':
      return known(expression.value);
    case 'reference':
      return evaluateReference(expression, context);
    case 'property':
      return member(expression.object, known(expression.name));
    case 'index':
      return member(expression.object, evaluateExpression(expression.index, context));
    case 'comparison':
      return combine(parts([expression.left, expression.right]), ([left = null, right = null]) =>
        known(sameJson(left, right) === (expression.operator === '==')),
      );
    case 'call':
      return combine(parts(expression.arguments), (values) => {
        const result = callFunction(expression.name, values);
        return result.ok ? known(result.value) : problem(result.problems.join(' '), expression, context);
      });
    case 'list':
      return combine(parts(expression.items), (values) => known([...values]));
    case 'object':
      return combine(parts(expression.entries.map((entry) => entry.value)), (values) =>
        known(Object.fromEntries(expression.entries.map((entry, index) => [entry.key, values[index] ?? null]))),
      );
  }
}

function evaluateText(text: string, context: Context): Evaluation {
  if (!text.includes('${')) return known(text);
  const template = parseTemplate(text);
  if (!template.ok) {
    return { state: 'error', problems: template.problems.map((found) => ({ ...found, path: context.path })) };
  }
  const sole = soleExpression(template.value);
  if (sole !== null) return evaluateExpression(sole, context);
  const pieces = template.value.parts.map((part): Evaluation => {
    if (part.kind === 'text') return known(part.text);
    const { expression } = part;
    return combine([evaluateExpression(expression, context)], ([value = null]) => {
      const piece = textOf(value);
      if (piece.ok) return known(piece.value);
      const what = expression.kind === 'reference' ? referenceText(expression.reference) : 'the expression';
      return problem(`${what}: ${piece.problems.join(' ')}; use join for a list.`, expression, context);
    });
  });
  return combine(pieces, (values) => known(values.map(String).join('')));
}

function evaluateAt(value: Json, context: Context): Evaluation {
  if (typeof value === 'string') return evaluateText(value, context);
  const inside = (key: string | number): Context => ({ scope: context.scope, path: [...context.path, key] });
  if (Array.isArray(value)) {
    return combine(
      value.map((item, index) => evaluateAt(item, inside(index))),
      (items) => known([...items]),
    );
  }
  if (typeof value !== 'object' || value === null) return known(value);
  const entries = Object.entries(value);
  return combine(
    entries.map(([key, item]) => evaluateAt(item, inside(key))),
    (items) => known(Object.fromEntries(entries.map(([key], index) => [key, items[index] ?? null]))),
  );
}

/**
 * Evaluates a value. A string that is exactly one `${…}` keeps the type of what stands in it, everything else is
 * text. A part that waits for another step makes the whole unknown, with every reference it waits for; nothing is
 * ever made up. Pure and bounded.
 */
export function evaluate(value: Json, scope: Scope): Evaluation {
  return evaluateAt(value, { scope, path: [] });
}
