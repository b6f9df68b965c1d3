import { createHash, createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Sha256 } from './sha256.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test.each([0, 1, 31, 32, 64, 65, 200])("gives Node's own digests with a key of %i bytes", async (length) => {
  const key = randomBytes(length);
  const keyed = new Sha256(key);
  keyed.update(Buffer.from('one '));
  keyed.update('two');
  expect(hex(await keyed.digest())).toBe(createHmac('sha256', key).update('one two').digest('hex'));
});

test('gives digests without a key, of nothing and after starting again', async () => {
  const plain = new Sha256();
  expect(hex(await plain.digest())).toBe(createHash('sha256').digest('hex'));
  plain.update('gone');
  plain.reset();
  plain.update('käse');
  expect(hex(await plain.digest())).toBe(createHash('sha256').update('käse').digest('hex'));
});

test('takes a key as text and as the bytes behind a view', async () => {
  const bytes = new TextEncoder().encode('AWS4secret');
  const expected = createHmac('sha256', 'AWS4secret').update('20260101').digest('hex');
  for (const key of ['AWS4secret', bytes, bytes.buffer, new DataView(bytes.buffer)]) {
    const keyed = new Sha256(key);
    keyed.update('20260101');
    expect(hex(await keyed.digest())).toBe(expected);
  }
});
