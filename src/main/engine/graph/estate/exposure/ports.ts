import type { JsonObject } from '#shared/base/json.ts';

/** A range of ports of one protocol; `all` is every protocol. Protocols without ports have the whole range. */
export interface PortRange {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const lastPort = 65_535;
export const everyPort: PortRange = { protocol: 'all', from: 0, to: lastPort };

function rangesOf(text: string): readonly Omit<PortRange, 'protocol'>[] {
  return text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
}

/**
 * What an `ALLOWS` relationship lets through: `protocol` with `fromPort` and `toPort`, or with `ports` as text
 * (`80,443`, `8000-8080`, `all`). Rules of ping and the like, whose numbers are no ports, have the whole range.
 */
export function portsOfRule({ protocol, fromPort, toPort, ports }: JsonObject): readonly PortRange[] {
  const name = typeof protocol === 'string' && !/^(-1|\*|any|all)$/i.test(protocol) ? protocol.toLowerCase() : 'all';
  const whole = { protocol: name, from: 0, to: lastPort };
  if (!['tcp', 'udp', 'sctp', '6', '17', '132', 'all'].includes(name)) return [whole];
  if (typeof ports === 'string' && ports !== 'all') {
    const ranges = rangesOf(ports).map((range) => ({ protocol: name, ...range }));
    if (ranges.length > 0) return ranges;
  }
  if (typeof fromPort !== 'number' || fromPort < 0) return [whole];
  return [{ protocol: name, from: fromPort, to: typeof toPort === 'number' ? toPort : fromPort }];
}

/** What both let through. */
export function intersect(left: readonly PortRange[], right: readonly PortRange[]): readonly PortRange[] {
  return left.flatMap((one) =>
    right.flatMap((other) => {
      const protocol = one.protocol === 'all' ? other.protocol : one.protocol;
      if (other.protocol !== 'all' && other.protocol !== protocol) return [];
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      return from > to ? [] : [{ protocol, from, to }];
    }),
  );
}

/** The same ports in order, ranges that touch or overlap as one. */
export function merge(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  const inOrder = ranges.toSorted(
    (left, right) =>
      (left.protocol < right.protocol ? -1 : Number(left.protocol > right.protocol)) || left.from - right.from,
  );
  for (const range of inOrder) {
    const last = merged.at(-1);
    if (last?.protocol === range.protocol && range.from <= last.to + 1) {
      merged[merged.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    } else merged.push(range);
  }
  const whole = merged.find((range) => range.protocol === 'all' && range.from === 0 && range.to === lastPort);
  return whole === undefined ? merged : [whole];
}

/** `443/tcp`, `8000-8080/tcp`, `all tcp`, `all`. */
export function portsText(ranges: readonly PortRange[]): string[] {
  return merge(ranges).map(({ protocol, from, to }) => {
    if (from === 0 && to === lastPort) return protocol === 'all' ? 'all' : `all ${protocol}`;
    const numbers = from === to ? String(from) : `${from}-${to}`;
    return protocol === 'all' ? numbers : `${numbers}/${protocol}`;
  });
}
