import { useMemo, type ReactElement } from 'react';
import type { RunDifference } from '#shared/model/index.ts';
import { useEngine, type Engine } from '../../../../rpc/index.ts';
import { ActionSign, DataTable, FailedState, LoadingState, type DataColumn } from '../../../../ui/index.ts';
import { usePagedRows } from '../../use-paged-rows.ts';
import { actionOfChange, shortValue } from './difference-words.ts';

/** What is asked for, without the page. */
export type DifferenceFilter = Omit<Parameters<Engine['client']['runs']['differences']>[0], 'offset' | 'limit'>;

export interface DifferenceTableProps {
  filter: DifferenceFilter;
  nameOfScope: (id: string) => string;
  active: string | null;
  onActive: (difference: RunDifference) => void;
}

/** The resources that differ, page by page. */
export function DifferenceTable({ filter, nameOfScope, active, onActive }: DifferenceTableProps): ReactElement {
  const { api } = useEngine();
  const rows = usePagedRows<RunDifference>((page) =>
    api.runs.differences.queryOptions({ input: { ...filter, ...page } }),
  );
  const columns = useMemo(() => differenceColumns(nameOfScope), [nameOfScope]);
  if (rows.error !== null) {
    return <FailedState title="The differences could not be read" error={rows.error} onRetry={rows.retry} />;
  }
  if (rows.total === null) return <LoadingState what="Reading the differences" />;
  return (
    <DataTable
      id="estate.differences"
      label="Differences between the runs"
      columns={columns}
      rows={rows.source}
      rowId={(row) => row.id}
      active={active}
      onActive={onActive}
      empty="No resource differs in this selection."
    />
  );
}

function differenceColumns(nameOfScope: (id: string) => string): readonly DataColumn<RunDifference>[] {
  return [
    {
      id: 'change',
      title: 'Change',
      width: 110,
      cell: (row) => <ActionSign action={actionOfChange(row.change)} said={row.change} />,
    },
    { id: 'kind', title: 'Kind', width: 200, cell: (row) => row.kind },
    { id: 'name', title: 'Name', width: 220, cell: (row) => row.name },
    { id: 'scope', title: 'Account', width: 150, cell: (row) => nameOfScope(row.scopeId) },
    { id: 'region', title: 'Region', width: 120, cell: (row) => row.region },
    { id: 'what', title: 'What changed', width: 360, cell: whatChanged },
  ];
}

function whatChanged({ changes, unread }: RunDifference): string {
  if (unread) return 'Its body can not be read any more.';
  const [first, ...others] = changes;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `${first.path}: ${shortValue(first.before)} → ${shortValue(first.after)}${more}`;
}
