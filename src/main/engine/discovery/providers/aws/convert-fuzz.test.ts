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
