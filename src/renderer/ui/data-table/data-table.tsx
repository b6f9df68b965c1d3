import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
  type ColumnSizingState,
  type ColumnVisibilityState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react';
import { useRemembered } from '../remembered.ts';
import { DataRow, useLatestActions } from './data-row.tsx';
import classes from './data-table.module.css';
import { TableHead } from './table-head.tsx';
import type { DataTableProps } from './types.ts';
import { useCursor } from './use-cursor.ts';
import { useRows } from './use-rows.ts';

const rowHeight = 28;
const leastWidth = 48;
const usualSizes: ColumnSizingState = {};
const usualColumns: ColumnVisibilityState = {};
const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });

interface Slot<Row> {
  readonly index: number;
  readonly row: Row | undefined;
}

/**
 * A dense table that draws only the rows on screen, so that its size does not matter; rows may be loaded as they come
 * into view. Columns can be chosen, resized and sorted; the whole works with the keyboard.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { columns, rowId } = props;
  const { source, sort, setSort } = useRows(props);
  const scroller = useRef<HTMLDivElement>(null);
  const tableId = useId();
  const [index, setIndex] = useState(-1);
  const [sizes, setSizes] = useRemembered<ColumnSizingState>(`table.${props.id}.sizes`, usualSizes);
  const [visibility] = useColumnVisibility(props);
  const virtualizer = useVirtualizer({
    count: source.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onVisible } = source;
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);

  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Slot<Row>>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.title, size: column.width, minSize: leastWidth }),
    );
  }, [columns]);
  const slots = items.map((item): Slot<Row> => ({ index: item.index, row: source.at(item.index) }));
  const table = useTable({
    features,
    columns: definitions,
    data: slots,
    getRowId: (slot) => String(slot.index),
    columnResizeMode: 'onChange',
    state: { columnSizing: sizes, columnVisibility: visibility },
    onColumnSizingChange: (updater) => setSizes(typeof updater === 'function' ? updater(sizes) : updater),
  });
  const cells = new Map(columns.map((column) => [column.id, column]));
  const shown = useMemo(
    () =>
      columns
        .filter((column) => visibility[column.id] !== false)
        .map((column) => ({ column, width: Math.max(leastWidth, sizes[column.id] ?? column.width) })),
    [columns, visibility, sizes],
  );
  const pageSize = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
  const cursor = useCursor({
    props,
    source,
    index,
    setIndex,
    pageSize,
    scrollTo: (target) => virtualizer.scrollToIndex(target),
  });
  const actions = useLatestActions<Row>({ ...cursor, onOpen: props.onOpen });

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={source.count + 1}
        aria-colcount={shown.length}
        aria-multiselectable={props.onChecked !== undefined}
        aria-activedescendant={index >= first && index <= last ? `${tableId}-${index}` : undefined}
        aria-busy={cursor.reading > 0}
        onKeyDown={cursor.onKeyDown}
      >
        <div className={classes.grid} role="presentation">
          <TableHead
            table={table}
            columns={cells}
            sort={sort}
            onSort={setSort}
            withBoxes={props.onChecked !== undefined}
          />
          {source.count === 0 && <div className={classes.empty}>{props.empty ?? 'No rows.'}</div>}
          <div className={classes.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
            {slots.map((slot) => {
              const { row } = slot;
              const id = row === undefined ? null : rowId(row);
              const isActive = props.active === undefined ? slot.index === index : id !== null && id === props.active;
              return (
                <DataRow
                  key={slot.index}
                  domId={`${tableId}-${slot.index}`}
                  index={slot.index}
                  top={slot.index * rowHeight}
                  row={row}
                  columns={shown}
                  tone={row === undefined ? undefined : props.rowTone?.(row)}
                  withBox={props.onChecked !== undefined}
                  isChecked={id !== null && props.checked?.has(id) === true}
                  isActive={isActive}
                  actions={actions}
                />
              );
            })}
          </div>
        </div>
      </div>
      {cursor.reading > 0 && (
        <div className={classes.reading} role="status">
          Reading {cursor.reading.toLocaleString('en')} rows to select them…
        </div>
      )}
    </div>
  );
}

/** Which columns of a table are shown, remembered under the table's id. */
export function useColumnVisibility<Row>(
  props: Pick<DataTableProps<Row>, 'id' | 'columns'>,
): [ColumnVisibilityState, (id: string, shown: boolean) => void] {
  const [chosen, setChosen] = useRemembered<ColumnVisibilityState>(`table.${props.id}.columns`, usualColumns);
  const visibility = useMemo(
    () => ({ ...Object.fromEntries(props.columns.map((column) => [column.id, column.hidden !== true])), ...chosen }),
    [props.columns, chosen],
  );
  return [visibility, (id, shown) => setChosen({ ...chosen, [id]: shown })];
}
