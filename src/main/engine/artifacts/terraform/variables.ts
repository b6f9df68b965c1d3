import type { Json } from '#shared/base/json.ts';
import type { PortSchema, Ports, Problem } from '#shared/model/index.ts';
import { objectsOf, type Block } from './blocks.ts';
import { descriptionOf } from './deprecation.ts';
import { secrecyOf } from './secrecy.ts';
import { constantOf, expressionText } from './hcl-parse.ts';
import { parseTypeConstraint } from './type-constraint.ts';
import { withValidation } from './conditions/validation.ts';

interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The type of a constant, for variables that have a default and no type. */
export function typeOfConstant(value: Json): PortSchema {
  if (Array.isArray(value)) {
    const [first] = value.map(typeOfConstant);
    const same = first !== undefined && value.every((item) => typeOfConstant(item).type === first.type);
    return { type: 'array', items: same && first.type !== undefined ? { type: first.type } : {} };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string' };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return value === null ? {} : { type: 'object', additionalProperties: {} };
  }
}

function readType(block: Block): Read<PortSchema> & { readonly declared: boolean } {
  const raw = text(block.body['type']);
  if (raw === null) {
    const { default: value } = block.body;
    // Without a type the language takes anything; the default tells what is meant.
    const inferred = value === undefined ? {} : typeOfConstant(value);
    return { value: inferred, problems: [], declared: false };
  }
  const parsed = parseTypeConstraint(expressionText(raw) ?? raw);
  if (parsed.ok) return { value: parsed.value, problems: [], declared: true };
  const problem: Problem = {
    severity: 'error',
    code: 'bad-type',
    message: `The type of variable "${block.labels[0]}" cannot be read: ${parsed.problems.join('; ')}.`,
    advice: 'Use string, number, bool, any, list(…), set(…), map(…), tuple([…]) or object({…}).',
    file: block.file,
    line: block.lineOf('type'),
    column: null,
    field: `variable.${block.labels[0]}.type`,
    node: null,
  };
  return { value: {}, problems: [problem], declared: false };
}

/** What `const` of OpenTofu asks for: `init` needs the value already, since modules and backends may be named by it. */
const knownBefore = 'The value is needed before anything is planned: no output of what runs before can give it.';

function readVariable(block: Block): Read<PortSchema> {
  const [name = ''] = block.labels;
  const { body } = block;
  const type = readType(block);
  let schema = type.value;
  for (const validation of objectsOf(body['validation'])) {
    const condition = text(validation['condition']);
    const message = text(validation['error_message']) ?? 'A condition of the module.';
    if (condition === null) continue;
    schema = withValidation(schema, { variable: name, condition: expressionText(condition) ?? condition, message });
  }
  if (body['const'] === true) schema = { ...schema, 'x-conditions': [...(schema['x-conditions'] ?? []), knownBefore] };
  if (body['nullable'] === false) schema = { ...schema, 'x-nullable': false };
  const { default: value } = body;
  const secrecy = secrecyOf(block);
  return {
    problems: type.problems,
    value: {
      ...schema,
      ...descriptionOf(block),
      ...(value === undefined ? {} : { default: constantOf(value) }),
      ...secrecy.marks,
      'x-origin': {
        how: type.declared ? 'declared' : 'default' in body ? 'inferred' : 'unknown',
        where: `${block.file}:${block.line}`,
        ...secrecy.facts,
      },
    },
  };
}

/** The inputs of a module: one port per `variable`, with type, default, conditions, and the line each stands on. */
export function readVariables(blocks: readonly Block[]): Read<Ports> {
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  const problems: Problem[] = [];
  for (const block of blocks.filter(({ type }) => type === 'variable')) {
    const [name = ''] = block.labels;
    if (Object.hasOwn(properties, name)) {
      problems.push({
        severity: 'error',
        code: 'duplicate-variable',
        message: `Variable "${name}" is declared twice.`,
        advice: 'Keep one of the two.',
        file: block.file,
        line: block.line,
        column: null,
        field: `variable.${name}`,
        node: null,
      });
      continue;
    }
    const read = readVariable(block);
    problems.push(...read.problems);
    properties[name] = read.value;
    if (!('default' in block.body)) required.push(name);
  }
  return { value: { type: 'object', properties, required }, problems };
}
