import type { ReactElement } from 'react';
import type { Comparison } from '#shared/model/index.ts';
import { DataTable, EmptyState, Stack, StatusBadge, Text, type DataColumn } from '../../../ui/index.ts';
import classes from '../patterns.module.css';

type LeftOut = Comparison['leftOut'][number];

/** What is not taken along, each with why, and what was noticed. Nothing is left out silently. */
export function LeftOutPane({ comparison }: { comparison: Comparison }): ReactElement {
  const { leftOut, problems } = comparison;
  if (leftOut.length === 0 && problems.length === 0) {
    return <EmptyState title="Nothing is left out">Every resource of the instances is part of the pattern.</EmptyState>;
  }
  return (
    <div className={classes.pane}>
      {problems.length > 0 && (
        <Stack gap={4} p={16}>
          {problems.map((problem) => (
            <Text key={`${problem.code} ${problem.message}`}>
              <StatusBadge
                tone={problem.severity === 'error' ? 'bad' : problem.severity === 'warning' ? 'attention' : 'info'}
              >
                {problem.severity}
              </StatusBadge>{' '}
              {problem.message} {problem.advice}
            </Text>
          ))}
        </Stack>
      )}
      <div className={classes.fill}>
        <DataTable
          id="patterns.left-out"
          label="Resources left out"
          columns={columns}
          rows={leftOut}
          rowId={(row) => `${row.instance} ${row.id}`}
          empty="No resource is left out."
        />
      </div>
    </div>
  );
}

const columns: readonly DataColumn<LeftOut>[] = [
  { id: 'instance', title: 'Instance', width: 110, cell: (row) => row.instance, sortBy: (row) => row.instance },
  { id: 'kind', title: 'Kind', width: 180, cell: (row) => row.kind, sortBy: (row) => row.kind },
  { id: 'name', title: 'Name', width: 200, cell: (row) => row.name, sortBy: (row) => row.name },
  {
    id: 'why',
    title: 'Why',
    width: 760,
    cell: (row) => <span title={row.why}>{row.why}</span>,
    sortBy: (row) => row.why,
  },
];
