import { useLocation } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { DropTarget } from './drop-target.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { useImport } from './use-import.ts';

/** Over every screen of an open workspace: files may be dropped on it. The list of artifacts takes code instead. */
export function ImportLayer(): ReactElement {
  const importFiles = useImport();
  const isForCode = useLocation({ select: ({ pathname }) => pathname === '/artifacts' });
  return (
    <>
      {!isForCode && (
        <DropTarget onFiles={(files) => void importFiles(files)}>
          Exports of the clouds, Terraform and OpenTofu states and plans, archives of Groundplan
        </DropTarget>
      )}
      <ImportDialog />
      <ExportDialog />
    </>
  );
}
