import { expect, test } from 'vitest';
import { parseHead } from '../lines.ts';
import { differenceRows } from './difference-rows.ts';

const pause = (): undefined => undefined;

function line(first: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    ...first,
    cloud: 'aws',
    kind: 'aws.ec2.vpc',
    category: 'network',
    name: 'a',
    nativeId: 'vpc-1',
    scopeId: 'aws:account:1',
    region: 'eu-west-1',
    zone: null,
    tags: {},
    driftHash: 'd',
    firstRun: 1,
    ...more,
  });
}

const usual = line({ id: 'vpc/1' });

test.each([
  ['as discovery writes them', [usual, line({ id: 'vpc/2' }, { name: 'b', region: 'us-east-1' })]],
  ['with quotes, letters of any kind and the next field in a name', [line({ id: 'x', name: 'é 日本 ",\\"zone\\":' })]],
  ['with a tag called like the next field before it', [usual, line({ id: 'x', tags: { a: 'b', zone: 'c' } }), usual]],
  ['with a tag called like the next field alone', [line({ id: 'x', tags: { zone: 'c', region: 'of a tag' } }), usual]],
  ['with the next field first', [line({ id: 'x', zone: 'z' }), usual]],
  ['without the next field', [usual.replace('"zone":null,', '')]],
  ['of which there are many', Array.from({ length: 1000 }, (_, at) => line({ id: `vpc/${at}` }))],
])('rows show what the lines say: %s', async (_what, lines) => {
  const rows = await differenceRows(
    'changed',
    lines.map((text) => ({ line: text })),
    pause,
  );
  expect(rows).toEqual(
    lines.map(parseHead).map(({ id, cloud, kind, name, nativeId, scopeId, region }) => {
      return { change: 'changed', id, cloud, kind, name, nativeId, scopeId, region };
    }),
  );
});

test('a line that tells no resource is refused by what is missing', async () => {
  const without = line({ id: 'vpc/1' }, { name: 7 });
  await expect(differenceRows('added', [{ line: without }], pause)).rejects.toThrow('has no text in "name"');
});
