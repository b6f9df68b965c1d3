import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { targetWords } from '#shared/model/index.ts';
import { QueryView } from '../../rpc/index.ts';
import { actorText, KeyValues, RelativeTime, Screen, ShortId, StatusBadge } from '../../ui/index.ts';
import { DeploymentRun } from './run/deployment-run.tsx';
import { RunActions } from './run/run-actions.tsx';
import { useLiveDeployment } from './run/use-live-deployment.ts';
import { deploymentLook } from './state-look.ts';

/** One deployment: who, what, where, and the run. */
export function DeploymentDetail({ id }: { id: string }): ReactElement {
  const { query, deployment } = useLiveDeployment(id);
  return (
    <QueryView query={query} loading="Reading the deployment" failed="The deployment could not be read">
      {(read) => {
        const one = deployment ?? read;
        const look = deploymentLook(one.state);
        return (
          <Screen
            title={`${one.environment}: ${one.blueprint} ${one.version}`}
            state={<StatusBadge tone={look.tone}>{look.text}</StatusBadge>}
            actions={<RunActions deployment={one} />}
            padded
          >
            <KeyValues
              entries={[
                ['Target', `${targetWords[one.target.cloud].account} ${one.target.account}, ${one.target.region}`],
                ['Proposed by', actorText(one.proposedBy)],
                ['Why', one.reason === '' ? 'no reason given' : one.reason],
                ['Approved by', one.approvedBy === null ? 'nobody yet' : actorText(one.approvedBy)],
                ['Proposed', <RelativeTime key="proposed" at={one.proposedAt} />],
                ['Id', <ShortId key="id" id={one.id} />],
                [
                  'Review',
                  <Link key="review" to="/review/$id" params={{ id }}>
                    what was shown before it was approved
                  </Link>,
                ],
              ]}
            />
            <DeploymentRun deployment={one} />
          </Screen>
        );
      }}
    </QueryView>
  );
}
