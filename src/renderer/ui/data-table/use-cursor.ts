import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { DataTableProps, RowSource } from './types.ts';

interface CursorOptions<Row> {
  readonly props: DataTableProps<Row>;
  readonly source: RowSource<Row>;
  /** Position of the active row, or -1. */
  readonly index: number;
  readonly setIndex: (index: number) => void;
  readonly pageSize: number;
  readonly scrollTo: (index: number) => void;
}

export interface Cursor {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowClick: (index: number, event: MouseEvent) => void;
  readonly toggle: (index: number, extend: boolean) => void;
  /** How many rows are being read because they are to be checked; 0 when none are. */
  readonly reading: number;
}

/** Moving and checking by keyboard and mouse: arrows, page keys, Home, End, Space, Shift, Ctrl+A, Enter. */
export function useCursor<Row>(options: CursorOptions<Row>): Cursor {
  const { props, source } = options;
  const { onActive } = props;
  const anchor = useRef(0);
  /** A row that was gone to before it was loaded. */
  const awaited = useRef<number | null>(null);
  const [reading, setReading] = useState(0);
  const checked = props.checked ?? new Set<string>();

  useEffect(() => {
    const row = awaited.current === null ? undefined : source.at(awaited.current);
    if (row === undefined) return;
    awaited.current = null;
    onActive?.(row);
  }, [source, onActive]);

  function move(index: number): void {
    const next = Math.max(0, Math.min(source.count - 1, index));
    const row = source.at(next);
    options.setIndex(next);
    options.scrollTo(next);
    awaited.current = row === undefined ? next : null;
    if (row !== undefined) onActive?.(row);
  }

  function check(rows: readonly Row[]): void {
    const added = rows.filter((row) => !checked.has(props.rowId(row)));
    props.onChecked?.(new Set([...checked, ...added.map(props.rowId)]), added);
  }

  /** Checks every row from one to another, also those that are not loaded yet. */
  function checkBetween(one: number, other: number): void {
    const first = Math.max(0, Math.min(one, other));
    const last = Math.min(source.count - 1, Math.max(one, other));
    const there = Array.from({ length: last - first + 1 }, (_, offset) => source.at(first + offset));
    const loaded = there.filter((row) => row !== undefined);
    if (loaded.length === there.length || source.load === undefined) return check(loaded);
    setReading(there.length);
    void source
      .load(first, last)
      .then(check, () => undefined)
      .finally(() => setReading(0));
  }

  function toggle(index: number, extend: boolean): void {
    const row = source.at(index);
    if (row === undefined || props.onChecked === undefined) return;
    if (extend) checkBetween(anchor.current, index);
    else {
      const next = new Set(checked);
      const wasChecked = next.delete(props.rowId(row));
      if (!wasChecked) next.add(props.rowId(row));
      props.onChecked(next, wasChecked ? [] : [row]);
    }
    anchor.current = index;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const { index, pageSize } = options;
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + pageSize,
      PageUp: index - pageSize,
      Home: 0,
      End: source.count - 1,
    };
    const target = steps[event.key];
    if (target !== undefined) {
      move(target);
      if (event.shiftKey && props.onChecked !== undefined) checkBetween(Math.max(0, index), target);
    } else if (event.key === ' ') toggle(Math.max(0, index), event.shiftKey);
    else if (event.key === 'Enter') {
      const row = source.at(index);
      if (row !== undefined) (props.onOpen ?? onActive)?.(row);
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && props.onChecked !== undefined) {
      checkBetween(0, source.count - 1);
    } else return;
    event.preventDefault();
  }

  function onRowClick(index: number, event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(index, event.shiftKey);
    anchor.current = index;
    const row = source.at(index);
    options.setIndex(index);
    awaited.current = row === undefined ? index : null;
    if (row !== undefined) onActive?.(row);
  }

  return { onKeyDown, onRowClick, toggle, reading };
}
