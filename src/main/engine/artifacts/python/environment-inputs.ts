import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart, qualifiedName } from './constants.ts';
import { modelOf } from './models.ts';
import type { PythonInput } from './ports.ts';
import type { Argument, Expression, PythonModule } from './syntax/ast.ts';
import { typeOfAnnotation } from './types.ts';

const readers = new Set(['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environ.setdefault']);

function isReader(callee: string, module: PythonModule): boolean {
  return readers.has(qualifiedName(callee, module));
}

function isEnvironment(name: string, module: PythonModule): boolean {
  return qualifiedName(name, module) === 'os.environ';
}

/** The name of the variable and its default, given by place or by name. */
function readArguments(args: readonly Argument[]): {
  readonly key: Expression | undefined;
  readonly standard: Expression | null;
} {
  const placed = args.filter(({ name }) => name === null);
  const named = (word: string): Expression | undefined => args.find(({ name }) => name === word)?.value;
  return { key: placed[0]?.value ?? named('key'), standard: placed[1]?.value ?? named('default') ?? null };
}

interface Reading {
  readonly name: string;
  readonly standard: Expression | null;
  /** It is an error when the variable is not there. */
  readonly required: boolean;
  readonly line: number;
}

function readingsOf(module: PythonModule): readonly Reading[] {
  const byKey = module.lookups
    .filter(({ of }) => isEnvironment(of, module))
    .flatMap(({ key, line }): Reading[] => {
      const name = constantOf(key, module);
      return typeof name === 'string' ? [{ name, standard: null, required: true, line }] : [];
    });
  const byCall = module.calls
    .filter(({ callee }) => isReader(callee, module))
    .flatMap(({ args, line }): Reading[] => {
      const { key, standard } = readArguments(args);
      const name = key === undefined ? undefined : constantOf(key, module);
      return typeof name === 'string' ? [{ name, standard, required: false, line }] : [];
    });
  return [...byKey, ...byCall].sort((left, right) => left.line - right.line);
}

/** True where a name is not written in the script: a loop over names, a name that is put together. */
export function readsUnnamedVariables(module: PythonModule): boolean {
  const byKey = module.lookups.some(
    ({ of, key }) => isEnvironment(of, module) && typeof constantOf(key, module) !== 'string',
  );
  return (
    byKey ||
    module.calls.some(({ callee, args }) => {
      const { key } = readArguments(args);
      return isReader(callee, module) && key !== undefined && typeof constantOf(key, module) !== 'string';
    })
  );
}

/** The fields of settings (`BaseSettings` of pydantic), each read from the variable of its name in capitals. */
function settingsReadings(module: PythonModule, file: string): readonly PythonInput[] {
  return module.classes
    .filter(({ bases }) => bases.some((base) => base.type === 'name' && lastPart(base.name) === 'BaseSettings'))
    .flatMap(({ name, fields }) => {
      const { properties = {}, required = [] } = modelOf(name, { module, within: [] }, typeOfAnnotation) ?? {};
      const config = fields.find((field) => field.name === 'model_config')?.value ?? null;
      const prefix = prefixOf(config, module);
      return Object.entries(properties).map(([field, schema]): PythonInput => {
        const line = fields.find((one) => one.name === field)?.line ?? 1;
        const variable = `${prefix}${field}`.toUpperCase();
        return {
          name: variable,
          schema: { description: 'Read from the environment variable of this name.', ...schema },
          required: required.includes(field),
          command: null,
          origin: { how: 'declared', where: `${file}:${line}` },
        };
      });
    });
}

function prefixOf(config: Expression | null, module: PythonModule): string {
  const named = config?.type === 'call' ? config.args.find(({ name }) => name === 'env_prefix')?.value : undefined;
  const whole = config === null || config.type === 'call' ? undefined : constantOf(config, module);
  const value = named === undefined ? undefined : constantOf(named, module);
  if (typeof value === 'string') return value;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return '';
  const { env_prefix: prefix } = whole;
  return typeof prefix === 'string' ? prefix : '';
}

/** Environment variables that a script reads anywhere, as inputs of their names. */
export function environmentInputs(module: PythonModule, file: string): readonly PythonInput[] {
  const inputs = new Map<string, PythonInput>();
  for (const { name, standard, required, line } of readingsOf(module)) {
    const known = inputs.get(name);
    const value = standard === null ? undefined : constantOf(standard, module);
    const schema: PortSchema = {
      type: 'string',
      description: 'Read from the environment variable of this name.',
      ...(typeof value === 'string' ? { default: value } : {}),
    };
    if (known === undefined) {
      const origin = { how: 'inferred' as const, where: `${file}:${line}` };
      inputs.set(name, { name, schema, required, command: null, origin });
    } else if (required && !known.required && known.schema.default === undefined)
      inputs.set(name, { ...known, required });
  }
  for (const input of settingsReadings(module, file)) if (!inputs.has(input.name)) inputs.set(input.name, input);
  return [...inputs.values()];
}
