import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { relationshipFactSchema, resourceFactSchema } from '#shared/model/index.ts';
import { everywhere, place } from '#test/support/aws/place.ts';
import { dataSamples } from '#test/support/aws/samples/data-samples.ts';
import { entranceSamples } from '#test/support/aws/samples/entrance-samples.ts';
import { identitySamples } from '#test/support/aws/samples/identity-samples.ts';
import { machineSamples } from '#test/support/aws/samples/machine-samples.ts';
import { networkSamples } from '#test/support/aws/samples/network-samples.ts';
import { workloadSamples } from '#test/support/aws/samples/workload-samples.ts';
import type { Sample } from '#test/support/aws/samples/sample.ts';
import { mutated } from '#test/support/fuzz/index.ts';
import { convertDistribution } from './cloudfront/convert.ts';
import { convertItems } from './convert-items.ts';
import { convertSubnet, convertVpc } from './ec2-network/convert.ts';
import { convertPolicy, convertRole, convertUser } from './iam/convert.ts';
import { convertRecord, convertZone } from './route53/convert.ts';
import type { Converted } from './facts.ts';
import type { AwsPlace } from './place.ts';

/** One item of each kind that has edges. */
const samples: readonly Sample[] = [
  ...networkSamples,
  ...machineSamples,
  ...dataSamples,
  ...workloadSamples,
  ...identitySamples,
  ...entranceSamples,
];

const permission = 'x:List';
const isGlobal = new Set<Sample['convert']>([
  convertRole,
  convertUser,
  convertPolicy,
  convertZone,
  convertRecord,
  convertDistribution,
]);

function converted({ convert }: Sample, items: readonly Json[]): ReturnType<typeof convertItems> {
  const where = isGlobal.has(convert) ? everywhere : place;
  return convertItems(items, convert as (item: Json, place: AwsPlace) => Converted, { place: where, permission });
}

/** A fact as it comes back from a file. */
function asWritten(fact: object): unknown {
  return JSON.parse(JSON.stringify(fact));
}

test('every sample is read as it is', () => {
  for (const one of samples)
    expect(converted(one, [one.item])).toMatchObject({ gap: null, resources: [{ cloud: 'aws' }] });
});

test('a mutated item never throws, is never dropped in silence, and takes none of the others away', () => {
  const cases = fc
    .nat(samples.length - 1)
    .chain((index) => fc.tuple(fc.constant(index), mutated(fc.constant(samples[index]?.item ?? null))));
  fc.assert(
    fc.property(cases, ([index, item]) => {
      const one = samples[index];
      if (one === undefined) return;
      const { resources, relationships, gap } = converted(one, [one.item, item, one.item]);
      expect(resources.length).toBe(gap === null ? 3 : 2);
      expect(gap?.message ?? permission).toContain(permission);
      for (const fact of resources) resourceFactSchema.parse(asWritten(fact));
      for (const fact of relationships) relationshipFactSchema.parse(asWritten(fact));
    }),
    { numRuns: 2500 },
  );
});

/** The ways to every list of a body. */
function listsIn(value: Json, way: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [way] : [];
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return [...own, ...entries.flatMap(([name, inner]) => listsIn(inner, [...way, name]))];
}

/** A body with another value at one place. */
function withAt(value: Json, [step, ...rest]: readonly (string | number)[], by: Json): Json {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? withAt(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [step]: withAt(value[step] ?? null, rest, by) };
}

function at(value: Json, way: readonly (string | number)[]): Json {
  return way.reduce<Json>((inner, step) => (inner as Record<string | number, Json>)[step] ?? null, value);
}

/** The facts of a sample in which something else stands at one place. */
function factsWith(sample: Sample, way: readonly (string | number)[], by: Json): ReturnType<typeof convertItems> {
  return converted(sample, [withAt(sample.item, way, by)]);
}

/** Every list that gives relationships; what only shows in the body is no part of the map. */
const givingLists = samples.flatMap((sample, number) =>
  listsIn(sample.item).flatMap((way) => {
    const { length: whole } = factsWith(sample, way, at(sample.item, way)).relationships;
    const { length: without } = factsWith(sample, way, []).relationships;
    return without === whole
      ? []
      : [[`${number} ${sample.convert.name} ${way.join('.')}`, sample, way, whole] as const];
  }),
);

test.each(givingLists)('what stands in the place of a list is told: %s', (_name, sample, way, whole) => {
  const [first] = at(sample.item, way) as readonly Json[];
  const others: readonly Json[] = typeof first === 'object' ? [['x'], [1], [[]]] : [[{}], [1]];
  const lost = ['text', 1, { other: 'x' }, ...others].filter((other) => {
    const { gap, relationships } = factsWith(sample, way, other);
    return gap === null && relationships.length !== whole;
  });
  expect(lost).toEqual([]);
});

test('what is wrong with an item is told with how many there are', () => {
  const { gap } = convertItems([{ VpcId: 'vpc-1' }, {}, { SubnetId: 'subnet-1' }], convertSubnet, {
    place,
    permission,
  });
  expect(gap).toEqual({
    status: 'failed',
    message:
      `x:List in ${place.accountLabel}, eu-west-1: the answer has 3 items, the first of them that cannot be read: ` +
      'The answer has an item without SubnetId.',
    permission: null,
    unreachable: false,
  });
});

test('a body as deep as a stack is read or named, not fallen over', () => {
  let deep: Json = 'end';
  for (let level = 0; level < 50_000; level += 1) deep = { inner: deep };
  const { resources, gap } = convertItems([{ vpc: { VpcId: 'vpc-1', deep } }], convertVpc as never, {
    place,
    permission,
  });
  expect(resources.length + (gap === null ? 0 : 1)).toBe(1);
});
