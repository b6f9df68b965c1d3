import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { relationshipFactSchema, resourceFactSchema, scopeFactSchema } from '#shared/model/index.ts';
import { mutated } from '#test/support/fuzz/index.ts';
import { companyAssets } from '#test/support/gcp/index.ts';
import { GcpConverter, type GcpFacts, UnreadableAssetError } from './index.ts';

const bodies = companyAssets().map((asset) => structuredClone(asset) as unknown as Json);

const factsOfEach = bodies.map((one) => new GcpConverter().convert(one).length);

/** The facts of one asset; none and the sentence of the error that names it where it cannot be used. */
function converted(converter: GcpConverter, asset: Json): { facts: readonly GcpFacts[]; told: readonly string[] } {
  try {
    const facts = converter.convert(asset);
    return { facts, told: facts.flatMap(({ problems }) => problems) };
  } catch (error) {
    if (error instanceof UnreadableAssetError) return { facts: [], told: [error.message] };
    throw error;
  }
}

test('a mutated asset never throws anything else, is never dropped in silence, and only makes proper facts', () => {
  fc.assert(
    fc.property(mutated(fc.constantFrom(...bodies)), (asset) => {
      const converter = new GcpConverter();
      const { facts, told } = converted(converter, asset);
      const resources = facts.flatMap((one) => one.resources);
      expect(resources.length + told.length).toBeGreaterThan(0);
      for (const fact of resources) resourceFactSchema.parse(fact);
      for (const { relationships } of [...facts, ...converter.join()]) {
        for (const fact of relationships) relationshipFactSchema.parse(fact);
      }
      for (const scope of converter.scopes()) scopeFactSchema.parse(scope);
    }),
    { numRuns: 2000 },
  );
});

test('one mutated asset among the others takes none of them away', () => {
  fc.assert(
    fc.property(mutated(fc.constantFrom(...bodies)), (asset) => {
      const converter = new GcpConverter();
      converted(converter, asset);
      expect(bodies.map((one) => converter.convert(one).length)).toEqual(factsOfEach);
    }),
    { numRuns: 100 },
  );
});

test('a field of another form is named, and the resource is there with its body', () => {
  const [facts] = new GcpConverter().convert({
    name: '//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/a',
    assetType: 'compute.googleapis.com/Instance',
    resource: { data: { name: 'a', networkInterfaces: 'eth0', disks: [{ source: 7 }, 'b'] } },
  });
  expect(facts?.resources).toHaveLength(1);
  expect(facts?.problems).toEqual([
    '//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/a: networkInterfaces is not a list',
    '//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/a: disks[] is not an object',
  ]);
});

test('a body as deep as a stack is read or named, not fallen over', () => {
  let deep: Json = 'end';
  for (let level = 0; level < 50_000; level += 1) deep = { inner: deep };
  const asset = {
    name: '//example.googleapis.com/projects/shop/things/a',
    assetType: 'example.googleapis.com/Thing',
    resource: { data: { deep } },
  };
  const { facts, told } = converted(new GcpConverter(), asset);
  expect([facts.length, told.length]).toContain(1);
  expect(told.every((sentence) => sentence.includes(asset.name))).toBe(true);
});
