import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactElement } from 'react';
import classes from './data-table.module.css';
import type { DataColumn, TableSort } from './types.ts';

interface HeadColumn {
  readonly id: string;
  getSize: () => number;
}

interface Head {
  getHeaderGroups: () => {
    readonly headers: readonly {
      readonly id: string;
      readonly column: HeadColumn;
      getResizeHandler: () => (event: unknown) => void;
    }[];
  }[];
}

export interface TableHeadProps<Row> {
  table: Head;
  columns: ReadonlyMap<string, DataColumn<Row>>;
  sort: TableSort | undefined;
  onSort: (sort: TableSort) => void;
  withBoxes: boolean;
}

/** The header row: titles, sorting, widths. */
export function TableHead<Row>({ table, columns, sort, onSort, withBoxes }: TableHeadProps<Row>): ReactElement {
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div className={classes.head} role="row" aria-rowindex={1}>
      {withBoxes && (
        <div className={classes.check} role="columnheader">
          <span className="gp-hidden-text">Selected</span>
        </div>
      )}
      {headers.map((header) => {
        const column = columns.get(header.column.id);
        const sorted = sort?.by === header.column.id ? sort : undefined;
        const sortable = column?.sortable === true || column?.sortBy !== undefined;
        return (
          <div
            key={header.id}
            className={`${classes.headCell} ${column?.align === 'end' ? classes.end : ''}`}
            role="columnheader"
            aria-sort={sorted === undefined ? undefined : sorted.descending ? 'descending' : 'ascending'}
            style={{ width: header.column.getSize() }}
          >
            {sortable ? (
              <button
                type="button"
                className={classes.sort}
                onClick={() => onSort({ by: header.column.id, descending: sorted?.descending === false })}
              >
                <ColumnTitle title={column?.title} lines={column?.lines} />
                {sorted !== undefined &&
                  (sorted.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
              </button>
            ) : (
              <ColumnTitle title={column?.title} lines={column?.lines} />
            )}
            <div
              className={classes.resize}
              aria-hidden
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
            />
          </div>
        );
      })}
    </div>
  );
}

function ColumnTitle({
  title,
  lines,
}: {
  title: string | undefined;
  lines: readonly [string, string] | undefined;
}): ReactElement {
  if (lines === undefined) {
    return (
      <span className="gp-truncate" title={title}>
        {title}
      </span>
    );
  }
  const [above, below] = lines;
  return (
    <span className={classes.lines} title={title}>
      <span className="gp-truncate">{above}</span> <span className="gp-truncate">{below}</span>
    </span>
  );
}
