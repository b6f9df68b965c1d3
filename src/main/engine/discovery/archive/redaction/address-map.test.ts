import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AddressMap } from './address-map.ts';

const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));

function bits(text: string): string {
  return text
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function common(one: string, other: string): number {
  const [left, right] = [bits(one), bits(other)];
  let length = 0;
  while (length < 32 && left[length] === right[length]) length += 1;
  return length;
}

/** Addresses that are given back as they are mean something by themselves. */
const isOrdinary = (text: string) => !/^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$|169\.254\.169\.254$)/.test(text);
const isPrivate = (text: string) => /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(text);

test('two addresses have as much in common afterwards as before, and what is private stays private', () => {
  fc.assert(
    fc.property(address.filter(isOrdinary), address.filter(isOrdinary), fc.integer(), (one, other, seed) => {
      const map = new AddressMap(Buffer.from(String(seed)));
      expect(common(map.map(one), map.map(other))).toBe(common(one, other));
      expect(isPrivate(map.map(one))).toBe(isPrivate(one));
    }),
  );
});

test('a range holds the addresses it held, and its own end stays zero', () => {
  const map = new AddressMap(Buffer.from('key'));
  const range = map.map('10.20.0.0/16');
  expect(range).toMatch(/^10\.\d+\.0\.0\/16$/);
  expect(map.map('10.20.3.4').startsWith(range.slice(0, -'0.0/16'.length))).toBe(true);
});

test('version 6 keeps what lies in what as well', () => {
  const map = new AddressMap(Buffer.from('key'));
  const [network = ''] = map.map('2600:1f18:12ab::/48').split('/');
  expect(map.map('2600:1f18:12ab:0001::7').split(':').slice(0, 3)).toEqual(network.split(':').slice(0, 3));
});

test.each(['0.0.0.0/0', '::/0', '127.0.0.1', '169.254.169.254', '0.0.0.0', 'no address', '1.2.3'])(
  '%s is given back as it is',
  (text) => expect(new AddressMap(Buffer.from('key')).map(text)).toBe(text),
);
