import type { PortSchema } from '#shared/model/index.ts';
import type { Expression } from './expression.ts';

/** What a condition speaks of: a variable, or the member that a `for` names. */
export interface Subject {
  readonly steps: readonly string[];
  readonly schema: PortSchema;
  /** Paths, joined by dots, that a condition only looks at where they are not null. */
  readonly guarded: ReadonlySet<string>;
}

/** A place in the subject, and how a limit of that place is said of the subject. */
export interface Target {
  readonly schema: PortSchema;
  readonly path: string;
  readonly around: (limit: PortSchema) => PortSchema;
}

/**
 * The place an expression names in the subject: itself, or an attribute of it. An attribute that may be missing is no
 * place, unless the condition lets null pass: what is missing would pass the schema and fail the condition.
 */
export function targetOf(expression: Expression, { steps, schema, guarded }: Subject): Target | null {
  if (expression.kind !== 'path' || !steps.every((step, index) => expression.steps[index] === step)) return null;
  let target: Target = { schema, path: steps.join('.'), around: (limit) => limit };
  for (const name of expression.steps.slice(steps.length)) {
    const { schema: outer, around, path: before } = target;
    const property = Object.hasOwn(outer.properties ?? {}, name) ? outer.properties?.[name] : undefined;
    if (property === undefined) return null;
    const path = `${before}.${name}`;
    const always = outer.required?.includes(name) === true || property.default !== undefined;
    if (!always && !guarded.has(path)) return null;
    target = { schema: property, path, around: (limit) => around({ properties: { [name]: limit } }) };
  }
  return target;
}
