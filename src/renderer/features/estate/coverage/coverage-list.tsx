import { useMemo, type ReactElement } from 'react';
import type { AdvisedCell, CoverageFilter } from '#shared/model/index.ts';
import { useEngine, type Engine } from '../../../rpc/index.ts';
import { DataTable, ShortId, StatusBadge, useRemembered, type DataColumn, type TableSort } from '../../../ui/index.ts';
import { usePagedRows } from '../use-paged-rows.ts';
import { lookOfCoverage } from './coverage-status.ts';
import { PagedCoverage } from './paged-coverage.tsx';

export interface CoverageRowsProps {
  asOf: number | null;
  filter: CoverageFilter;
  nameOf: (scope: string) => string;
  /** Null when nothing is filtered. */
  onClear: (() => void) | null;
}

type CellOrder = NonNullable<Parameters<Engine['client']['coverage']['cells']>[0]['sort']>;

/** The cells one by one. */
export function CoverageList({ asOf, filter, nameOf, onClear }: CoverageRowsProps): ReactElement {
  const { api } = useEngine();
  const [sort, setSort] = useRemembered<TableSort>('coverage.list.order', { by: 'scope', descending: false });
  const order = { ...sort, by: sort.by as CellOrder['by'] };
  const rows = usePagedRows<AdvisedCell>((page) =>
    api.coverage.cells.queryOptions({ input: { asOf, filter, sort: order, ...page } }),
  );
  const columns = useMemo(() => listColumns(nameOf), [nameOf]);
  return (
    <PagedCoverage rows={rows} counted={{ one: 'cell matches', many: 'cells match' }} isFiltered={onClear !== null}>
      <DataTable
        id="coverage.list"
        label="Coverage cells"
        columns={columns}
        rows={rows.source}
        sort={sort}
        onSort={setSort}
        rowId={(cell) => `${cell.scope}|${cell.region}|${cell.kind}`}
        empty="No cell matches."
      />
    </PagedCoverage>
  );
}

function listColumns(nameOf: (id: string) => string): DataColumn<AdvisedCell>[] {
  return [
    {
      id: 'status',
      title: 'Status',
      width: 110,
      cell: (cell) => {
        const look = lookOfCoverage(cell.status);
        return <StatusBadge tone={look.tone}>{look.word}</StatusBadge>;
      },
      sortable: true,
    },
    { id: 'scope', title: 'Account', width: 140, cell: (cell) => nameOf(cell.scope), sortable: true },
    { id: 'region', title: 'Region', width: 120, cell: (cell) => cell.region, sortable: true },
    { id: 'kind', title: 'Kind', width: 190, cell: (cell) => cell.kind, sortable: true },
    { id: 'rows', title: 'Resources', width: 90, align: 'end', cell: (cell) => cell.rows, sortable: true },
    { id: 'run', title: 'Run', width: 60, align: 'end', cell: (cell) => cell.run, sortable: true },
    {
      id: 'permission',
      title: 'Missing permission',
      width: 230,
      cell: (cell) => (cell.permission === null ? '' : <ShortId id={cell.permission} most={36} inTable />),
      sortable: true,
    },
    {
      id: 'advice',
      title: 'What opens it',
      width: 320,
      cell: (cell) => <span title={cell.advice ?? ''}>{cell.advice}</span>,
    },
    { id: 'error', title: 'Error', width: 420, cell: (cell) => <span title={cell.error ?? ''}>{cell.error}</span> },
  ];
}
