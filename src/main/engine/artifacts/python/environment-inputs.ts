import type { PortSchema } from '#shared/model/index.ts';
import { constantOf } from './constants.ts';
import type { PythonInput } from './ports.ts';
import type { Expression, PythonModule } from './syntax/ast.ts';

const readers = new Set([
  'os.getenv',
  'os.environ.get',
  'environ.get',
  'getenv',
  'os.environ.setdefault',
  'environ.setdefault',
]);

interface Reading {
  readonly name: string;
  readonly standard: Expression | null;
  /** It is an error when the variable is not there. */
  readonly required: boolean;
  readonly line: number;
}

function readingsOf(module: PythonModule): readonly Reading[] {
  const byKey = module.lookups
    .filter(({ of }) => of === 'os.environ' || of === 'environ')
    .flatMap(({ key, line }): Reading[] => {
      const name = constantOf(key, module);
      return typeof name === 'string' ? [{ name, standard: null, required: true, line }] : [];
    });
  const byCall = module.calls
    .filter(({ callee }) => readers.has(callee))
    .flatMap(({ args, line }): Reading[] => {
      const [key, standard] = args;
      const name = key === undefined ? undefined : constantOf(key.value, module);
      return typeof name === 'string' ? [{ name, standard: standard?.value ?? null, required: false, line }] : [];
    });
  return [...byKey, ...byCall].sort((left, right) => left.line - right.line);
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
  return [...inputs.values()];
}
