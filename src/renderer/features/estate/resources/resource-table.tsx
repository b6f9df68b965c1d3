import type { ReactElement } from 'react';
import type { EstateFilter } from '#shared/model/index.ts';
import {
  Button,
  DataTable,
  EmptyState,
  FailedState,
  LoadingState,
  useRemembered,
  type TableSort,
} from '../../../ui/index.ts';
import classes from '../estate.module.css';
import { useSelectionStore } from '../selection-store.ts';
import { resourceColumns, searchColumns } from './resource-columns.tsx';
import { useEstateRows } from './use-estate-rows.ts';

export interface ResourceTableProps {
  /** As the engine is asked. */
  filter: EstateFilter;
  selected: string | null;
  onSelect: (id: string) => void;
  onClearFilter: (() => void) | null;
}

/** The resources under the filter. */
export function ResourceTable({ filter, selected, onSelect, onClearFilter }: ResourceTableProps): ReactElement {
  const [sort, setSort] = useRemembered<TableSort>('estate.sort', { by: 'kind', descending: false });
  const rows = useEstateRows(filter, sort);
  const picked = useSelectionStore((state) => state.picked);
  const pickedRows = useSelectionStore((state) => state.pickedRows);
  const keptOnly = useSelectionStore((state) => state.keptOnly);
  if (rows.error !== null) {
    return <FailedState title="The estate could not be read" error={rows.error} onRetry={rows.retry} />;
  }
  if (rows.total === null) return <LoadingState what="Reading the resources" />;

  const table = (
    <DataTable
      id="estate"
      label="Resources"
      columns={filter.text === '' ? resourceColumns : searchColumns}
      rowId={(row) => row.id}
      rows={rows.source}
      sort={sort}
      onSort={setSort}
      active={selected}
      onActive={(row) => onSelect(row.id)}
      checked={new Set(picked.keys())}
      onChecked={(ids, added) => {
        keptOnly(ids);
        pickedRows(added);
      }}
      rowTone={(row) => (row.stale ? 'faded' : row.isStub ? 'outlined' : undefined)}
      empty={
        <EmptyState
          title="No resource matches"
          action={
            onClearFilter === null ? undefined : (
              <Button variant="default" onClick={onClearFilter}>
                Show all
              </Button>
            )
          }
        >
          Where something could not be read, Coverage names it: no row does not mean that there is nothing.
        </EmptyState>
      }
    />
  );
  if (onClearFilter === null) return table;
  return (
    <div className={classes.pane}>
      <p className={classes.found} role="status">
        {rows.total === 1 ? '1 resource matches' : `${rows.total.toLocaleString('en')} resources match`}
      </p>
      <div className={classes.fill}>{table}</div>
    </div>
  );
}
