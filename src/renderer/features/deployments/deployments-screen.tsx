import type { ReactElement } from 'react';
import { DeploymentDetail } from './deployment-detail.tsx';
import { DeploymentsList } from './list/deployments-list.tsx';

/** Running and past deployments, or one of them. */
export function DeploymentsScreen({ id }: { id: string | null }): ReactElement {
  return id === null ? <DeploymentsList /> : <DeploymentDetail key={id} id={id} />;
}
