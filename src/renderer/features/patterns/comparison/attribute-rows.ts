import type { AlignedResource, Comparison } from '#shared/model/index.ts';
import type { StatusTone } from '../../../ui/index.ts';

type Attribute = AlignedResource['attributes'][number];
type Value = Attribute['values'][string];

export interface VerdictLook {
  readonly word: string;
  readonly tone: StatusTone;
  readonly meaning: string;
}

/** What a verdict says about an attribute. */
export function lookOfVerdict(verdict: Attribute['verdict']): VerdictLook {
  switch (verdict) {
    case 'constant':
      return { word: 'constant', tone: 'neutral', meaning: 'The same in every instance; written as it is.' };
    case 'input':
      return { word: 'differs', tone: 'attention', meaning: 'Differs between the instances; becomes an input.' };
    case 'derived':
      return { word: 'derived', tone: 'info', meaning: 'Follows from another value by a rule.' };
    case 'reference':
      return { word: 'reference', tone: 'good', meaning: 'Points at another resource of the pattern; becomes a wire.' };
    case 'optional':
      return { word: 'optional', tone: 'unknown', meaning: 'Only some instances have it.' };
    case 'ignored':
      return { word: 'ignored', tone: 'neutral', meaning: 'Set by the cloud; not part of the code.' };
  }
}

const verdictOrder: readonly Attribute['verdict'][] = [
  'input',
  'optional',
  'derived',
  'reference',
  'constant',
  'ignored',
];

/** Attributes with what differs first, then by path. */
export function sortAttributes(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.toSorted(
    (one, other) =>
      verdictOrder.indexOf(one.verdict) - verdictOrder.indexOf(other.verdict) || one.path.localeCompare(other.path),
  );
}

/** How many attributes of each verdict there are over all resources. */
export function countVerdicts(comparison: Comparison): Readonly<Record<Attribute['verdict'], number>> {
  const counts = { constant: 0, derived: 0, input: 0, reference: 0, optional: 0, ignored: 0 };
  for (const resource of comparison.resources) {
    for (const attribute of resource.attributes) counts[attribute.verdict] += 1;
  }
  return counts;
}

/** The instances in which a resource of the pattern is missing. */
export function missingIn(resource: AlignedResource): readonly string[] {
  return resource.members.filter((member) => member.id === null).map((member) => member.instance);
}

/** A value in one line; texts without quotes. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
