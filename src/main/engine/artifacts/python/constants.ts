import type { Json } from '#shared/base/json.ts';
import type { Expression, PythonModule } from './syntax/ast.ts';

/** The part of a dotted name behind its last dot. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** What a star brings from `os`, as far as it matters here. */
const starNames = new Set(['environ', 'getenv']);

/** A dotted name with what its first part stands for by imports and plain assignments: `env.get` for `os.environ.get`. */
export function qualifiedName(name: string, module: PythonModule, depth = 0): string {
  const dot = name.indexOf('.');
  const first = dot === -1 ? name : name.slice(0, dot);
  const rest = dot === -1 ? '' : name.slice(dot);
  const bound = module.bindings.get(first);
  if (bound !== undefined) return bound + rest;
  const value = module.constants.get(first);
  if (value?.type === 'name' && depth < 8) return qualifiedName(value.name + rest, module, depth + 1);
  return starNames.has(first) && module.bindings.get('*') === 'os.*' ? `os.${name}` : name;
}

/** The value of an expression that can be told without running it, names of constants included; else undefined. */
export function constantOf(expression: Expression, module: PythonModule, depth = 0): Json | undefined {
  if (depth > 8) return undefined;
  switch (expression.type) {
    case 'constant':
      return expression.value;
    case 'list': {
      const items = expression.items.map((item) => constantOf(item, module, depth + 1));
      return items.some((item) => item === undefined) ? undefined : (items as Json[]);
    }
    case 'dict': {
      const entries = expression.entries.map(
        ([key, value]) => [constantOf(key, module, depth + 1), constantOf(value, module, depth + 1)] as const,
      );
      if (entries.some(([key, value]) => typeof key !== 'string' || value === undefined)) return undefined;
      return Object.fromEntries(entries) as Json;
    }
    case 'name': {
      const named = module.constants.get(expression.name);
      if (named !== undefined) return constantOf(named, module, depth + 1);
      return memberValue(expression.name, module, depth);
    }
    default:
      return undefined;
  }
}

/** `Color.red` or `Color.red.value` of an enumeration of the file. */
function memberValue(name: string, module: PythonModule, depth: number): Json | undefined {
  const [type, member] = name.split('.');
  const field = module.classes.find((one) => one.name === type)?.fields.find((one) => one.name === member);
  return field?.value == null ? undefined : constantOf(field.value, module, depth + 1);
}
