import type { Json } from '#shared/base/json.ts';
import { inferSchema, isCidr } from '#shared/expressions/index.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { fits } from '#shared/wiring/index.ts';

/** Why a value does not go into a port, as a short sentence, or null. What only the tool can check passes. */
export function valueProblem(schema: PortSchema, value: Json | undefined): string | null {
  if (value === undefined) return null;
  const isPlainText = typeof value === 'string' && !value.includes('${');
  if (schema.format === 'cidr' && isPlainText && !isCidr(value)) {
    return 'Write an address range such as 10.40.0.0/16.';
  }
  const fit = fits(
    inferSchema(value, () => ({})),
    schema,
  );
  return fit.fits ? null : `${fit.reason.charAt(0).toUpperCase()}${fit.reason.slice(1)}.`;
}

/** Everything a set of values lacks or has wrong against its ports, by name. */
export function valueProblems(
  ports: { readonly properties: Readonly<Record<string, PortSchema>>; readonly required: readonly string[] },
  values: Readonly<Record<string, Json | undefined>>,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const [name, schema] of Object.entries(ports.properties)) {
    const value = values[name];
    const problem =
      value === undefined && ports.required.includes(name) ? 'It has to be set.' : valueProblem(schema, value);
    if (problem !== null) problems[name] = problem;
  }
  return problems;
}
