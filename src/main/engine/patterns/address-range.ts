/** An IPv4 address range as numbers; null for anything else. */
interface AddressRange {
  readonly address: number;
  readonly bits: number;
}

function parseRange(text: string): AddressRange | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return null;
  const numbers = match.slice(1).map(Number);
  const [first = 0, second = 0, third = 0, fourth = 0, bits = 0] = numbers;
  if ([first, second, third, fourth].some((octet) => octet > 255) || bits > 32) return null;
  return { address: ((first * 256 + second) * 256 + third) * 256 + fourth, bits };
}

/**
 * Where a range lies inside a network, as `cidrsubnet(network, bits, number)` would give it; null when it lies outside
 * or is the network itself.
 */
export function positionIn(network: string, inner: string): { readonly bits: number; readonly number: number } | null {
  const outer = parseRange(network);
  const range = parseRange(inner);
  if (outer === null || range === null || range.bits <= outer.bits) return null;
  const size = 2 ** (32 - range.bits);
  const start = outer.address - (outer.address % 2 ** (32 - outer.bits));
  const offset = range.address - start;
  if (offset < 0 || offset % size !== 0 || offset >= 2 ** (32 - outer.bits)) return null;
  return { bits: range.bits - outer.bits, number: offset / size };
}
