import { contains, type AddressRange } from '../../schema/addresses.ts';
import { unroutable } from '../../schema/public-address.ts';
import { everyPort, intersect, merge, type PortRange } from './ports.ts';

/** The two kinds of addresses: what one of them lets in says nothing of the other. */
export type AddressFamily = 'v4' | 'v6';

/** Where a rule lets traffic come from, and on which ports. */
export interface AdmittedRange {
  readonly range: AddressRange;
  readonly ports: readonly PortRange[];
}

/** All addresses the internet has; of IPv6 what is given out at all (RFC 4291, section 2.4). */
const whole: Readonly<Record<AddressFamily, AddressRange>> = {
  v4: { first: `4${'0'.repeat(8)}`, last: `4${'f'.repeat(8)}` },
  v6: { first: `62${'0'.repeat(31)}`, last: `63${'f'.repeat(31)}` },
};

/** Nobody on the internet comes from there, so that leaving it out leaves nobody out. */
const nobody: readonly AdmittedRange[] = unroutable.map((range) => ({ range, ports: [everyPort] }));

/** The family of an address, in the form of `addressRange`. */
export function familyOf({ first }: AddressRange): AddressFamily {
  return first.startsWith('4') ? 'v4' : 'v6';
}

/**
 * The ports on which rules together let in every address of the internet: by `0.0.0.0/0`, or by its halves, or by all
 * of it but private networks.
 */
export function portsForEverybody(rules: readonly AdmittedRange[], family: AddressFamily): readonly PortRange[] {
  const own = rules.filter(({ range }) => familyOf(range) === family || contains(range, whole[family]));
  return own.length === 0 ? [] : portsForAll([...own, ...nobody], whole[family]);
}

/** The ports that are open for all of a range: by rules that hold it, or for both of its halves. */
function portsForAll(rules: readonly AdmittedRange[], all: AddressRange): readonly PortRange[] {
  const over = rules.filter(({ range }) => contains(range, all)).flatMap(({ ports }) => ports);
  const inside = rules.filter(({ range }) => contains(all, range) && !contains(range, all));
  const covered = inside.reduce((sum, { range }) => sum + sizeOf(range), 0n);
  if (covered < sizeOf(all)) return merge(over);
  const [lower, upper] = halvesOf(all);
  return merge([...over, ...intersect(portsForAll(inside, lower), portsForAll(inside, upper))]);
}

function valueOf(end: string): bigint {
  return BigInt(`0x${end.slice(1)}`);
}

function sizeOf({ first, last }: AddressRange): bigint {
  return valueOf(last) - valueOf(first) + 1n;
}

function halvesOf({ first, last }: AddressRange): readonly [AddressRange, AddressRange] {
  const middle = (valueOf(first) + valueOf(last)) / 2n;
  const show = (value: bigint): string => `${first.slice(0, 1)}${value.toString(16).padStart(first.length - 1, '0')}`;
  return [
    { first, last: show(middle) },
    { first: show(middle + 1n), last },
  ];
}
