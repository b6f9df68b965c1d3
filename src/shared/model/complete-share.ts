import type { CoverageCell } from './estate.ts';

/**
 * The share of complete cells, those of disabled regions left out; null when there is none. Places that only a state
 * or an export tells of were not looked at by anybody, and count as such.
 */
export function completeShare(cells: readonly Pick<CoverageCell, 'status'>[]): number | null {
  let counted = 0;
  let complete = 0;
  for (const { status } of cells) {
    if (status !== 'disabled') counted += 1;
    if (status === 'complete') complete += 1;
  }
  return counted === 0 ? null : complete / counted;
}
