import type { CoverageCell, CoverageStatus } from '#shared/model/index.ts';

/** One scope × region of the matrix, with its cells by kind. */
export interface CoverageRow {
  readonly id: string;
  readonly scope: string;
  readonly region: string;
  readonly cells: ReadonlyMap<string, CoverageCell>;
  readonly incomplete: number;
}

export interface CoverageMatrix {
  readonly kinds: readonly string[];
  readonly rows: readonly CoverageRow[];
}

/** The ledger as scope × region rows and kind columns. */
export function coverageMatrix(cells: readonly CoverageCell[]): CoverageMatrix {
  const kinds = [...new Set(cells.map((cell) => cell.kind))].toSorted((one, other) => one.localeCompare(other));
  const rows = new Map<string, { scope: string; region: string; cells: Map<string, CoverageCell> }>();
  for (const cell of cells) {
    const id = `${cell.scope}|${cell.region}`;
    const row = rows.get(id) ?? { scope: cell.scope, region: cell.region, cells: new Map<string, CoverageCell>() };
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

/** The share of complete cells, those of disabled regions left out; null when there is none. */
export function completeShare(cells: readonly CoverageCell[]): number | null {
  const counted = cells.filter((cell) => cell.status !== 'disabled');
  if (counted.length === 0) return null;
  return counted.filter((cell) => cell.status === 'complete').length / counted.length;
}

export interface MissingPermission {
  readonly permission: string;
  readonly cells: readonly CoverageCell[];
}

/** Every permission that a denied cell names, the one missing most often first. */
export function missingPermissions(cells: readonly CoverageCell[]): readonly MissingPermission[] {
  const missing = new Map<string, CoverageCell[]>();
  for (const cell of cells) {
    if (cell.status !== 'denied' || cell.permission === null) continue;
    const known = missing.get(cell.permission);
    if (known === undefined) missing.set(cell.permission, [cell]);
    else known.push(cell);
  }
  return [...missing]
    .map(([permission, denied]) => ({ permission, cells: denied }))
    .toSorted((one, other) => other.cells.length - one.cells.length || one.permission.localeCompare(other.permission));
}

/** An IAM policy that grants exactly the missing permissions. */
export function policyOfMissing(missing: readonly MissingPermission[]): string {
  const actions = missing.flatMap(({ permission }) => permission.split(/[\s,]+/)).filter((action) => action !== '');
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: [...new Set(actions)].toSorted(), Resource: '*' }],
    },
    null,
    2,
  );
}
