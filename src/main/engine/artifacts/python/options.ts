import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart } from './constants.ts';
import { type PythonInput, pythonName } from './ports.ts';
import type { Argument, Expression, PythonFunction, PythonModule } from './syntax/ast.ts';
import { limitsOf, ofChoices } from './type-parts.ts';
import { typeOfAnnotation } from './types.ts';

/** The script that options are read of. */
export interface OptionsContext {
  readonly module: PythonModule;
  readonly file: string;
}

/** The argument that is given by a name. */
export function named(args: readonly Argument[], name: string): Expression | undefined {
  return args.find((argument) => argument.name === name)?.value;
}

/** The words an option is given by: arguments without a name that are texts. */
export function wordsOf(args: readonly Argument[]): readonly string[] {
  return args.flatMap(({ name, value }) =>
    name === null && value.type === 'constant' && typeof value.value === 'string' ? [value.value] : [],
  );
}

/** What the option is called: `dest`, else its first long word, else its first word. */
function nameOfOption(args: readonly Argument[]): string | null {
  const destination = named(args, 'dest');
  if (destination?.type === 'constant' && typeof destination.value === 'string') return destination.value;
  const words = wordsOf(args).map((word) => word.split('/')[0] ?? word);
  // click takes a word without dashes as the parameter's name.
  const word = words.find((one) => !one.startsWith('-')) ?? words.find((one) => one.startsWith('--')) ?? words[0];
  return word === undefined ? null : pythonName(word);
}

const clickTypes: Readonly<Record<string, PortSchema>> = {
  File: { type: 'string', format: 'path' },
  Path: { type: 'string', format: 'path' },
  STRING: { type: 'string' },
  INT: { type: 'integer' },
  FLOAT: { type: 'number' },
  BOOL: { type: 'boolean' },
  UUID: { type: 'string', format: 'uuid' },
  DateTime: { type: 'string', format: 'date-time' },
};

/** `range(1, 5)`: whole numbers from the first to before the last. */
function rangeOf(expression: Expression): { readonly schema: PortSchema; readonly known: boolean } | null {
  if (expression.type !== 'call' || expression.callee !== 'range') return null;
  const bounds = expression.args.map(({ value }) => (value.type === 'constant' ? value.value : null));
  if (!bounds.every((bound) => typeof bound === 'number') || bounds.length === 0 || bounds.length > 2) return null;
  const [first = 0, end = first] = bounds;
  const start = bounds.length === 1 ? 0 : first;
  return { schema: { type: 'integer', minimum: start, maximum: end - 1 }, known: true };
}

/** The type that an option names with `type=…` or `choices=…`; null when it names none. */
function namedType(
  args: readonly Argument[],
  { module }: OptionsContext,
): { readonly schema: PortSchema; readonly known: boolean } | null {
  const choices = named(args, 'choices');
  if (choices !== undefined) {
    const values = constantOf(choices, module);
    if (Array.isArray(values)) return ofChoices(values);
    return rangeOf(choices) ?? { schema: {}, known: false };
  }
  const type = named(args, 'type');
  if (type === undefined) return null;
  if (type.type === 'call') {
    const last = lastPart(type.callee);
    const [first] = type.args;
    const values = last === 'Choice' && first !== undefined ? constantOf(first.value, module) : undefined;
    if (Array.isArray(values)) return ofChoices(values);
    const range = last === 'IntRange' ? 'integer' : last === 'FloatRange' ? 'number' : null;
    if (range !== null) return { schema: { type: range, ...clickRange(type.args, module) }, known: true };
    const schema = last === 'FileType' ? clickTypes['File'] : clickTypes[last];
    return schema === undefined ? { schema: {}, known: false } : { schema, known: true };
  }
  const clicked = type.type === 'name' ? clickTypes[lastPart(type.name)] : undefined;
  if (clicked !== undefined) return { schema: clicked, known: true };
  return typeOfAnnotation(type, { module, within: [] });
}

/** `IntRange(1, 10, max_open=True)`: bounds by place or by name, each of which may be left out itself. */
function clickRange(args: readonly Argument[], module: PythonModule): PortSchema {
  const places = args.filter(({ name }) => name === null).map(({ value }) => constantOf(value, module));
  const { minimum = places[0], maximum = places[1] } = limitsOf(args, module);
  const low = isTrue(named(args, 'min_open')) ? 'exclusiveMinimum' : 'minimum';
  const high = isTrue(named(args, 'max_open')) ? 'exclusiveMaximum' : 'maximum';
  return {
    ...(typeof minimum === 'number' ? { [low]: minimum } : {}),
    ...(typeof maximum === 'number' ? { [high]: maximum } : {}),
  };
}

/** Whether an argument is there and is `True`. */
export function isTrue(expression: Expression | undefined): boolean {
  return expression?.type === 'constant' && expression.value === true;
}

/** The schema of an option declared by `add_argument`, `click.option` or `click.argument`. */
function schemaOfOption(
  args: readonly Argument[],
  context: OptionsContext,
): { readonly schema: PortSchema; readonly known: boolean } {
  const action = named(args, 'action');
  const does = action?.type === 'constant' ? action.value : null;
  const standard = named(args, 'default');
  const value = standard === undefined ? undefined : constantOf(standard, context.module);
  if (
    does === 'store_true' ||
    does === 'store_false' ||
    isTrue(named(args, 'is_flag')) ||
    /BooleanOptionalAction/.test(textOf(action))
  ) {
    return {
      schema: { type: 'boolean', default: typeof value === 'boolean' ? value : does === 'store_false' },
      known: true,
    };
  }
  // A switch that stands for a constant.
  if (does === 'store_const' || does === 'append_const') return { schema: { type: 'boolean' }, known: true };
  if (does === 'count' || isTrue(named(args, 'count'))) return { schema: { type: 'integer', default: 0 }, known: true };
  const type = namedType(args, context) ?? { schema: typeOfDefault(value), known: true };
  const { schema, known } = isRepeated(args, does)
    ? { schema: { type: 'array' as const, items: type.schema }, known: type.known }
    : type;
  return { schema: value === undefined || value === null ? schema : { ...schema, default: value }, known };
}

function textOf(expression: Expression | undefined): string {
  return expression?.type === 'name' ? expression.name : expression?.type === 'other' ? expression.text : '';
}

/** Both libraries take the type of the default when none is named, and text when there is no default. */
function typeOfDefault(value: ReturnType<typeof constantOf>): PortSchema {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return { type: 'string' };
}

function isRepeated(args: readonly Argument[], does: unknown): boolean {
  if (does === 'append' || does === 'extend' || isTrue(named(args, 'multiple'))) return true;
  const count = named(args, 'nargs');
  return (
    count?.type === 'constant' &&
    (count.value === '*' || count.value === '+' || (typeof count.value === 'number' && count.value !== 1))
  );
}

/** True when the command does not start without it. */
function isRequired(
  args: readonly Argument[],
  { positional, schema }: { readonly positional: boolean; readonly schema: PortSchema },
): boolean {
  const required = named(args, 'required');
  if (required?.type === 'constant' && typeof required.value === 'boolean') return required.value;
  const count = named(args, 'nargs');
  if (count?.type === 'constant' && (count.value === '?' || count.value === '*' || count.value === -1)) return false;
  const prompt = named(args, 'prompt');
  // There is nobody to ask where a script is run for somebody.
  const asks = prompt?.type === 'constant' && prompt.value !== false && prompt.value !== null;
  return (positional || asks) && schema.default === undefined && named(args, 'default') === undefined;
}

/** What an option is for, and the variables it is read from where nobody gives it (`envvar=` of click and typer). */
export function describedOption(args: readonly Argument[], module: PythonModule): string | null {
  const [help, variables] = ['help', 'envvar'].map((name) => {
    const value = named(args, name);
    return value === undefined ? undefined : constantOf(value, module);
  });
  const names = (Array.isArray(variables) ? variables : [variables]).filter((name) => typeof name === 'string');
  const [only, second] = names;
  const parts = [
    ...(typeof help === 'string' ? [help.replaceAll(/\s+/g, ' ').trim()] : []),
    ...(only !== undefined && second === undefined
      ? [`Where it is not given, the environment variable ${only} is read.`]
      : []),
    ...(second === undefined
      ? []
      : [`Where it is not given, the first of the environment variables ${names.join(', ')} is read that is set.`]),
  ];
  return parts.length === 0 ? null : parts.map((part, at) => closed(part, at < parts.length - 1)).join(' ');
}

/** A text that ends as a sentence where another one follows it. */
function closed(text: string, isFollowed: boolean): string {
  return isFollowed && !/[.!?:]$/.test(text) ? `${text}.` : text;
}

/** One declared option as an input. */
export function inputOfOption(
  args: readonly Argument[],
  place: OptionsContext & {
    readonly line: number;
    readonly command: string | null;
    readonly positional: boolean | null;
  },
): PythonInput | null {
  const name = nameOfOption(args);
  if (name === null) return null;
  const { schema, known } = schemaOfOption(args, place);
  const positional = place.positional ?? wordsOf(args).every((word) => !word.startsWith('-'));
  const description = describedOption(args, place.module);
  return {
    name,
    schema: {
      ...schema,
      ...(description === null ? {} : { description }),
      ...(isTrue(named(args, 'hide_input')) ? { 'x-sensitive': true } : {}),
    },
    required: isRequired(args, { positional, schema }),
    command: place.command,
    origin: { how: known ? 'declared' : 'unknown', where: `${place.file}:${place.line}` },
  };
}

/** True where options are declared whose names only running the script would tell. */
export function hasUnnamedOptions({ module }: OptionsContext): boolean {
  return module.calls.some(
    ({ callee, args }) => lastPart(callee) === 'add_argument' && wordsOf(args).length === 0 && args.length > 0,
  );
}

/** Inputs of a function by its `click.option` and `click.argument` decorators. */
export function clickInputs(
  one: PythonFunction,
  command: string | null,
  context: OptionsContext,
): readonly PythonInput[] {
  return one.decorators.flatMap((decorator): PythonInput | [] => {
    if (decorator.type !== 'call') return [];
    const last = lastPart(decorator.callee);
    if (last === 'password_option') {
      const origin = { how: 'declared' as const, where: `${context.file}:${decorator.line}` };
      const schema: PortSchema = { type: 'string', 'x-sensitive': true };
      return { name: nameOfOption(decorator.args) ?? 'password', schema, required: true, command, origin };
    }
    if (last !== 'option' && last !== 'argument') return [];
    const place = { ...context, line: decorator.line, command, positional: last === 'argument' };
    return inputOfOption(decorator.args, place) ?? [];
  });
}
