import { useMemo } from 'react';
import { useRemembered } from '../remembered.ts';
import type { DataColumn, DataTableProps, RowSource, TableSort } from './types.ts';

/** Compares for a table column: numbers by size, texts as people sort them, empty last. */
export function compareValues(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true });
}

function sortRows<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[], sort: TableSort): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort.by)?.sortBy;
  if (sortBy === undefined) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((one, other) => sign * compareValues(sortBy(one), sortBy(other)));
}

function isArray<Row>(rows: readonly Row[] | RowSource<Row>): rows is readonly Row[] {
  return Array.isArray(rows);
}

/** The rows of a table by position, sorted by the table itself where nobody else sorts them. */
export function useRows<Row>(props: DataTableProps<Row>): {
  source: RowSource<Row>;
  sort: TableSort | undefined;
  setSort: (sort: TableSort) => void;
} {
  const { rows, columns } = props;
  const [ownSort, setOwnSort] = useRemembered<TableSort | null>(`table.${props.id}.sort`, props.sort ?? null);
  const sort = props.onSort === undefined ? (ownSort ?? undefined) : props.sort;
  const source = useMemo<RowSource<Row>>(() => {
    if (!isArray(rows)) return rows;
    const sorted = sort === undefined ? rows : sortRows(rows, columns, sort);
    return { count: sorted.length, at: (index) => sorted[index] };
  }, [rows, columns, sort]);
  return { source, sort, setSort: props.onSort ?? setOwnSort };
}
