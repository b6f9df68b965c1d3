import type { ChangeAction, Envelope, ResourceChange } from '#shared/model/index.ts';

/** A resource block as the sources have it: an address without keys, and how many it may become. */
export interface ResourceBlock {
  /** `module.subnets.aws_subnet.private`. */
  readonly address: string;
  readonly type: string;
  /** Upper bound of instances; null when `count` or `for_each` depends on a value that does not exist yet. */
  readonly max: number | null;
}

interface EnvelopeOptions {
  readonly blocks: readonly ResourceBlock[];
  /** Addresses (with keys) that the state holds already: they may change in place, never be replaced. */
  readonly existing: readonly string[];
  readonly waitsFor: Envelope['waitsFor'];
}

/**
 * What a deferred step may do, read off its sources and its state alone: creating what has a block, changing in place
 * what exists. Nothing is deleted, replaced or forgotten inside an envelope.
 */
export function envelopeFor(options: EnvelopeOptions): Envelope {
  const existing = countBy(options.existing.map(withoutKeys));
  const addresses: Envelope['addresses'] = [];
  const counts = new Map<string, { type: string; action: ChangeAction; max: number | null }>();
  const allow = (block: ResourceBlock, action: ChangeAction, max: number | null): void => {
    addresses.push({ address: block.address, type: block.type, action });
    const key = `${block.type} ${action}`;
    const known = counts.get(key);
    const sum = max === null || known?.max === null ? null : (known?.max ?? 0) + max;
    counts.set(key, { type: block.type, action, max: sum });
  };
  for (const block of options.blocks) {
    const there = existing.get(block.address) ?? 0;
    if (there > 0) allow(block, 'update', there);
    const more = block.max === null ? null : block.max - there;
    if (more === null || more > 0) allow(block, 'create', more);
  }
  return {
    addresses: addresses.sort((one, other) => compare(one.address + one.action, other.address + other.action)),
    counts: [...counts.values()].sort((one, other) => compare(one.type + one.action, other.type + other.action)),
    waitsFor: [...options.waitsFor],
  };
}

/** Where a plan leaves its envelope, as sentences; empty when it stays inside. Reading data is always allowed. */
export function envelopeBreaches(envelope: Envelope, changes: readonly ResourceChange[]): string[] {
  const breaches: string[] = [];
  const used = new Map<string, number>();
  for (const change of changes) {
    if (change.action === 'read' || change.action === 'no-op') continue;
    const place = withoutKeys(change.address);
    const allowed = envelope.addresses.some(
      (entry) => entry.address === place && entry.type === change.type && entry.action === change.action,
    );
    if (!allowed) {
      breaches.push(`${change.address} would be ${pastTense(change.action)}, which was not part of the approval.`);
      continue;
    }
    const key = `${change.type} ${change.action}`;
    used.set(key, (used.get(key) ?? 0) + 1);
  }
  for (const { type, action, max } of envelope.counts) {
    const count = used.get(`${type} ${action}`) ?? 0;
    if (max !== null && count > max) {
      breaches.push(`${count} × ${type} would be ${pastTense(action)}; at most ${max} were approved.`);
    }
  }
  return breaches;
}

/** The address of the block that an instance comes from: `aws_subnet.a["x"]` → `aws_subnet.a`. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

function pastTense(action: ChangeAction): string {
  const words: Record<ChangeAction, string> = {
    create: 'created',
    update: 'changed',
    delete: 'destroyed',
    replace: 'replaced',
    read: 'read',
    import: 'imported',
    'no-op': 'left alone',
    forget: 'forgotten',
  };
  return words[action];
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
