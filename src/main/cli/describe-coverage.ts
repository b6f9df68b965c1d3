import type { Advice, AdvisedCell } from '#shared/model/index.ts';
import { table } from './output.ts';

/** What `groundplan coverage` answers. */
export interface CoverageAnswer {
  readonly cells: readonly Omit<AdvisedCell, 'run' | 'remedy'>[];
  readonly advice: readonly Advice[];
}

/** The ledger in words: how much is complete, what is not, and what would open it. */
export function describeCoverage({ cells, advice }: CoverageAnswer): string {
  if (cells.length === 0) return 'Nothing was mapped yet.';
  const missing = cells.filter((cell) => cell.status !== 'complete' && cell.status !== 'disabled');
  const off = cells.filter((cell) => cell.status === 'disabled').length;
  const summary = `${cells.length - missing.length - off} of ${cells.length} cells are complete${off === 0 ? '' : `, ${off} of regions or services that are not enabled`}.`;
  const rows = missing.map((cell) => [cell.scope, cell.region, cell.kind, cell.status, cell.permission, cell.error]);
  return [
    summary,
    ...(rows.length === 0 ? [] : ['', table(['scope', 'region', 'kind', 'status', 'permission', 'error'], rows)]),
    ...(advice.length === 0 ? [] : ['', 'To see more (`--json` has what to paste):', ...advice.map(adviceLine)]),
  ].join('\n');
}

function adviceLine({ text, cells }: Advice): string {
  return `  ${text} (${cells === 1 ? '1 cell' : `${cells} cells`})`;
}
