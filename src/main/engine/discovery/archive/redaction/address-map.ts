import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** Blocks whose addresses mean something by themselves: private, shared, link-local, loopback, multicast and so on. */
const v4Blocks = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12']
  .concat(['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'])
  .map(blockOf);
const v6Blocks = ['::/8', 'fc00::/7', 'fe80::/10', 'ff00::/8', '2001:db8::/32', '64:ff9b::/96'].map(blockOf);

interface Block {
  readonly bits: string;
}

function blockOf(range: string): Block {
  const [address = '', length = ''] = range.split('/');
  return { bits: bitsOf(address).slice(0, Number(length)) };
}

/** An address as a text of zeros and ones, 32 or 128 of them. */
function bitsOf(address: string): string {
  const width = isIPv4(address) ? 8 : 16;
  return groupsOf(address)
    .map((group) => group.toString(2).padStart(width, '0'))
    .join('');
}

function groupsOf(address: string): readonly number[] {
  if (isIPv4(address)) return address.split('.').map(Number);
  const [before = '', after] = address.split('::');
  const read = (text: string): number[] =>
    text.split(':').flatMap((group) => {
      if (group === '') return [];
      if (!group.includes('.')) return [Number.parseInt(group, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [a * 256 + b, c * 256 + d];
    });
  const [head, tail] = [read(before), read(after ?? '')];
  return after === undefined ? head : [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function textOf(bits: string): string {
  const width = bits.length === 32 ? 8 : 16;
  const groups = bits.match(new RegExp(`.{${width}}`, 'g')) ?? [];
  if (width === 8) return groups.map((group) => Number.parseInt(group, 2)).join('.');
  return groups.map((group) => Number.parseInt(group, 2).toString(16)).join(':');
}

/**
 * Other addresses for addresses, one for one, so that what lay in a network lies in it still: two addresses have as
 * long a beginning in common afterwards as before (as in Crypto-PAn: Xu, Fan, Ammar, Moon, 2002). What is private stays
 * private and what is public stays public, and blocks with a meaning of their own keep their beginning.
 */
export class AddressMap {
  readonly #key: Buffer;
  readonly #flips = new Map<string, boolean>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** An address or a range, `10.0.0.0/8`. Anything else is given back as it is. */
  map(text: string): string {
    const [address = '', length] = text.split('/');
    if (!isIPv4(address) && !isIPv6(address)) return text;
    const bits = bitsOf(address);
    const kept = length === undefined ? bits.length : Math.min(Number(length), bits.length);
    // The whole internet, loopback, and the broadcast address say nothing about anybody.
    if (kept === 0 || /^(?:127\.|0\.0\.0\.0$|255\.255\.255\.255$|169\.254\.169\.254$|::1?$)/.test(address)) return text;
    const blocks = bits.length === 32 ? v4Blocks : v6Blocks;
    let mapped = '';
    for (let at = 0; at < bits.length; at += 1) {
      // What stands behind a network's beginning is mostly zero, and stays so.
      const flip = at < kept && this.#flipsAt(bits.slice(0, at), blocks);
      mapped += flip === (bits[at] === '0') ? '1' : '0';
    }
    return length === undefined ? textOf(mapped) : `${textOf(mapped)}/${length}`;
  }

  /** Whether the two halves below a beginning change places: only where both mean the same. */
  #flipsAt(beginning: string, blocks: readonly Block[]): boolean {
    const name = `${blocks === v4Blocks ? 4 : 6}${beginning}`;
    const known = this.#flips.get(name);
    if (known !== undefined) return known;
    const isMixed = blocks.some(({ bits }) => bits.length > beginning.length && bits.startsWith(beginning));
    const flip = !isMixed && ((createHmac('sha256', this.#key).update(name).digest()[0] ?? 0) & 1) === 1;
    this.#flips.set(name, flip);
    return flip;
  }
}
