import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

/** Proposals that wait for an approval. */
export function ReviewScreen({ id }: { id: string | null }): ReactElement {
  return (
    <Screen title="Review">
      <EmptyState title={id ?? 'Review'}>Proposals that wait for an approval.</EmptyState>
    </Screen>
  );
}
