import type { ReactElement } from 'react';
import type { SplitMove, SplitProposal } from '#shared/model/index.ts';
import { DataTable, EmptyState, Stack, Text, type DataColumn } from '../../../ui/index.ts';
import classes from '../split.module.css';

const columns: readonly DataColumn<SplitMove>[] = [
  {
    id: 'address',
    title: 'Resource',
    width: 320,
    sortBy: (move) => move.address,
    cell: (move) => <span className="gp-mono">{move.address}</span>,
  },
  { id: 'from', title: 'From', width: 150, sortBy: (move) => move.from, cell: (move) => move.from },
  { id: 'to', title: 'To', width: 150, sortBy: (move) => move.to, cell: (move) => move.to },
  { id: 'why', title: 'Why', width: 480, cell: (move) => move.why },
];

/** Resources that were put elsewhere so that no parts need one another, and how many were grouped so from the start. */
export function MovesTable({ proposal }: { proposal: SplitProposal }): ReactElement {
  const { moves, bound } = proposal;
  return (
    <Stack gap={4} className={classes.fill}>
      {bound.length > 0 && (
        <Text className={classes.line}>
          {bound.length} more were grouped with what they need rather than with what they resemble, since the parts
          would need one another in too many places otherwise: {bound.map(({ address }) => address).join(', ')}.
        </Text>
      )}
      {moves.length === 0 ? (
        <EmptyState title="Nothing was moved">The parts need one another in one direction only.</EmptyState>
      ) : (
        <div className={classes.fill}>
          <DataTable
            id="split-moves"
            label="Moved resources"
            columns={columns}
            rows={moves}
            rowId={(move) => move.address}
          />
        </div>
      )}
    </Stack>
  );
}
