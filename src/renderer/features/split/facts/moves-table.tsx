import type { ReactElement } from 'react';
import type { SplitMove, SplitProposal } from '#shared/model/index.ts';
import { DataTable, EmptyState, type DataColumn } from '../../../ui/index.ts';

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

/** Resources that were put elsewhere so that no parts need one another. */
export function MovesTable({ proposal }: { proposal: SplitProposal }): ReactElement {
  if (proposal.moves.length === 0) {
    return <EmptyState title="Nothing was moved">The parts need one another in one direction only.</EmptyState>;
  }
  return (
    <DataTable
      id="split-moves"
      label="Moved resources"
      columns={columns}
      rows={proposal.moves}
      rowId={(move) => move.address}
    />
  );
}
