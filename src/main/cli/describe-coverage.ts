import type { Advice, AdvisedCell, CoverageSummary } from '#shared/model/index.ts';
import { counted, table } from './output.ts';

/** Cells that are told one by one in words; `--json` has all. */
export const mostCellsTold = 1000;

interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface CoverageInWords {
  readonly summary: Pick<CoverageSummary, 'cells' | 'byStatus'>;
  /** Those that are incomplete, the first of them. */
  readonly cells: Page<Pick<AdvisedCell, 'scope' | 'region' | 'kind' | 'status' | 'permission' | 'error'>>;
  readonly advice: Page<Advice>;
}

/** The ledger in words: how much is complete, what is not, and what would open it. */
export function describeCoverage({ summary, cells, advice }: CoverageInWords): string {
  if (summary.cells === 0) return 'Nothing was mapped yet.';
  const { complete = 0, disabled = 0 } = summary.byStatus;
  const sentence = `${complete} of ${counted(summary.cells, 'cell')} ${summary.cells === 1 ? 'is' : 'are'} complete${disabled === 0 ? '' : `, ${disabled} of regions or services that are not enabled`}.`;
  const rows = cells.rows.map((cell) => [cell.scope, cell.region, cell.kind, cell.status, cell.permission, cell.error]);
  return [
    sentence,
    ...(rows.length === 0 ? [] : ['', table(['scope', 'region', 'kind', 'status', 'permission', 'error'], rows)]),
    ...rest(cells),
    ...(advice.rows.length === 0
      ? []
      : ['', 'To see more (`--json` has what to paste):', ...advice.rows.map(adviceLine), ...rest(advice)]),
  ].join('\n');
}

function rest({ total, rows }: Page<unknown>): readonly string[] {
  return total === rows.length ? [] : [`and ${total - rows.length} more, which \`--json\` has.`];
}

function adviceLine({ text, cells }: Advice): string {
  return `  ${text} (${counted(cells, 'cell')})`;
}
