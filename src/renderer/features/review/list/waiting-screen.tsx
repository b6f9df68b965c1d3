import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { actorText, Button, DataTable, EmptyState, RelativeTime, Screen, type DataColumn } from '../../../ui/index.ts';
import { blueprintColumn, stateColumn } from '../../deployments/index.ts';
import { pageStage } from '../facts/page-stage.ts';
import { countsOf, countsText, type ActionCount } from '../facts/plan-facts.ts';

function totalText(deployment: Deployment): string {
  const totals = new Map<ActionCount['action'], ActionCount>();
  for (const one of deployment.nodes.flatMap((node) => countsOf(node))) {
    const known = totals.get(one.action) ?? { ...one, count: 0 };
    const count = known.count === null || one.count === null ? null : known.count + one.count;
    totals.set(one.action, { ...one, count, atMost: known.atMost || one.atMost });
  }
  return countsText([...totals.values()]);
}

const columns: readonly DataColumn<Deployment>[] = [
  {
    id: 'environment',
    title: 'Environment',
    width: 160,
    sortBy: (one) => one.environment,
    cell: (one) => (
      <Link to="/review/$id" params={{ id: one.id }}>
        {one.environment}
      </Link>
    ),
  },
  blueprintColumn,
  { id: 'region', title: 'Region', width: 130, sortBy: (one) => one.target.region, cell: (one) => one.target.region },
  {
    id: 'account',
    title: 'Account',
    width: 120,
    sortBy: (one) => one.target.account,
    cell: (one) => <span className="gp-mono">{one.target.account}</span>,
  },
  stateColumn,
  { id: 'does', title: 'Does', width: 160, cell: totalText },
  {
    id: 'by',
    title: 'Proposed by',
    width: 160,
    sortBy: (one) => one.proposedBy.name,
    cell: (one) => actorText(one.proposedBy),
  },
  {
    id: 'at',
    title: 'Proposed',
    width: 120,
    sortBy: (one) => one.proposedAt,
    cell: (one) => <RelativeTime at={one.proposedAt} />,
  },
  { id: 'reason', title: 'Reason', width: 280, cell: (one) => one.reason },
];

/** Not approved, not given up: still planned, waiting, or stuck until somebody looks. */
function needsPerson({ state, approvedAt }: Deployment): boolean {
  const stage = pageStage(state, approvedAt !== null);
  return stage === 'planning' || stage === 'deciding' || state === 'NEEDS_REAPPROVAL';
}

/** Proposals that wait for a person. */
export function WaitingScreen(): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const waiting = useQuery({
    ...api.deployments.list.queryOptions({ input: {} }),
    select: (all: Deployment[]) => all.filter(needsPerson),
  });
  const count = waiting.data?.filter(
    ({ state }) => state === 'AWAITING_APPROVAL' || state === 'NEEDS_REAPPROVAL',
  ).length;
  return (
    <Screen
      title="Review"
      state={count === undefined ? '' : `${count} ${count === 1 ? 'waits' : 'wait'} for an approval`}
    >
      <QueryView query={waiting} loading="Reading the proposals" failed="The proposals could not be read">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              title="Nothing waits for an approval"
              icon={<ClipboardCheck size={24} aria-hidden />}
              action={<Button onClick={() => void navigate({ to: '/catalog' })}>Propose from the catalog</Button>}
            >
              Proposals of people and agents come here. You see exactly what one does, and approve or reject it once.
            </EmptyState>
          ) : (
            <DataTable
              id="review"
              label="Proposals"
              columns={columns}
              rows={rows}
              rowId={(one) => one.id}
              sort={{ by: 'at', descending: true }}
              onOpen={(one) => void navigate({ to: '/review/$id', params: { id: one.id } })}
            />
          )
        }
      </QueryView>
    </Screen>
  );
}
