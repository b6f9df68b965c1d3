import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { constantOf } from './constants.ts';
import type { Argument, Expression, PythonModule } from './syntax/ast.ts';

/** What an annotation says about values. */
export interface PythonType {
  /** Empty when it says nothing a JSON value could be checked by. */
  readonly schema: PortSchema;
  /** False for types that only running the code would explain, such as a client object. */
  readonly known: boolean;
  /** True when `None` is a value of it. */
  readonly optional: boolean;
}

export interface TypeContext {
  readonly module: PythonModule;
  /** Models being read, outermost first: one that holds itself ends here. */
  readonly within: readonly string[];
}

/** Reads an annotation; handed to those who need types inside of types. */
export type TypeReader = (annotation: Expression, context: TypeContext) => PythonType;

/** A closed list of values. */
export function ofChoices(values: readonly (Json | undefined)[]): PythonType {
  const choices = values.filter((value): value is Exclude<Json, undefined> => value !== undefined);
  const kinds = new Set(choices.map((choice) => typeof choice));
  const type =
    kinds.size === 1 && kinds.has('string')
      ? { type: 'string' as const }
      : kinds.size === 1 && kinds.has('number')
        ? { type: choices.every(Number.isInteger) ? ('integer' as const) : ('number' as const) }
        : {};
  return { schema: { ...type, enum: choices }, known: choices.length === values.length, optional: false };
}

const limitNames: Readonly<Record<string, keyof PortSchema>> = {
  description: 'description',
  help: 'description',
  ge: 'minimum',
  gt: 'exclusiveMinimum',
  lt: 'exclusiveMaximum',
  min: 'minimum',
  le: 'maximum',
  max: 'maximum',
  min_length: 'minLength',
  max_length: 'maxLength',
  pattern: 'pattern',
  regex: 'pattern',
};

/** Limits and words given by name to a field or option. */
export function limitsOf(args: readonly Argument[], module: PythonModule): PortSchema {
  const limits: Record<string, Json> = {};
  for (const { name, value } of args) {
    const key = name === null ? undefined : limitNames[name];
    const constant = key === undefined ? undefined : constantOf(value, module);
    if (key !== undefined && constant !== undefined && constant !== null) limits[key] = constant;
  }
  return limits as PortSchema;
}

/** A type within limits; lengths of lists and maps count their members. */
export function withLimits(schema: PortSchema, { minLength, maxLength, ...limits }: PortSchema): PortSchema {
  const [least, most] =
    schema.type === 'array'
      ? ['minItems', 'maxItems']
      : schema.type === 'object'
        ? ['minProperties', 'maxProperties']
        : ['minLength', 'maxLength'];
  return {
    ...schema,
    ...limits,
    ...(minLength === undefined ? {} : { [least ?? '']: minLength }),
    ...(maxLength === undefined ? {} : { [most ?? '']: maxLength }),
  };
}
