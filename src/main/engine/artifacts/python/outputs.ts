import type { Ports, Problem } from '#shared/model/index.ts';
import type { PythonFunction, PythonModule } from './syntax/ast.ts';
import { typeOfAnnotation } from './types.ts';

/**
 * The outputs that a return type tells: the fields of an object, or a single value as `result`. A script without a
 * return type may hand on anything; that is said, not guessed.
 */
export function outputsOf(
  answers: PythonFunction | null,
  { module, file }: { readonly module: PythonModule; readonly file: string },
): { readonly ports: Ports; readonly problems: readonly Problem[] } {
  const nothing: Ports = { type: 'object', properties: {}, required: [] };
  const returns = answers?.returns ?? null;
  const problem = (message: string): Problem => ({
    severity: 'info',
    code: 'unknown-outputs',
    message,
    advice: 'Annotate what main() returns, or name outputs in groundplan.yaml.',
    file,
    line: answers?.line ?? null,
    column: null,
    field: 'outputs',
    node: null,
  });
  if (answers === null || returns === null) {
    return { ports: nothing, problems: [problem(`${file} does not say what it returns.`)] };
  }
  const { schema, known } = typeOfAnnotation(returns, { module, within: [] });
  if (schema.type === 'null') return { ports: nothing, problems: [] };
  if (!known)
    return { ports: nothing, problems: [problem(`${file} returns a type that only running it would explain.`)] };
  const origin = { how: 'declared' as const, where: `${file}:${returns.line}` };
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties).map(([name, field]) => [
      name,
      { ...field, 'x-origin': origin },
    ]);
    return {
      ports: { type: 'object', properties: Object.fromEntries(properties), required: schema.required ?? [] },
      problems: [],
    };
  }
  if (schema.type === 'object')
    return { ports: nothing, problems: [problem(`${file} returns an object whose keys are not declared.`)] };
  return {
    ports: { type: 'object', properties: { result: { ...schema, 'x-origin': origin } }, required: ['result'] },
    problems: [],
  };
}
