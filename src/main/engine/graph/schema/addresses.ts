import { isIP } from 'node:net';

/** The first and last address of a network as text: `4` or `6` and fixed-width hexadecimal digits, so that text
 * order is address order and the two families never mix. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

function wordsOfV6(address: string): readonly number[] | null {
  // An IPv4 tail (`::ffff:10.0.0.1`) is two words.
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  let text = address;
  if (tail !== null) {
    const value = numberOfV4(tail[2] ?? '');
    text = `${tail[1]}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
  }
  const [head = '', rest] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - left.length - right.length;
  if (missing < 0) return null;
  return [...left, ...Array.from({ length: missing }, () => '0'), ...right].map((word) => Number.parseInt(word, 16));
}

function numberOfV4(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function bitsOf(
  address: string,
): { readonly family: '4' | '6'; readonly value: bigint; readonly width: number } | null {
  switch (isIP(address)) {
    case 4:
      return { family: '4', value: BigInt(numberOfV4(address)), width: 32 };
    case 6: {
      const words = wordsOfV6(address.split('%')[0] ?? address);
      if (words === null) return null;
      const value = words.reduce((sum, word) => (sum << 16n) | BigInt(word), 0n);
      return { family: '6', value, width: 128 };
    }
    default:
      return null;
  }
}

/** Reads an address or a network in CIDR form, IPv4 or IPv6; null when the text is neither. */
export function addressRange(text: string): AddressRange | null {
  const [address = '', length, more] = text.split('/');
  if (more !== undefined) return null;
  const bits = bitsOf(address);
  if (bits === null) return null;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return null;
  const prefix = length === undefined ? bits.width : Number(length);
  if (prefix > bits.width) return null;
  const host = (1n << BigInt(bits.width - prefix)) - 1n;
  const digits = bits.width / 4;
  const show = (value: bigint): string => `${bits.family}${value.toString(16).padStart(digits, '0')}`;
  return { first: show(bits.value & ~host), last: show(bits.value | host) };
}

/** True when `outer` holds all of `inner`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
