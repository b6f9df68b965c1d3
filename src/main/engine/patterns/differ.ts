import type { Json } from '#shared/base/json.ts';
import type { Surroundings, Sight } from './occurrences.ts';
import type { InputType, Term } from './terms.ts';

/** Values that members of a repeated resource have each for themselves: what its `for_each` map will hold. */
export interface MemberField {
  readonly name: string;
  readonly type: InputType;
  readonly description: string;
  /** Per instance and member key. */
  readonly values: Map<string, Map<string, Json>>;
}

/** What the comparison of one aligned resource gathers on its way. */
export interface Comparing extends Surroundings {
  readonly fields: Map<string, MemberField>;
}

export interface Difference {
  readonly path: string;
  readonly type: InputType;
  readonly description: string;
  readonly format?: string;
  readonly sensitive?: boolean;
}

/**
 * The term for a value that is not the same everywhere: an input where it depends on the instance alone, else a value
 * of each member.
 */
export function differing(context: Comparing, sights: readonly Sight<Json>[], difference: Difference): Term {
  const perInstance = new Map<string, Json>();
  let isPerInstance = true;
  for (const { at, value } of sights) {
    const known = perInstance.get(at.instance.name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value)) isPerInstance = false;
    perInstance.set(at.instance.name, value);
  }
  const varies = new Set([...perInstance.values()].map((value) => JSON.stringify(value))).size > 1;
  if (context.aligned.shape === 'group' && !(isPerInstance && varies)) return memberValue(context, sights, difference);
  return {
    kind: 'input',
    seed: {
      aligned: context.aligned,
      path: difference.path,
      type: difference.type,
      values: perInstance,
      description: difference.description,
      sensitive: difference.sensitive ?? false,
      format: difference.format ?? null,
      optional: [...perInstance.values()].includes(null),
    },
  };
}

function memberValue(context: Comparing, sights: readonly Sight<Json>[], difference: Difference): Term {
  const name = difference.path.replaceAll('.', '_');
  const field: MemberField = context.fields.get(name) ?? {
    name,
    type: difference.type,
    description: difference.description,
    values: new Map<string, Map<string, Json>>(),
  };
  context.fields.set(name, field);
  for (const { at, value } of sights) {
    const members = field.values.get(at.instance.name) ?? new Map<string, Json>();
    members.set(at.key, value);
    field.values.set(at.instance.name, members);
  }
  return { kind: 'each', field: name };
}
