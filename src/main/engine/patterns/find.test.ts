import { expect, test } from 'vitest';
import { edge, northShop, shopFacts, southShop } from '#test/support/pattern-facts/index.ts';
import { findPatterns, type EstateOutline } from './find.ts';

const find = (outline: EstateOutline, least: number) => findPatterns(outline, least, () => undefined);

const scopes = [{ id: 'aws:account:111111111111', name: 'production' }];

test('finds the places that hold the same kinds, named as shortly as possible', async () => {
  const [best] = await find(
    { resources: [...shopFacts(northShop), ...shopFacts(southShop)], relationships: [], scopes },
    0.6,
  );
  expect(best?.instances.map(({ name, region }) => [name, region])).toEqual([
    ['eu', 'eu-west-1'],
    ['us', 'us-east-1'],
  ]);
  expect(best?.similarity).toBeGreaterThan(0.8);
  expect(best?.kinds['aws.sqs.queue']).toBe(2);
});

test('finds what lies under a tag where the rest of the places differs', async () => {
  const others = shopFacts({ ...southShop, account: '222222222222' }).map((fact, index) => ({
    ...fact,
    id: `${fact.id}-other`,
    kind: `aws.other.kind-${index % 4}`,
    tags: {},
  }));
  const crowd = shopFacts(southShop).map((fact, index) => ({
    ...fact,
    id: `${fact.id}-x`,
    kind: `aws.x.${index}`,
    tags: {},
  }));
  const resources = [...shopFacts(northShop), ...shopFacts(southShop), ...others, ...crowd];
  const [best] = await find({ resources, relationships: [], scopes }, 0.8);
  expect(best?.title).toBe('shop in production eu-west-1, production us-east-1');
  expect(best?.instances[0]?.tags).toEqual([{ key: 'Application', value: 'shop' }]);
});

test('finds nothing in one place, and nothing in places that share little', async () => {
  expect(await find({ resources: shopFacts(northShop), relationships: [], scopes }, 0.5)).toEqual([]);
  const other = shopFacts(southShop).map((fact, index) => ({ ...fact, kind: `aws.x.${index}`, tags: {} }));
  expect(await find({ resources: [...shopFacts(northShop), ...other], relationships: [], scopes }, 0.5)).toEqual([]);
});

test('ranks places wired alike before places that only hold the same kinds', async () => {
  const facts = [...shopFacts(northShop), ...shopFacts(southShop)];
  const wires = [northShop, southShop].map((shop) =>
    edge(
      'IN_NETWORK',
      `arn:aws:rds:${shop.region}:${shop.account}:db:${shop.name}-orders`,
      `arn:aws:ec2:${shop.region}:${shop.account}:vpc/vpc-${shop.region}`,
    ),
  );
  const [wired] = await find({ resources: facts, relationships: wires, scopes }, 0.5);
  const [halfWired] = await find({ resources: facts, relationships: wires.slice(0, 1), scopes }, 0.5);
  expect(wired?.similarity).toBe(halfWired?.similarity);
  expect(wired?.instances).toHaveLength(2);
});
