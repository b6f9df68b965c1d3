import type { TerraformEvent } from '../../ports/index.ts';

interface MeasuredChange {
  readonly address: string;
  readonly type: string;
  /** As in plans: create, update, delete, or replace for a delete and create of one address. */
  readonly action: string;
  readonly seconds: number;
}

/** What an apply did, from the tool's own messages: which changes began, which ended, how long they took. */
export interface ApplyMeasure {
  readonly providerVersion: string | null;
  see(event: TerraformEvent): void;
  changes(): readonly MeasuredChange[];
  /** Addresses whose change began and has no end in the messages. */
  unfinished(): readonly string[];
  /** Whether the tool said that the whole apply was complete. */
  complete(): boolean;
  began(): boolean;
  /** Seconds since this was made, less the longest change. */
  overhead(): number;
}

export function createApplyMeasure(providerVersion: string | null, now: () => number): ApplyMeasure {
  const start = now();
  const done = new Map<string, MeasuredChange>();
  const open = new Set<string>();
  let complete = false;
  let began = false;
  return {
    providerVersion,
    see(event) {
      if (event.type === 'change_summary' && event.text.startsWith('Apply complete')) complete = true;
      if (event.type === 'change_summary' && event.text.startsWith('Destroy complete')) complete = true;
      const { address, action } = event;
      if (address === null || action === null || action === 'read' || action === 'noop') return;
      if (event.type === 'apply_start') {
        began = true;
        open.add(address);
      }
      if (event.type === 'apply_errored') open.delete(address);
      if (event.type !== 'apply_complete') return;
      open.delete(address);
      const seconds = event.elapsedSeconds ?? 0;
      const earlier = done.get(address);
      const replaced = earlier !== undefined && earlier.action !== action;
      done.set(address, {
        address,
        type: event.resourceType ?? '',
        action: replaced ? 'replace' : action,
        seconds: replaced ? earlier.seconds + seconds : seconds,
      });
    },
    changes: () => [...done.values()],
    unfinished: () => [...open].sort(),
    complete: () => complete,
    began: () => began,
    overhead: () => Math.max(0, (now() - start) / 1000 - Math.max(0, ...[...done.values()].map((one) => one.seconds))),
  };
}
