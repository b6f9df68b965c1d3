import type { ReactElement } from 'react';
import { DropTarget } from './drop-target.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { useImport } from './use-import.ts';

/** Over every screen of an open workspace: files may be dropped on it. */
export function ImportLayer(): ReactElement {
  const importFiles = useImport();
  return (
    <>
      <DropTarget onFiles={(files) => void importFiles(files)} />
      <ImportDialog />
      <ExportDialog />
    </>
  );
}
