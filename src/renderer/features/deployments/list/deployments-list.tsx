import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Rocket } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Deployment } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  actorText,
  Button,
  DataTable,
  durationText,
  EmptyState,
  RelativeTime,
  Screen,
  type DataColumn,
} from '../../../ui/index.ts';
import { blueprintColumn, stateColumn } from '../columns.tsx';
import { isMoving } from '../state-look.ts';

const columns: readonly DataColumn<Deployment>[] = [
  {
    id: 'environment',
    title: 'Environment',
    width: 180,
    sortBy: (one) => one.environment,
    cell: (one) => (
      <Link to="/deployments/$id" params={{ id: one.id }}>
        {one.environment}
      </Link>
    ),
  },
  stateColumn,
  { id: 'kind', title: 'Kind', width: 90, sortBy: (one) => one.kind, cell: (one) => one.kind },
  blueprintColumn,
  {
    id: 'target',
    title: 'Target',
    width: 220,
    sortBy: (one) => `${one.target.account} ${one.target.region}`,
    cell: (one) => `${one.target.account} · ${one.target.region}`,
  },
  {
    id: 'proposed',
    title: 'Proposed',
    width: 220,
    sortBy: (one) => one.proposedAt,
    cell: (one) => (
      <>
        {`${actorText(one.proposedBy)}, `}
        <RelativeTime at={one.proposedAt} />
      </>
    ),
  },
  {
    id: 'took',
    title: 'Took',
    width: 90,
    align: 'end',
    sortBy: (one) => took(one),
    cell: (one) => {
      const milliseconds = took(one);
      return milliseconds === null ? '' : durationText(milliseconds);
    },
  },
];

function took(one: Deployment): number | null {
  return one.startedAt === null || one.finishedAt === null ? null : one.finishedAt - one.startedAt;
}

/** Running and past deployments, newest first. */
export function DeploymentsList(): ReactElement {
  const { api } = useEngine();
  const navigate = useNavigate();
  const deployments = useQuery(api.deployments.list.queryOptions({ input: {} }));
  const running = deployments.data?.filter((one) => isMoving(one.state)).length ?? 0;
  return (
    <Screen
      title="Deployments"
      state={deployments.data === undefined ? '' : `${deployments.data.length} in all, ${running} moving`}
    >
      <QueryView query={deployments} loading="Reading the journal" failed="The deployments could not be read">
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              title="Nothing was proposed yet"
              icon={<Rocket size={24} aria-hidden />}
              action={
                <Button component={Link} to="/catalog">
                  Open the catalog
                </Button>
              }
            >
              A deployment begins as a proposal: from the catalog, from the command line, or from an agent.
            </EmptyState>
          ) : (
            <DataTable
              id="deployments"
              label="Deployments"
              columns={columns}
              rows={all}
              rowId={(one) => one.id}
              onOpen={(one) => void navigate({ to: '/deployments/$id', params: { id: one.id } })}
            />
          )
        }
      </QueryView>
    </Screen>
  );
}
