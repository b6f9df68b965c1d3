import type { ReactElement } from 'react';
import { useCanvas } from '../../../canvas/index.ts';
import { Button, StatusBadge } from '../../../ui/index.ts';

/** Whether what is seen is on disk. */
export function SaveStatus({ onSave }: { onSave: () => void }): ReactElement {
  const save = useCanvas((state) => state.save);
  const waits = useCanvas((state) => state.conflict !== null);
  if (waits) return <StatusBadge tone="attention">not saved: choose between both changes</StatusBadge>;
  switch (save.phase) {
    case 'saved':
      return <StatusBadge tone="good">saved</StatusBadge>;
    case 'saving':
      return <StatusBadge tone="info">saving</StatusBadge>;
    case 'unsaved':
      return <StatusBadge tone="neutral">unsaved</StatusBadge>;
    case 'failed':
      return (
        <span role="alert">
          <StatusBadge tone="bad">{`not saved: ${save.error.message}`}</StatusBadge>{' '}
          {save.error.advice !== null && <span>{save.error.advice} </span>}
          <Button size="compact-xs" variant="default" onClick={onSave}>
            Save again
          </Button>
        </span>
      );
  }
}
