import { allRegions, type RunGap } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { cellKey } from '../layout.ts';

type Cell = Omit<RunGap, 'why'>;

/** What one run says of the places it looked at. */
export interface RunCoverage {
  readonly cells: readonly Cell[];
  /** Why the run does not know everything that is there, in words; null when it does. */
  missing(cell: Cell): string | null;
  /** True when the run knows that it looked at nothing there because the place is switched off. */
  isDisabled(cell: Cell): boolean;
}

/** The coverage of one run; `damaged` are records of which not everything can be read any more. */
export function runCoverage(
  run: number,
  records: readonly CellRecord[],
  damaged: ReadonlySet<CellRecord>,
): RunCoverage {
  const byCell = new Map(records.map((record) => [cellKey(record.sealed.cell), record]));
  const regions = new Map<string, string[]>();
  for (const { sealed } of records) {
    const { scope, region, kind } = sealed.cell;
    const key = cellKey({ scope, kind, region: allRegions });
    const known = regions.get(key);
    if (known === undefined) regions.set(key, [region]);
    else known.push(region);
  }

  /** The records that tell of a cell: its own, and one of all regions at once. */
  function recordsOf(cell: Cell): readonly CellRecord[] {
    const keys = new Set([cellKey(cell), cellKey({ ...cell, region: allRegions })]);
    return [...keys].flatMap((key) => byCell.get(key) ?? []);
  }

  function isComplete(record: CellRecord): boolean {
    return record.sealed.cell.status === 'complete' && !damaged.has(record);
  }

  function missing(cell: Cell): string | null {
    const found = recordsOf(cell);
    if (found.some(isComplete)) return null;
    const [told] = found;
    if (told !== undefined) return whyOf(run, told);
    const only = cell.region === allRegions ? (regions.get(cellKey(cell)) ?? []) : [];
    return only.length === 0 ? `Run ${run} did not look here.` : `Run ${run} looked at ${only.join(', ')} only.`;
  }

  return {
    cells: records.map(({ sealed: { cell } }) => ({ scope: cell.scope, region: cell.region, kind: cell.kind })),
    missing,
    isDisabled: (cell) => recordsOf(cell)[0]?.sealed.cell.status === 'disabled',
  };
}

function whyOf(run: number, { sealed: { cell } }: CellRecord): string {
  if (cell.status === 'complete') return `Run ${run}: what was written can not all be read any more.`;
  return `Run ${run}: ${cell.status}${cell.error === null ? '.' : `: ${cell.error}`}`;
}
