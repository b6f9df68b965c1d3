import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** What was deployed and what runs now. */
export function DeploymentsScreen({ id }: { id: string | null }): ReactElement {
  return (
    <Screen title="Deployments">
      <EmptyState title={id ?? 'Deployments'}>What was deployed and what runs now.</EmptyState>
    </Screen>
  );
}
