import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** Published versions, and who may deploy them. */
export function CatalogScreen({ name }: { name: string | null }): ReactElement {
  return (
    <Screen title="Catalog">
      <EmptyState title={name ?? 'Catalog'}>Published versions, and who may deploy them.</EmptyState>
    </Screen>
  );
}
