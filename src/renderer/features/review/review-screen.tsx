import type { ReactElement } from 'react';
import { WaitingScreen } from './list/waiting-screen.tsx';
import { DeploymentPage } from './page/deployment-page.tsx';

/** Proposals that wait for an approval, and the one page of each. */
export function ReviewScreen({ id }: { id: string | null }): ReactElement {
  return id === null ? <WaitingScreen /> : <DeploymentPage key={id} id={id} />;
}
