import { useMemo, type ReactElement } from 'react';
import { allRegions, type RunGap } from '#shared/model/index.ts';
import { useEngine } from '../../../../rpc/index.ts';
import { DataTable, FailedState, LoadingState, type DataColumn } from '../../../../ui/index.ts';
import { usePagedRows } from '../../use-paged-rows.ts';
import type { RunPair } from './compare-view.tsx';

/** The places that cannot be compared, and why. */
export function GapTable({ pair, nameOfScope }: { pair: RunPair; nameOfScope: (id: string) => string }): ReactElement {
  const { api } = useEngine();
  const rows = usePagedRows<RunGap>((page) => api.runs.gaps.queryOptions({ input: { ...pair, ...page } }));
  const columns = useMemo(() => gapColumns(nameOfScope), [nameOfScope]);
  if (rows.error !== null) {
    return <FailedState title="The places could not be read" error={rows.error} onRetry={rows.retry} />;
  }
  if (rows.total === null) return <LoadingState what="Reading what cannot be compared" />;
  return (
    <DataTable
      id="estate.gaps"
      label="Places that cannot be compared"
      columns={columns}
      rows={rows.source}
      rowId={(gap) => `${gap.scope}|${gap.region}|${gap.kind}`}
      empty="Both runs saw everything they looked at."
    />
  );
}

function gapColumns(nameOfScope: (id: string) => string): readonly DataColumn<RunGap>[] {
  return [
    { id: 'scope', title: 'Account', width: 160, cell: (gap) => nameOfScope(gap.scope) },
    {
      id: 'region',
      title: 'Region',
      width: 130,
      cell: (gap) => (gap.region === allRegions ? 'every region' : gap.region),
    },
    { id: 'kind', title: 'Kind', width: 220, cell: (gap) => gap.kind },
    { id: 'why', title: 'Why it cannot be told', width: 600, cell: (gap) => <span title={gap.why}>{gap.why}</span> },
  ];
}
