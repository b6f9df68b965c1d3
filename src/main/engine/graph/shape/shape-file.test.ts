import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphResourceHead, GraphShape } from '#engine/ports/index.ts';
import { addressNumber } from './numbering.ts';
import { createShapeBuilder } from './shape-builder.ts';
import { readShapeFile, writeShapeFile } from './shape-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-shape-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function head(name: string): GraphResourceHead {
  const place = { scopeId: 'aws:account:1', region: 'eu-west-1', zone: null, state: null, createdAt: null };
  return {
    fact: {
      id: `arn:aws:ec2:eu-west-1:1:vpc/${name}`,
      cloud: 'aws',
      kind: 'aws.ec2.vpc',
      category: 'network',
      name: `${name}\nover two lines`,
      nativeId: name,
      ...place,
      public: null,
      cidr: '10.0.0.0/16',
      ip: null,
      tags: { Name: name, ключ: 'значение' },
    },
    isStub: false,
    firstRun: 1,
    lastRun: 2,
    changedRun: 1,
    stale: true,
    driftHash: '',
    references: [],
  };
}

async function makeShape(): Promise<GraphShape> {
  const builder = createShapeBuilder();
  builder.addResource(head('vpc-A'));
  builder.addResource(head('vpc-b'));
  builder.addAddress('cidr:10.0.0.0/16', '10.0.0.0/16');
  const fact = { source: 'Test', confidence: 1 };
  builder.addRelationship({ type: 'HAS_ADDRESS', from: 1, to: addressNumber(0), run: 2, fact, properties: '{"a":1}' });
  builder.addRelationship({ type: 'PEERED_WITH', from: 0, to: 1, run: 2, fact, properties: '{}' });
  return builder.finish();
}

test('a shape comes back from its file as it was written', async () => {
  const shape = await makeShape();
  const path = join(folder, 'a.shape');
  expect(await readShapeFile(path, await writeShapeFile(path, shape))).toMatchObject(shape);
});

test('relationships stand in the order of the node they leave, addresses behind the resources', async () => {
  const { relationships, resources, nodes } = await makeShape();
  expect([resources, nodes]).toEqual([2, 3]);
  expect([...relationships.from]).toEqual([0, 1]);
  expect([...relationships.to]).toEqual([1, 2]);
  expect([...relationships.type].map((type) => relationships.types[type])).toEqual(['PEERED_WITH', 'HAS_ADDRESS']);
});

test.each([
  ['a byte is another', 40, 'other bytes'],
  ['a length is another', 1, ''],
])('a file in which %s is refused', async (_what, at, why) => {
  const path = join(folder, 'damaged.shape');
  const written = await writeShapeFile(path, await makeShape());
  const file = await open(path, 'r+');
  await file.write(Buffer.from([0xee]), 0, 1, at);
  await file.close();
  await expect(readShapeFile(path, written)).rejects.toThrow(why);
});

test('a file that ends early is refused', async () => {
  const path = join(folder, 'short.shape');
  const written = await writeShapeFile(path, await makeShape());
  const file = await open(path, 'r+');
  await file.truncate(written.bytes - 3);
  await file.close();
  await expect(readShapeFile(path, written)).rejects.toThrow('ends 3 bytes early');
});
