import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
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
}

/** Moving and checking by keyboard and mouse: arrows, page keys, Home, End, Space, Shift, Ctrl+A, Enter. */
export function useCursor<Row>(options: CursorOptions<Row>): Cursor {
  const { props, source } = options;
  const anchor = useRef(0);
  const checked = props.checked ?? new Set<string>();

  function move(index: number): void {
    const next = Math.max(0, Math.min(source.count - 1, index));
    const row = source.at(next);
    options.setIndex(next);
    options.scrollTo(next);
    if (row !== undefined) props.onActive?.(row);
  }

  function idsBetween(one: number, other: number): string[] {
    const ids: string[] = [];
    for (let index = Math.min(one, other); index <= Math.max(one, other); index += 1) {
      const row = source.at(index);
      if (row !== undefined) ids.push(props.rowId(row));
    }
    return ids;
  }

  function toggle(index: number, extend: boolean): void {
    const row = source.at(index);
    if (row === undefined || props.onChecked === undefined) return;
    const next = new Set(checked);
    if (extend) for (const id of idsBetween(anchor.current, index)) next.add(id);
    else if (!next.delete(props.rowId(row))) next.add(props.rowId(row));
    anchor.current = index;
    props.onChecked(next);
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
      if (event.shiftKey && props.onChecked !== undefined) {
        props.onChecked(new Set([...checked, ...idsBetween(index < 0 ? 0 : index, Math.max(0, target))]));
      }
    } else if (event.key === ' ') toggle(Math.max(0, index), event.shiftKey);
    else if (event.key === 'Enter') {
      const row = source.at(index);
      if (row !== undefined) (props.onOpen ?? props.onActive)?.(row);
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && props.onChecked !== undefined) {
      props.onChecked(new Set([...checked, ...idsBetween(0, source.count - 1)]));
    } else return;
    event.preventDefault();
  }

  function onRowClick(index: number, event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(index, event.shiftKey);
    anchor.current = index;
    const row = source.at(index);
    options.setIndex(index);
    if (row !== undefined) props.onActive?.(row);
  }

  return { onKeyDown, onRowClick, toggle };
}
