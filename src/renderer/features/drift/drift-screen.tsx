import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** What moved since it was deployed. */
export function DriftScreen({ environment }: { environment: string | null }): ReactElement {
  return (
    <Screen title="Drift">
      <EmptyState title={environment ?? 'Drift'}>What moved since it was deployed.</EmptyState>
    </Screen>
  );
}
