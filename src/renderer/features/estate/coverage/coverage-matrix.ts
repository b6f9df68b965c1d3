import type { AdvisedCell, CoverageCell, CoverageStatus } from '#shared/model/index.ts';

/** One scope × region of the matrix, with its cells by kind. */
export interface CoverageRow {
  readonly id: string;
  readonly scope: string;
  readonly region: string;
  readonly cells: ReadonlyMap<string, AdvisedCell>;
  readonly incomplete: number;
}

export interface CoverageMatrix {
  readonly kinds: readonly string[];
  readonly rows: readonly CoverageRow[];
}

/** The ledger as scope × region rows and kind columns. */
export function coverageMatrix(cells: readonly AdvisedCell[]): CoverageMatrix {
  const kinds = [...new Set(cells.map((cell) => cell.kind))].toSorted((one, other) => one.localeCompare(other));
  const rows = new Map<string, { scope: string; region: string; cells: Map<string, AdvisedCell> }>();
  for (const cell of cells) {
    const id = `${cell.scope}|${cell.region}`;
    const row = rows.get(id) ?? { scope: cell.scope, region: cell.region, cells: new Map<string, AdvisedCell>() };
    row.cells.set(cell.kind, cell);
    rows.set(id, row);
  }
  return {
    kinds,
    rows: [...rows].map(([id, row]) => ({
      id,
      ...row,
      incomplete: [...row.cells.values()].filter((cell) => isIncomplete(cell.status)).length,
    })),
  };
}

/** Neither complete nor switched off: something may be there that is not shown. */
export function isIncomplete(status: CoverageStatus): boolean {
  return status !== 'complete' && status !== 'disabled';
}

/** How many permissions the denied cells name. */
export function missingPermissions(cells: readonly CoverageCell[]): number {
  return new Set(cells.flatMap(({ status, permission }) => (status === 'denied' ? (permission ?? []) : []))).size;
}
