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
        ? { type: 'integer' as const }
        : {};
  return { schema: { ...type, enum: choices }, known: choices.length === values.length, optional: false };
}

const limitNames: Readonly<Record<string, keyof PortSchema>> = {
  description: 'description',
  help: 'description',
  ge: 'minimum',
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
    if ((name === 'gt' || name === 'lt') && value.type === 'constant') {
      limits['x-conditions'] = [`must be ${name === 'gt' ? 'above' : 'below'} ${JSON.stringify(value.value)}`];
    }
  }
  return limits as PortSchema;
}
