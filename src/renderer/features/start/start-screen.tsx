import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

export function StartScreen(): ReactElement {
  return (
    <Screen title="Start">
      <EmptyState title="Start" />
    </Screen>
  );
}
