import type { DriftItem, DriftReport } from '#shared/model/index.ts';
import type { StatusTone } from '../../ui/index.ts';

/** Items that still ask for a decision. */
export function openItems(report: DriftReport): DriftItem[] {
  return report.items.filter((item) => item.decision === null);
}

/** One word about a report, with its tone. What could not be read is never “no drift”. */
export function driftState(report: DriftReport | null): { tone: StatusTone; text: string } {
  if (report === null) return { tone: 'unknown', text: 'Never checked' };
  const open = openItems(report).length;
  if (open > 0) return { tone: 'attention', text: open === 1 ? '1 difference' : `${open} differences` };
  if (report.status === 'failed' || report.failures.length > 0) return { tone: 'bad', text: 'Not fully read' };
  return report.items.length > 0 ? { tone: 'info', text: 'All decided' } : { tone: 'good', text: 'No drift' };
}

/** What a difference is, as a sentence. */
export function describeItem(item: DriftItem): string {
  switch (item.change) {
    case 'deleted':
      return 'It is gone from the cloud.';
    case 'unmanaged':
      return 'It runs there and nobody manages it.';
    case 'changed':
      return sideText(item.side);
  }
}

function sideText(side: DriftItem['side']): string {
  switch (side) {
    case 'reality':
      return 'The cloud was changed.';
    case 'code':
      return 'The blueprint was changed.';
    case 'both':
      return 'Changed on both sides: decide which one holds.';
  }
}
