import { failed, ok, type Result } from '../base/result.ts';

interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is refused as Go's parser does: it would be octal elsewhere.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: halves.length === 1 ? 0 : missing }, () => '0'), ...tail];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

function parseNetwork(text: string): Network | null {
  const [addressText, prefixText, ...rest] = text.split('/');
  if (addressText === undefined || prefixText === undefined || rest.length > 0) return null;
  if (!/^\d{1,3}$/.test(prefixText)) return null;
  const prefix = Number(prefixText);
  const v4 = parseIpv4(addressText);
  if (v4 !== null) return prefix <= 32 ? { bits: 32, address: v4, prefix } : null;
  const v6 = parseIpv6(addressText);
  return v6 !== null && prefix <= 128 ? { bits: 128, address: v6, prefix } : null;
}

function printIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - index * 16)) & 0xffffn));
  // The longest run of two or more zero groups is shortened, the first one when equal (RFC 5952).
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start === -1) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

function printIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

/** True for `10.0.0.0/16`, `fd00::/8`; host bits may be set. */
export function isCidr(text: string): boolean {
  return parseNetwork(text) !== null;
}

/**
 * A smaller network inside a larger one, as Terraform's `cidrsubnet(prefix, newbits, netnum)`: the prefix grows by
 * `newbits`, and `netnum` becomes those bits. Host bits of the given prefix are dropped.
 */
export function cidrSubnet(prefix: string, newBits: number, netNumber: number): Result<string, string> {
  const network = parseNetwork(prefix);
  if (network === null) return failed(['cidr_subnet needs an address range such as 10.0.0.0/16.']);
  if (!Number.isInteger(newBits) || newBits < 0) return failed(['cidr_subnet needs a whole number of new bits.']);
  if (!Number.isSafeInteger(netNumber) || netNumber < 0) {
    return failed(['cidr_subnet needs a whole number, 0 or more, as network number.']);
  }
  const length = network.prefix + newBits;
  if (length > network.bits) {
    return failed([
      `cidr_subnet: a /${network.prefix} cannot be extended by ${newBits} bits; ${network.bits} is the end.`,
    ]);
  }
  if (BigInt(netNumber) >= 1n << BigInt(newBits)) {
    return failed([`cidr_subnet: network number ${netNumber} does not fit into ${newBits} bits.`]);
  }
  const hostBits = BigInt(network.bits - network.prefix);
  const base = (network.address >> hostBits) << hostBits;
  const address = base | (BigInt(netNumber) << BigInt(network.bits - length));
  return ok(`${network.bits === 32 ? printIpv4(address) : printIpv6(address)}/${length}`);
}
