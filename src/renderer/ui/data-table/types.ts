import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** The title in two lines, the first one small, where it would be cut off in one. */
  readonly lines?: readonly [string, string];
  /** What the cell shows. */
  readonly cell: (row: Row) => ReactNode;
  /** Starting width in pixels. */
  readonly width: number;
  /** Makes the column sortable. For tables that sort themselves: the value compared. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** Sortable by whoever provides the rows (see `onSort`). */
  readonly sortable?: boolean;
  readonly align?: 'start' | 'end';
  /** Not shown until chosen. */
  readonly hidden?: boolean;
}

export interface TableSort {
  readonly by: string;
  readonly descending: boolean;
}

/** Rows by position; a row that is not loaded yet is undefined. */
export interface RowSource<Row> {
  readonly count: number;
  readonly at: (index: number) => Row | undefined;
  /** Told which rows are on screen, so that they can be loaded. */
  readonly onVisible?: (first: number, last: number) => void;
  /** Reads rows that are to be checked, seen or not. Tells its failures itself. */
  readonly load?: (first: number, last: number) => Promise<readonly Row[]>;
}

export interface DataTableProps<Row> {
  /** Names the table and its remembered columns. */
  readonly id: string;
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** All rows, or a source of many. */
  readonly rows: readonly Row[] | RowSource<Row>;
  /** Who sorts: with `onSort` the owner of the rows, without it the table (arrays only). */
  readonly sort?: TableSort | undefined;
  readonly onSort?: (sort: TableSort) => void;
  /** The row under the cursor: what an inspector shows. */
  readonly active?: string | null;
  readonly onActive?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** Checked rows; a column of boxes appears with `onChecked`, which is told all of them and those that are new. */
  readonly checked?: ReadonlySet<string>;
  readonly onChecked?: (ids: ReadonlySet<string>, added: readonly Row[]) => void;
  /** Shown below the header when there are no rows. */
  readonly empty?: ReactNode;
  /** Marks rows, for example faded for stale ones. */
  readonly rowTone?: (row: Row) => 'faded' | 'outlined' | undefined;
}
