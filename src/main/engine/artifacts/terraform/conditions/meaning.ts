import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { deny, either, meet } from './combine.ts';
import { constantOf, sayCall, sayDistinct, sayLength, sayMatches } from './calls.ts';
import type { Expression } from './expression.ts';
import { targetOf, type Subject } from './subject.ts';

const mirrored: Readonly<Record<string, string>> = {
  '>': '<',
  '<': '>',
  '>=': '<=',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
};

/** The comparison that is true exactly where the other is not. */
const negated: Readonly<Record<string, string>> = {
  '>': '<=',
  '<': '>=',
  '>=': '<',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

type Said = PortSchema | null;

function isNull(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === null;
}

function isBoolean(expression: Expression, value: boolean): boolean {
  return expression.kind === 'constant' && expression.value === value;
}

/** The path that a test holds against null, or null where it is another test. */
function nullTest(test: Expression, operator: '==' | '!=', subject: Subject): string | null {
  if (test.kind !== 'binary' || test.operator !== operator) return null;
  const { left, right } = test;
  const path = isNull(right) ? left : isNull(left) ? right : null;
  if (path?.kind !== 'path' || !subject.steps.every((step, index) => path.steps[index] === step)) return null;
  return path.steps.join('.');
}

function guardedBy(path: string, subject: Subject): Subject {
  return { ...subject, guarded: new Set([...subject.guarded, path]) };
}

function number(schema: PortSchema): boolean {
  return schema.type === 'number' || schema.type === 'integer';
}

function sayBound(operator: string, bound: number): Said {
  switch (operator) {
    case '>=':
      return { minimum: bound };
    case '<=':
      return { maximum: bound };
    case '>':
      return { exclusiveMinimum: bound };
    case '<':
      return { exclusiveMaximum: bound };
    default:
      return null;
  }
}

const typeNames: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  number: ['number', 'integer'],
  boolean: ['boolean'],
};

/** Whether a constant can be equal to a value of the type: the language never finds a text equal to a number. */
function comparable(schema: PortSchema, value: Json): boolean {
  return schema.type === undefined ? value !== null : (typeNames[typeof value]?.includes(schema.type) ?? false);
}

function sayEqual(schema: PortSchema, value: Json): Said {
  return typeof value !== 'object' && comparable(schema, value) ? { enum: [value] } : null;
}

/** `floor(x) == x`, `x % 1 == 0`. */
function sayWhole(left: Expression, right: Expression, subject: Subject): Said {
  const rounded =
    left.kind === 'call' && ['floor', 'ceil'].includes(left.name) && left.args.length === 1 ? left.args[0] : null;
  const divided =
    left.kind === 'binary' && left.operator === '%' && constantOf(left.right) === 1 && constantOf(right) === 0
      ? left.left
      : null;
  const inner = divided ?? (rounded != null && JSON.stringify(rounded) === JSON.stringify(right) ? rounded : null);
  const target = inner === null ? null : targetOf(inner, subject);
  return target !== null && number(target.schema) ? target.around({ type: 'integer' }) : null;
}

function sayComparison(operator: string, [left, right]: readonly [Expression, Expression], subject: Subject): Said {
  const value = constantOf(right);
  if (typeof value === 'boolean' && (operator === '==' || operator === '!=')) {
    const target = targetOf(left, subject);
    const said = target === null ? say(left, subject) : target.around({ enum: [true] });
    if (target !== null && target.schema.type !== 'boolean') return null;
    if (value === (operator === '==')) return said;
    return target === null ? sayNot(left, subject) : target.around({ enum: [false] });
  }
  if (operator === '==') {
    const whole = sayWhole(left, right, subject) ?? sayDistinct(left, right, subject);
    if (whole !== null) return whole;
  }
  if (left.kind === 'call' && typeof value === 'number') return sayLength(left, { operator, bound: value }, subject);
  if (left.kind === 'call' && typeof value === 'string') {
    const prefix = sayMatches(left, value, subject);
    return prefix === null || operator === '==' ? prefix : operator === '!=' ? deny(prefix) : null;
  }
  const target = targetOf(left, subject);
  if (target === null || value === undefined) return null;
  if (typeof value === 'number' && number(target.schema)) {
    const bound = sayBound(operator, value);
    if (bound !== null) return target.around(bound);
  }
  const equal = sayEqual(target.schema, value);
  const limit = equal === null || operator === '==' ? equal : operator === '!=' ? deny(equal) : null;
  return limit === null ? null : target.around(limit);
}

function sayBinary(expression: Extract<Expression, { kind: 'binary' }>, subject: Subject): Said {
  const { operator, left, right } = expression;
  if (operator === '&&') return sayBoth(left, right, subject);
  if (operator === '||') {
    const path = nullTest(left, '==', subject);
    if (path !== null) return say(right, guardedBy(path, subject));
    const later = nullTest(right, '==', subject);
    if (later !== null) return say(left, guardedBy(later, subject));
    const [one, two] = [say(left, subject), say(right, subject)];
    return one === null || two === null ? null : either(one, two);
  }
  if (nullTest(expression, '!=', subject) === subject.steps.join('.')) return { 'x-nullable': false };
  const flipped = mirrored[operator];
  if (flipped === undefined) return null;
  const fromLeft = sayComparison(operator, [left, right], subject);
  return fromLeft ?? sayComparison(flipped, [right, left], subject);
}

function sayBoth(left: Expression, right: Expression, subject: Subject): Said {
  const [one, two] = [say(left, subject), say(right, subject)];
  return one === null || two === null ? null : meet(one, two);
}

/** What holds exactly where the expression is false. */
function sayNot(expression: Expression, subject: Subject): Said {
  if (expression.kind === 'not') return say(expression.inner, subject);
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    if (operator === '||') return sayBoth({ kind: 'not', inner: left }, { kind: 'not', inner: right }, subject);
    const turned = negated[operator];
    if (turned !== undefined) return sayBinary({ ...expression, operator: turned }, subject);
  }
  if (expression.kind === 'call' && expression.name === 'anytrue') {
    const [list] = expression.args;
    if (list?.kind === 'for') return sayEach({ ...list, body: { kind: 'not', inner: list.body } }, subject);
  }
  const target = targetOf(expression, subject);
  if (target !== null) return target.schema.type === 'boolean' ? target.around({ enum: [false] }) : null;
  const said = expression.kind === 'call' ? sayCall(expression, subject) : null;
  return said === null ? null : denyWithin(said);
}

/** Denies a limit that stands alone in attributes: what is not so is said of the attribute. */
function denyWithin(said: PortSchema): Said {
  const [entry, more] = Object.entries(said.properties ?? {});
  if (entry === undefined || more !== undefined || Object.keys(said).length > 1) return deny(said);
  const inner = denyWithin(entry[1]);
  return inner === null ? null : { properties: { [entry[0]]: inner } };
}

function sayChoice({ test, yes, no }: Extract<Expression, { kind: 'choice' }>, subject: Subject): Said {
  if (isBoolean(yes, true)) {
    const path = nullTest(test, '==', subject);
    return path === null ? (isBoolean(no, false) ? say(test, subject) : null) : say(no, guardedBy(path, subject));
  }
  if (!isBoolean(no, true)) return isBoolean(no, false) ? sayBoth(test, yes, subject) : null;
  const path = nullTest(test, '!=', subject);
  if (path !== null) return say(yes, guardedBy(path, subject));
  return isBoolean(yes, false) ? sayNot(test, subject) : null;
}

/** What `alltrue([for …])` asks of each member, or of each key. */
function sayEach({ key, value, over, body }: Extract<Expression, { kind: 'for' }>, subject: Subject): Said {
  const [only] = over.kind === 'call' && over.args.length === 1 ? over.args : [];
  const collection =
    only !== undefined && over.kind === 'call' && /^(?:keys|values)$/.test(over.name) ? over.name : null;
  const target = targetOf(collection === null || only === undefined ? over : only, subject);
  if (target === null) return null;
  const { schema, around } = target;
  const members = (steps: string, member: PortSchema): Said =>
    say(body, { steps: [steps], schema: member, guarded: new Set() });
  if (schema.type === 'array' && schema.items !== undefined && collection === null) {
    const said = members(value, schema.items);
    return said === null ? null : around({ items: said });
  }
  if (schema.type !== 'object' || typeof schema.additionalProperties !== 'object') return null;
  const saidOfValue = collection === 'keys' ? null : members(value, schema.additionalProperties);
  if (saidOfValue !== null) return around({ additionalProperties: saidOfValue });
  const name = collection === 'keys' ? value : collection === null ? key : null;
  const saidOfKey = name === null ? null : members(name, { type: 'string' });
  return saidOfKey === null ? null : around({ propertyNames: saidOfKey });
}

/**
 * What a condition says of its subject, as a schema that allows exactly the values the condition allows; null where
 * none does. Null itself is left out: it stands for "not set". Characters are counted as JSON Schema counts them; the
 * language takes a letter and its combining marks for one.
 */
export function say(expression: Expression, subject: Subject): Said {
  switch (expression.kind) {
    case 'binary':
      return sayBinary(expression, subject);
    case 'not':
      return sayNot(expression.inner, subject);
    case 'choice':
      return sayChoice(expression, subject);
    case 'call':
      return sayListed(expression, subject) ?? sayCall(expression, subject);
    case 'path': {
      const target = targetOf(expression, subject);
      return target?.schema.type === 'boolean' ? target.around({ enum: [true] }) : null;
    }
    default:
      return null;
  }
}

/** `alltrue`, `anytrue` and `try(…, false)`: calls whose arguments are conditions themselves. */
function sayListed({ name, args }: Extract<Expression, { kind: 'call' }>, subject: Subject): Said {
  const [first, second, ...rest] = args;
  if (first === undefined || rest.length > 0) return null;
  // An error in a condition is a refusal as well.
  if (name === 'try') return second !== undefined && isBoolean(second, false) ? say(first, subject) : null;
  if (second !== undefined) return null;
  if (name === 'alltrue' && first.kind === 'for') return sayEach(first, subject);
  if (first.kind !== 'list' || (name !== 'alltrue' && name !== 'anytrue')) return null;
  const all = first.items.map((item) => say(item, subject));
  const combine = name === 'alltrue' ? meet : either;
  return all.reduce((left, right) => (left === null || right === null ? null : combine(left, right)));
}
