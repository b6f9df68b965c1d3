import type { CoverageCell } from './estate.ts';

/**
 * The share of complete cells, those of disabled regions left out; null when there is none. Places that only a state
 * or an export tells of were not looked at by anybody, and count as such.
 */
export function completeShare(cells: readonly Pick<CoverageCell, 'status'>[]): number | null {
  const counted = cells.filter(({ status }) => status !== 'disabled');
  if (counted.length === 0) return null;
  return counted.filter(({ status }) => status === 'complete').length / counted.length;
}
