import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

export function PatternsScreen(): ReactElement {
  return (
    <Screen title="Patterns">
      <EmptyState title="Patterns" />
    </Screen>
  );
}
