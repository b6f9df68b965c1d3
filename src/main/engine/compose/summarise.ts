import { completeShare, type CoverageCell, type Run, type WorkspaceInfo } from '#shared/model/index.ts';

/**
 * When the estate was last mapped, and how much of it. A run that was cancelled or cut off counts when it left
 * something complete. Until one run is over there is no share: the cells that a first run has sealed so far would
 * stand for all that there is.
 */
export function summariseMapping(
  runs: readonly Pick<Run, 'status' | 'finishedAt' | 'cells' | 'incompleteCells'>[],
  cells: readonly Pick<CoverageCell, 'status'>[],
): Pick<WorkspaceInfo, 'lastMappedAt' | 'coverage'> {
  const lastMappedAt = runs.find(leftSomething)?.finishedAt ?? null;
  return { lastMappedAt, coverage: lastMappedAt === null ? null : completeShare(cells) };
}

function leftSomething({ status, cells, incompleteCells }: Pick<Run, 'status' | 'cells' | 'incompleteCells'>): boolean {
  if (status === 'complete' || status === 'partial') return true;
  return status !== 'running' && cells > incompleteCells;
}
