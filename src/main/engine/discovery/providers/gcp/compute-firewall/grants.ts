import type { JsonObject } from '#shared/base/json.ts';
import type { BodyReader } from '../assets/body-reader.ts';

export type Direction = 'ingress' | 'egress';

/** The way a rule looks; incoming where it does not say. */
export function directionOf(rule: BodyReader): Direction {
  return rule.text('direction') === 'EGRESS' ? 'egress' : 'ingress';
}

/**
 * What a rule lets through in the words of all clouds: one entry for each protocol and range of ports.
 * `entries` are its `{protocol, ports}` objects, whose protocol has another name in rules and in policies.
 */
export function grantsOf(
  rule: BodyReader,
  entries: readonly BodyReader[],
  protocolField: 'IPProtocol' | 'ipProtocol',
): readonly JsonObject[] {
  const common = {
    direction: directionOf(rule),
    priority: rule.number('priority') ?? null,
    description: rule.text('description') ?? null,
  };
  return entries.flatMap((entry) => {
    const protocol = entry.text(protocolField)?.toLowerCase() ?? 'all';
    return portRanges(entry.texts('ports')).map((ports) => ({ ...common, protocol, ...ports }));
  });
}

interface PortRange {
  readonly fromPort: number | null;
  readonly toPort: number | null;
}

/** `80` or `8000-8080`; no ports at all means every port. */
function portRanges(ports: readonly string[]): readonly PortRange[] {
  if (ports.length === 0) return [{ fromPort: null, toPort: null }];
  return ports.map((text) => {
    const [from = null, to = from] = text.split('-').map((part) => (/^\d+$/.test(part) ? Number(part) : null));
    return { fromPort: from, toPort: to };
  });
}

/** True for the ranges that mean every address. */
export function isAnywhere(range: string): boolean {
  return range === '0.0.0.0/0' || range === '::/0';
}
