import type { ReactElement } from 'react';
import type { SplitProposal, SplitReach } from '#shared/model/index.ts';
import { DataTable, Stack, Text, type DataColumn } from '../../../ui/index.ts';
import classes from '../split.module.css';

const columns: readonly DataColumn<SplitReach>[] = [
  { id: 'group', title: 'A change to', width: 180, sortBy: (one) => one.group, cell: (one) => one.group },
  {
    id: 'before',
    title: 'Reaches before',
    width: 120,
    align: 'end',
    sortBy: (one) => one.before,
    cell: (one) => one.before,
  },
  {
    id: 'after',
    title: 'Reaches after',
    width: 120,
    align: 'end',
    sortBy: (one) => one.after,
    cell: (one) => one.after,
  },
  {
    id: 'share',
    title: 'Of all resources',
    width: 200,
    cell: (one) => (
      <span className={classes.meter} role="img" aria-label={`${one.after} of ${one.before} resources`}>
        <span style={{ width: `${(100 * one.after) / Math.max(1, one.before)}%` }} />
      </span>
    ),
  },
  { id: 'groups', title: 'Parts', width: 480, cell: (one) => one.groups.join(', ') },
];

/** How many resources a change to one part's code can touch, in the root as it is and in the parts. */
export function ReachTable({ proposal }: { proposal: SplitProposal }): ReactElement {
  const { reach } = proposal;
  const mean = reach.length === 0 ? 0 : reach.reduce((sum, { after }) => sum + after, 0) / reach.length;
  return (
    <Stack gap={4} className={classes.fill}>
      <Text className={classes.line}>
        In the root every change is planned against all {proposal.members.length} resources; in the parts against{' '}
        {Math.round(mean)} on average.
      </Text>
      <div className={classes.fill}>
        <DataTable
          id="split-reach"
          label="Reach of a change"
          columns={columns}
          rows={reach}
          rowId={(one) => one.group}
        />
      </div>
    </Stack>
  );
}
