import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { deny } from './combine.ts';
import type { Expression } from './expression.ts';
import { literalPattern, portablePattern } from './portable-pattern.ts';
import { targetOf, type Subject } from './subject.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** The constant an expression is; undefined for any other. */
export function constantOf(expression: Expression | undefined): Json | undefined {
  if (expression?.kind === 'constant') return expression.value;
  if (expression?.kind !== 'list') return undefined;
  const items = expression.items.map(constantOf);
  return items.every((item) => item !== undefined) ? items : undefined;
}

/** A list of constants, also as `toset([…])`. */
function choicesOf(expression: Expression | undefined): readonly Json[] | null {
  const list =
    expression?.kind === 'call' && /^to(?:set|list)$/.test(expression.name) ? expression.args[0] : expression;
  const value = constantOf(list);
  return Array.isArray(value) ? value : null;
}

function fitting(choices: readonly Json[] | null, { type }: PortSchema): Json[] | null {
  if (choices === null || choices.length === 0) return null;
  const wanted = type === 'integer' ? 'number' : type;
  const all = choices.every((choice) =>
    wanted === undefined ? choice !== null && typeof choice !== 'object' : typeof choice === wanted,
  );
  return all ? [...choices] : null;
}

function patternSaid(pattern: string | null, of: Expression | undefined, subject: Subject): PortSchema | null {
  const target = of === undefined ? null : targetOf(of, subject);
  return pattern === null || target?.schema.type !== 'string' ? null : target.around({ pattern });
}

function regexOf(expression: Expression | undefined): string | null {
  const source = constantOf(expression);
  return typeof source === 'string' ? portablePattern(source) : null;
}

/** `can(cidrhost(x, 0))`: only what asks for nothing but an address range. */
function sayRange({ name, args }: Call, subject: Subject): PortSchema | null {
  const [of, ...rest] = args;
  const target = of === undefined ? null : targetOf(of, subject);
  if (target?.schema.type !== 'string') return null;
  const onlyZeros = rest.every((one) => constantOf(one) === 0);
  if (
    (name === 'cidrhost' && rest.length === 1 && onlyZeros) ||
    (name === 'cidrsubnet' && rest.length === 2 && onlyZeros)
  )
    return target.around({ format: 'cidr' });
  // Ranges of the sixth version have no mask; only they hold colons.
  return name === 'cidrnetmask' && rest.length === 0 ? target.around({ format: 'cidr', pattern: '^[^:]*$' }) : null;
}

/** What a call that gives true or false says of the subject. */
export function sayCall({ name, args }: Call, subject: Subject): PortSchema | null {
  const [first, second, ...rest] = args;
  if (rest.length > 0) return null;
  switch (name) {
    case 'contains': {
      const target = second === undefined ? null : targetOf(second, subject);
      const choices = target === null ? null : fitting(choicesOf(first), target.schema);
      return target === null || choices === null ? null : target.around({ enum: choices });
    }
    case 'can':
      if (first?.kind !== 'call' || second !== undefined) return null;
      if (first.name !== 'regex') return sayRange(first, subject);
      return first.args.length === 2 ? patternSaid(regexOf(first.args[0]), first.args[1], subject) : null;
    case 'startswith':
    case 'endswith':
    case 'strcontains': {
      const text = constantOf(second);
      if (typeof text !== 'string') return null;
      const [before, after] = [name === 'startswith' ? '^' : '', name === 'endswith' ? '$' : ''];
      return patternSaid(`${before}${literalPattern(text)}${after}`, first, subject);
    }
    default:
      return null;
  }
}

const counts: Readonly<Record<string, readonly ['minLength' | 'minItems' | 'minProperties', string]>> = {
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
  object: ['minProperties', 'maxProperties'],
};

interface Bound {
  readonly operator: string;
  readonly bound: number;
}

function countSaid([least, most]: readonly [string, string], { operator, bound }: Bound): PortSchema | null {
  if (!Number.isInteger(bound)) return null;
  const low = operator === '>' ? bound + 1 : bound;
  const high = operator === '<' ? bound - 1 : bound;
  if (low < 0 || high < 0) return null;
  switch (operator) {
    case '>':
    case '>=':
      return { [least]: low };
    case '<':
    case '<=':
      return { [most]: high };
    case '==':
      return { [least]: low, [most]: high };
    case '!=':
      return bound === 0 ? { [least]: 1 } : null;
    default:
      return null;
  }
}

/** Whether a count that is compared says "some" or "none"; null for any other comparison. */
function someOrNone({ operator, bound }: Bound): 'some' | 'none' | null {
  const text = `${operator} ${bound}`;
  if (['> 0', '>= 1', '!= 0'].includes(text)) return 'some';
  return ['== 0', '< 1', '<= 0'].includes(text) ? 'none' : null;
}

/** `length(…)` compared with a number: of a text, a list or a map, of what a pattern finds, of what is outside a list. */
export function sayLength({ name, args }: Call, bound: Bound, subject: Subject): PortSchema | null {
  const [of, more] = args;
  if (name !== 'length' || of === undefined || more !== undefined) return null;
  if (of.kind === 'call' && of.args.length === 2) {
    const [first, second] = of.args;
    const which = someOrNone(bound);
    if (of.name === 'regexall') {
      const found = patternSaid(regexOf(first), second, subject);
      if (found === null || which === null) return null;
      return which === 'some' ? found : found.pattern === undefined ? null : deny(found);
    }
    const target = of.name === 'setsubtract' && first !== undefined ? targetOf(first, subject) : null;
    const choices = target === null ? null : fitting(choicesOf(second), target.schema.items ?? {});
    if (target?.schema.items?.type === undefined || choices === null || which !== 'none') return null;
    return target.around({ items: { enum: choices } });
  }
  const target = targetOf(of, subject);
  const words = counts[target?.schema.type ?? ''];
  // The attributes of an object are always all there.
  if (target === null || words === undefined || target.schema.properties !== undefined) return null;
  const said = countSaid(words, bound);
  return said === null ? null : target.around(said);
}

/** `length(distinct(x)) == length(x)` asks for no member twice. */
export function sayDistinct(left: Expression, right: Expression, subject: Subject): PortSchema | null {
  const [inner, more] = left.kind === 'call' && left.name === 'length' ? left.args : [];
  if (inner?.kind !== 'call' || inner.name !== 'distinct' || more !== undefined) return null;
  const counted: Expression = { kind: 'call', name: 'length', args: inner.args };
  const [of] = inner.args;
  if (of === undefined || JSON.stringify(counted) !== JSON.stringify(right)) return null;
  const target = targetOf(of, subject);
  return target?.schema.type === 'array' ? target.around({ uniqueItems: true }) : null;
}

/** `substr(x, 0, 4) == "ami-"` asks for a beginning. */
export function sayMatches({ name, args }: Call, text: string, subject: Subject): PortSchema | null {
  const [of, from, count, more] = args;
  if (name !== 'substr' || more !== undefined || constantOf(from) !== 0) return null;
  if (text === '' || constantOf(count) !== Array.from(text).length) return null;
  return patternSaid(`^${literalPattern(text)}`, of, subject);
}
