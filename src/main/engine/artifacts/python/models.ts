import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart } from './constants.ts';
import type { Expression, PythonClass, PythonField } from './syntax/ast.ts';
import { limitsOf, ofChoices, withLimits, type TypeContext, type TypeReader } from './type-parts.ts';

const modelBases = new Set(['BaseModel', 'BaseSettings', 'TypedDict', 'NamedTuple']);
const enumBases = new Set(['Enum', 'StrEnum', 'IntEnum']);

function nameOf(expression: Expression): string {
  if (expression.type === 'name') return expression.name;
  return expression.type === 'call' ? expression.callee : '';
}

function isModel(type: PythonClass, context: TypeContext): boolean {
  const bases = type.bases.map((base) => lastPart(nameOf(base)));
  if (type.decorators.some((decorator) => lastPart(nameOf(decorator)) === 'dataclass')) return true;
  if (bases.some((base) => modelBases.has(base))) return true;
  return bases.some((base) => {
    const parent = context.module.classes.find(({ name }) => name === base);
    return parent !== undefined && parent !== type && isModel(parent, context);
  });
}

function isEnum(type: PythonClass): boolean {
  return type.bases.some((base) => enumBases.has(lastPart(nameOf(base))));
}

/** Fields of a model, those of the models it is derived from first. */
function fieldsOf(type: PythonClass, context: TypeContext, seen: readonly PythonClass[] = []): readonly PythonField[] {
  if (seen.includes(type)) return [];
  const inherited = type.bases.flatMap((base) => {
    const parent = context.module.classes.find(({ name }) => name === nameOf(base));
    return parent === undefined ? [] : fieldsOf(parent, context, [...seen, type]);
  });
  const own = type.fields.filter(({ annotation }) => annotation !== null);
  return [...inherited.filter(({ name }) => !own.some((field) => field.name === name)), ...own];
}

/** The default that a field has, and whether it may be left out. */
function standardOf(
  field: PythonField,
  context: TypeContext,
): { readonly standard: PortSchema['default']; readonly given: boolean } {
  const { value } = field;
  if (value === null) return { standard: undefined, given: false };
  if (value.type !== 'call') return { standard: constantOf(value, context.module), given: true };
  const named = value.args.find(({ name }) => name === 'default')?.value;
  const first = lastPart(value.callee) === 'Field' ? value.args.find(({ name }) => name === null)?.value : undefined;
  const standard = named ?? first;
  if (standard === undefined)
    return { standard: undefined, given: value.args.some(({ name }) => name === 'default_factory') };
  const required = standard.type === 'other' && standard.text === '...';
  return { standard: constantOf(standard, context.module), given: !required };
}

function hasNone(standard: PortSchema['default']): boolean {
  return standard === undefined || standard === null;
}

/**
 * The class of that name as an object's schema, or as a choice when it is an enumeration; null when the file has no
 * model of that name (dataclass, TypedDict, NamedTuple, pydantic).
 */
export function modelOf(name: string, context: TypeContext, typeOf: TypeReader): PortSchema | null {
  const type = context.module.classes.find((one) => one.name === name);
  if (type === undefined || context.within.includes(name)) return null;
  if (isEnum(type)) {
    const values = type.fields.flatMap(({ value }) => (value === null ? [] : [constantOf(value, context.module)]));
    return ofChoices(values).schema;
  }
  if (!isModel(type, context)) return null;
  const inner = { ...context, within: [...context.within, name] };
  const loose = type.bases.some((base) => lastPart(nameOf(base)) === 'TypedDict');
  const partial = type.options.some(
    ({ name: option, value }) => option === 'total' && value.type === 'constant' && value.value === false,
  );
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  for (const field of fieldsOf(type, inner)) {
    if (field.annotation === null) continue;
    const { schema } = typeOf(field.annotation, inner);
    const { standard, given } = standardOf(field, inner);
    const limits = field.value?.type === 'call' ? limitsOf(field.value.args, inner.module) : {};
    properties[field.name] = { ...withLimits(schema, limits), ...(hasNone(standard) ? {} : { default: standard }) };
    const marked = wrapperOf(field.annotation);
    const leftOut = given || (loose && (marked === 'NotRequired' || (partial && marked !== 'Required')));
    if (!leftOut) required.push(field.name);
  }
  const description = type.documentation?.split('\n\n')[0];
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    ...(description === undefined ? {} : { description }),
  };
}

function wrapperOf(annotation: Expression): string | null {
  return annotation.type === 'subscript' && annotation.of.type === 'name' ? lastPart(annotation.of.name) : null;
}
