import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** Imported infrastructure code with typed inputs and outputs. */
export function ArtifactsScreen({ name }: { name: string | null }): ReactElement {
  return (
    <Screen title="Artifacts">
      <EmptyState title={name ?? 'Artifacts'}>Imported infrastructure code with typed inputs and outputs.</EmptyState>
    </Screen>
  );
}
