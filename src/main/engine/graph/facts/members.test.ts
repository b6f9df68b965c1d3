import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { expect, test } from 'vitest';
import { unpackMember, unpackMembers } from './members.ts';

const noise = (bytes: number): string => `${randomBytes(bytes).toString('base64')}\n`;

/** The same bytes but for one. */
function spoilt(member: Buffer, at: number, value: number): Buffer {
  const bytes = Buffer.from(member);
  bytes[at] = value;
  return bytes;
}

test.each([
  ['none', []],
  ['an empty one', ['', 'a\n', '']],
  ['letters of one byte and of more', ['plain\n', 'nicht ganz schlicht: ß\n', '日本\n', 'plain again\n']],
  ['more than are unpacked at once', Array.from({ length: 12 }, (_, at) => noise(40_000 + at))],
])('members are unpacked to the texts they were packed from: %s', async (_what, texts) => {
  expect(await unpackMembers(texts.map((text) => gzipSync(text)))).toEqual(texts);
});

// A row of members ends, as far as it can be read, where a zero follows; anything else that is no member is an error.
test.each([
  ['has lost its first byte to a zero', (member: Buffer) => spoilt(member, 0, 0)],
  ['has lost its second byte', (member: Buffer) => spoilt(member, 1, 0)],
  ['has another letter', (member: Buffer) => spoilt(member, member.length - 12, 0xff)],
  [
    'has another checksum',
    (member: Buffer) => spoilt(member, member.length - 8, member.readUInt8(member.length - 8) ^ 1),
  ],
  ['says another size', (member: Buffer) => spoilt(member, member.length - 4, member.readUInt8(member.length - 4) ^ 1)],
  ['says a size that cannot be', (member: Buffer) => spoilt(member, member.length - 1, 0xff)],
  ['is cut off', (member: Buffer) => member.subarray(0, member.length - 6)],
  ['is nothing', () => Buffer.alloc(0)],
])('a member that %s is told and takes nothing away from the others', async (_what, spoil) => {
  const [first, second, third] = ['one\n', 'two, a little longer\n', 'three\n'].map((text) => gzipSync(text));
  if (first === undefined || second === undefined || third === undefined) throw new Error('Nothing was packed.');
  const broken: Buffer = spoil(second);
  expect(await unpackMembers([first, broken, third])).toEqual(['one\n', null, 'three\n']);
  await expect(unpackMember(broken)).rejects.toThrow(/./);
});

test('members are unpacked together as they are one by one, damaged or not', async () => {
  const damage = record({
    member: integer({ min: 0, max: 7 }),
    at: integer({ min: 0, max: 60 }),
    value: constantFrom(0, 1, 0x1f, 0xff),
  });
  await assert(
    asyncProperty(
      array(constantFrom('a\n', 'ü\n'.repeat(30), '{"id":"x"}\n'.repeat(400), noise(20_000)), { maxLength: 8 }),
      array(damage, { maxLength: 2 }),
      async (texts, damages) => {
        const members = texts.map((text): Buffer => gzipSync(text));
        for (const { member, at, value } of damages) {
          const one = members[member];
          if (one !== undefined && at < one.length) members[member] = spoilt(one, at, value);
        }
        const singly = await Promise.allSettled(members.map(unpackMember));
        const wanted = singly.map((one) => (one.status === 'fulfilled' ? one.value : null));
        expect(await unpackMembers(members)).toEqual(wanted);
      },
    ),
    { numRuns: 100 },
  );
});
