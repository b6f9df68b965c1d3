import { memo, useLayoutEffect, useMemo, useRef, type MouseEvent, type ReactElement } from 'react';
import classes from './data-table.module.css';
import type { DataColumn, DataTableProps } from './types.ts';
import type { Cursor } from './use-cursor.ts';

/** What a row can be told to do. */
interface RowActions<Row> extends Pick<Cursor, 'onRowClick' | 'toggle'> {
  readonly onOpen: DataTableProps<Row>['onOpen'];
}

/** The actions of the latest rendering behind functions that stay the same, so that no row is drawn anew for them. */
export function useLatestActions<Row>(actions: RowActions<Row>): RowActions<Row> {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  return useMemo(
    () => ({
      onRowClick: (index, event) => latest.current.onRowClick(index, event),
      toggle: (index, extend) => latest.current.toggle(index, extend),
      onOpen: (row) => latest.current.onOpen?.(row),
    }),
    [],
  );
}

interface DataRowProps<Row> {
  readonly domId: string;
  readonly index: number;
  /** Pixels below the head. */
  readonly top: number;
  /** Undefined while it is not loaded. */
  readonly row: Row | undefined;
  /** Those shown, with their widths in pixels. */
  readonly columns: readonly { readonly column: DataColumn<Row>; readonly width: number }[];
  readonly tone: 'faded' | 'outlined' | undefined;
  readonly withBox: boolean;
  readonly isChecked: boolean;
  readonly isActive: boolean;
  readonly actions: RowActions<Row>;
}

function PlainRow<Row>(props: DataRowProps<Row>): ReactElement {
  const { index, row, actions, isChecked, isActive } = props;
  return (
    <div
      id={props.domId}
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChecked || isActive}
      data-active={isActive}
      data-tone={props.tone}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event: MouseEvent) => actions.onRowClick(index, event)}
      onDoubleClick={() => row !== undefined && actions.onOpen?.(row)}
    >
      {props.withBox && (
        <div className={classes.check} role="gridcell">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isChecked}
            aria-label={`Select row ${index + 1}`}
            onClick={(event) => {
              event.stopPropagation();
              actions.toggle(index, event.shiftKey);
            }}
            onChange={() => undefined}
          />
        </div>
      )}
      {props.columns.map(({ column, width }) => (
        <div
          key={column.id}
          className={`${classes.cell} ${column.align === 'end' ? classes.end : ''}`}
          role="gridcell"
          style={{ width }}
        >
          {row === undefined ? <span className={classes.waiting} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** One row of a table, drawn anew only when something in it changed. */
export const DataRow = memo(PlainRow) as typeof PlainRow;
