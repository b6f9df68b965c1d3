import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** Drafts, and the canvas on which they are edited. */
export function BlueprintsScreen({ name }: { name: string | null }): ReactElement {
  return (
    <Screen title="Blueprints">
      <EmptyState title={name ?? 'Blueprints'}>Drafts, and the canvas on which they are edited.</EmptyState>
    </Screen>
  );
}
