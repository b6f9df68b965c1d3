import type { ReactElement } from 'react';
import type { SplitInterface, SplitProposal } from '#shared/model/index.ts';
import { DataTable, EmptyState, StatusBadge, type DataColumn } from '../../../ui/index.ts';

const columns: readonly DataColumn<SplitInterface>[] = [
  { id: 'output', title: 'Output', width: 260, sortBy: (one) => one.output, cell: (one) => one.output },
  { id: 'consumer', title: 'Taken by', width: 160, sortBy: (one) => one.consumer, cell: (one) => one.consumer },
  {
    id: 'value',
    title: 'Value',
    width: 320,
    cell: (one) => (
      <span className="gp-mono">{`${one.address}${one.attribute === null ? '' : `.${one.attribute}`}`}</span>
    ),
  },
  { id: 'type', title: 'Type', width: 140, sortBy: (one) => one.type, cell: (one) => one.type },
  {
    id: 'typeFrom',
    title: 'Type known from',
    width: 260,
    sortBy: (one) => one.typeFrom ?? '',
    cell: (one) => one.typeFrom ?? 'not known: taken as it comes',
  },
  {
    id: 'references',
    title: 'References',
    width: 90,
    align: 'end',
    sortBy: (one) => one.references,
    cell: (one) => one.references,
  },
  {
    id: 'sensitive',
    title: 'Secret',
    width: 300,
    sortBy: (one) => (one.sensitive ? 0 : 1),
    cell: (one) =>
      one.sensitive ? (
        <>
          <StatusBadge tone="attention">secret</StatusBadge> {one.sensitiveBecause}
        </>
      ) : (
        ''
      ),
  },
];

/** Every value that crosses between parts. */
export function InterfacesTable({ proposal }: { proposal: SplitProposal }): ReactElement {
  if (proposal.interfaces.length === 0) {
    return <EmptyState title="Nothing crosses">The parts need nothing of one another.</EmptyState>;
  }
  return (
    <DataTable
      id="split-interfaces"
      label="Interfaces between parts"
      columns={columns}
      rows={proposal.interfaces}
      rowId={(one) => `${one.output} ${one.consumer}`}
    />
  );
}
