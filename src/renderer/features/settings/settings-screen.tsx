import type { ReactElement } from 'react';
import { EmptyState, Screen } from '../../ui/index.ts';

export function SettingsScreen(): ReactElement {
  return (
    <Screen title="Settings">
      <EmptyState title="Settings" />
    </Screen>
  );
}
