import type { PortSchema } from '#shared/model/index.ts';
import { meet } from './combine.ts';
import { parseExpression, type Expression } from './expression.ts';
import { say } from './meaning.ts';

/** The parts that all have to hold. */
function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'binary' && expression.operator === '&&') {
    return [...partsOf(expression.left), ...partsOf(expression.right)];
  }
  const [list, ...more] = expression.kind === 'call' && expression.name === 'alltrue' ? expression.args : [];
  return list?.kind === 'list' && more.length === 0 ? list.items.flatMap(partsOf) : [expression];
}

/**
 * What a variable's `validation` says, added to its type: each part of the condition that a schema can say exactly, as
 * enum, pattern, format or limits; where a part is left, the condition's error text under `x-conditions` as well.
 */
export function withValidation(
  schema: PortSchema,
  validation: { readonly variable: string; readonly condition: string; readonly message: string },
): PortSchema {
  const kept = (left: PortSchema): PortSchema => ({
    ...left,
    'x-conditions': [...(left['x-conditions'] ?? []), validation.message],
  });
  const condition = parseExpression(validation.condition);
  if (condition === null) return kept(schema);
  let result = schema;
  let all = true;
  for (const part of partsOf(condition)) {
    const said = say(part, { steps: ['var', validation.variable], schema: result, guarded: new Set() });
    const met = said === null ? null : meet(result, said);
    if (met === null) all = false;
    else result = met;
  }
  return all ? result : kept(result);
}
