import type { Json } from '#shared/base/json.ts';
import {
  parseTemplate,
  referenceText,
  references,
  soleExpression,
  type Expression,
} from '#shared/expressions/index.ts';
import { wiring, type Step } from '../../planner/steps.ts';
import type { AttributePath } from '../check/differences.ts';

/** What decides a variable of a step's module. */
export type Decider =
  /** Exactly one input of the environment, and it decides nothing else. */
  | { readonly kind: 'input'; readonly name: string; readonly path: AttributePath }
  /** A constant in the blueprint's node, or the module's own default. */
  | { readonly kind: 'blueprint'; readonly value: Json }
  /** Something that cannot be turned around. */
  | { readonly kind: 'other'; readonly why: string };

/** Follows a variable through the blueprints around it to what decides it. */
export function decidingInput(step: Step, variable: string, steps: readonly Step[]): Decider {
  let frame = step.frame;
  let value: Json | undefined = step.set[variable];
  let path: AttributePath = [];
  for (;;) {
    const nested = frame.outer !== null;
    if (value === undefined || references(value).length === 0) {
      if (nested) return other('a blueprint inside the blueprint decides it');
      return { kind: 'blueprint', value: value ?? step.artifact.inputs.properties[variable]?.default ?? null };
    }
    const place = exactReference(value);
    if (place === null) return other(`the blueprint computes it as ${JSON.stringify(value)}`);
    const { root, name } = place.reference;
    if (root === 'target') return other('the target decides it');
    if (root === 'node') return other(`the output ${referenceText(place.reference)} of another step decides it`);
    const declared = frame.blueprint.document.inputs?.[name];
    if (declared?.from === 'target') return other('the target decides it');
    path = [...place.path, ...path];
    if (frame.outer === null) return soleUse(step, variable, { name, path, steps });
    value = frame.outer.set[name];
    frame = frame.outer.frame;
  }
}

function other(why: string): Decider {
  return { kind: 'other', why };
}

/** `${inputs.network.cidr}` → the reference with the path into it; null for anything that is not exactly that. */
function exactReference(value: Json): {
  readonly reference: NonNullable<ReturnType<typeof referenceIn>>['reference'];
  readonly path: AttributePath;
} | null {
  if (typeof value !== 'string') return null;
  const template = parseTemplate(value);
  if (!template.ok) return null;
  const expression = soleExpression(template.value);
  return expression === null ? null : referenceIn(expression);
}

function referenceIn(
  expression: Expression,
): { reference: Extract<Expression, { kind: 'reference' }>['reference']; path: AttributePath } | null {
  switch (expression.kind) {
    case 'reference':
      return { reference: expression.reference, path: [] };
    case 'property': {
      const inner = referenceIn(expression.object);
      return inner === null ? null : { ...inner, path: [...inner.path, expression.name] };
    }
    case 'index': {
      const inner = referenceIn(expression.object);
      const { index } = expression;
      if (inner === null || index.kind !== 'literal') return null;
      if (typeof index.value !== 'string' && typeof index.value !== 'number') return null;
      return { ...inner, path: [...inner.path, index.value] };
    }
    case 'literal':
    case 'comparison':
    case 'call':
    case 'list':
    case 'object':
      return null;
  }
}

/** An input that decides other things too would change them as well. */
function soleUse(
  step: Step,
  variable: string,
  { name, path, steps }: { readonly name: string; readonly path: AttributePath; readonly steps: readonly Step[] },
): Decider {
  const users = steps.flatMap((one) =>
    wiring(one)
      .filter(({ origins }) => origins.some((origin) => origin.kind === 'input' && origin.name === name))
      .map(({ input }) => `${one.id}.${input}`),
  );
  const further = users.filter((user) => user !== `${step.id}.${variable}`);
  const [outermost] = steps.map((one) => one.frame).filter((frame) => frame.outer === null);
  const switches = Object.entries(outermost?.blueprint.document.nodes ?? {})
    .filter(
      ([, node]) =>
        node.when !== undefined && references(node.when).some((use) => use.root === 'inputs' && use.name === name),
    )
    .map(([node]) => `${node}.when`);
  const also = [...further, ...switches];
  return also.length > 0
    ? other(`the input "${name}" that decides it also decides ${also.join(', ')}`)
    : { kind: 'input', name, path };
}
