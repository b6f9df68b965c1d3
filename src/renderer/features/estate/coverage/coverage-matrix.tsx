import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactElement } from 'react';
import type { AdvisedCell, CoveragePlace } from '#shared/model/index.ts';
import { QueryView, useEngine, type Engine } from '../../../rpc/index.ts';
import { ColumnMenu, DataTable, Tooltip, useRemembered, type DataColumn, type TableSort } from '../../../ui/index.ts';
import { areSeveralClouds, cloudText } from '../cloud-text.ts';
import estate from '../estate.module.css';
import { usePagedRows } from '../use-paged-rows.ts';
import type { CoverageRowsProps } from './coverage-list.tsx';
import { lookOfCoverage } from './coverage-status.ts';
import { PagedCoverage } from './paged-coverage.tsx';
import classes from './coverage.module.css';

/** Rows asked for at once: each has a cell for every kind. */
const pageSize = 25;
/** More kinds than there are. */
const mostKinds = 1000;

type PlaceOrder = NonNullable<Parameters<Engine['client']['coverage']['places']>[0]['sort']>;

/** Scope × region rows and kind columns: the kinds are those that the filter leaves. */
export function CoverageMatrix(props: CoverageRowsProps): ReactElement {
  const { asOf, filter } = props;
  const { api } = useEngine();
  const kinds = useQuery(
    api.coverage.groups.queryOptions({
      input: { asOf, filter, by: 'kind', limit: mostKinds },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <QueryView query={kinds} loading="Reading the coverage ledger" failed="The coverage could not be read">
      {({ rows }) => <Matrix {...props} kinds={rows.map(({ value }) => value)} />}
    </QueryView>
  );
}

function Matrix({
  asOf,
  filter,
  nameOf,
  onClear,
  kinds,
}: CoverageRowsProps & { kinds: readonly string[] }): ReactElement {
  const { api } = useEngine();
  const [sort, setSort] = useRemembered<TableSort>('coverage.matrix.order', { by: 'scope', descending: false });
  const order = { ...sort, by: sort.by as PlaceOrder['by'] };
  const rows = usePagedRows<CoveragePlace>(
    (page) => api.coverage.places.queryOptions({ input: { asOf, filter, sort: order, ...page } }),
    undefined,
    pageSize,
  );
  const columns = useMemo(() => matrixColumns(kinds, nameOf), [kinds, nameOf]);
  return (
    <PagedCoverage rows={rows} counted={{ one: 'place matches', many: 'places match' }} isFiltered={onClear !== null}>
      <div className={estate.pane}>
        <div className={classes.columns}>
          <ColumnMenu id="coverage.matrix" columns={columns} />
        </div>
        <div className={estate.fill}>
          <DataTable
            id="coverage.matrix"
            label="Coverage by account, region and kind"
            columns={columns}
            rows={rows.source}
            sort={sort}
            onSort={setSort}
            rowId={(row) => `${row.scope}|${row.region}`}
            empty="No cell matches."
          />
        </div>
      </div>
    </PagedCoverage>
  );
}

function matrixColumns(kinds: readonly string[], nameOf: (id: string) => string): DataColumn<CoveragePlace>[] {
  const mixed = areSeveralClouds(kinds.map((kind) => kind.split('.')[0] ?? ''));
  return [
    ...(mixed ? [cloudColumn] : []),
    { id: 'scope', title: 'Account', width: 150, cell: (row) => nameOf(row.scope), sortable: true },
    { id: 'region', title: 'Region', width: 120, cell: (row) => row.region, sortable: true },
    {
      id: 'incomplete',
      title: 'Incomplete',
      width: 90,
      align: 'end',
      cell: (row) => row.incomplete,
      sortable: true,
    },
    ...kinds.map((kind): DataColumn<CoveragePlace> => ({
      id: kind,
      title: kind,
      lines: linesOf(kind, mixed),
      width: 96,
      cell: (row) => <Cell cell={cellsByKind(row).get(kind)} />,
    })),
  ];
}

/** Only where there are several: two clouds may have an account of one name. */
const cloudColumn: DataColumn<CoveragePlace> = {
  id: 'cloud',
  title: 'Cloud',
  width: 112,
  cell: (row) => cloudText(row.cloud),
  sortable: true,
};

/**
 * Service above, type below: in one line every column of a service would begin, and be cut off, alike. Where there are
 * several clouds the service is told with its cloud: `compute` is one of Azure's and one of Google's.
 */
function linesOf(kind: string, mixed: boolean): readonly [string, string] {
  const [cloud = '', service = '', ...types] = kind.split('.');
  const type = types.at(-1);
  const above = type === undefined ? '' : service;
  return [(mixed ? [cloud, above] : [above]).join(' ').trim(), type ?? service];
}

const known = new WeakMap<CoveragePlace, ReadonlyMap<string, AdvisedCell>>();

/** Made once for each row: every column looks for its cell. */
function cellsByKind(place: CoveragePlace): ReadonlyMap<string, AdvisedCell> {
  const cells = known.get(place) ?? new Map(place.cells.map((cell) => [cell.kind, cell]));
  known.set(place, cells);
  return cells;
}

function Cell({ cell }: { cell: AdvisedCell | undefined }): ReactElement {
  if (cell === undefined) return <span className="gp-dimmed">·</span>;
  const look = lookOfCoverage(cell.status);
  const text = [
    `${cell.kind}: ${look.word}`,
    cell.status === 'complete' ? seenText(cell) : null,
    cell.error,
    cell.advice ?? null,
  ].filter((part) => part !== null);
  return (
    <Tooltip label={text.join('. ')} multiline maw={420}>
      <span className={classes.cell}>
        <span className={`${classes.mark} ${classes[look.tone]}`} aria-hidden>
          {look.mark}
        </span>
        <span className="gp-hidden-text">{look.word}</span>
        {cell.rows > 0 && <span className="gp-dimmed">{cell.rows}</span>}
      </span>
    </Tooltip>
  );
}

/** What a complete cell rests on. */
function seenText({ rows, pages, vouchedBy }: AdvisedCell): string {
  return vouchedBy === undefined
    ? `${counted(rows, 'resource')} in ${counted(pages, 'page')}`
    : `Not listed: the census of ${vouchedBy} holds none`;
}

function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
