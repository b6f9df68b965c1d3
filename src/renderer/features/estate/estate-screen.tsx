import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

export function EstateScreen(): ReactElement {
  return (
    <Screen title="Estate">
      <EmptyState title="Estate" />
    </Screen>
  );
}
