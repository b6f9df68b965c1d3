import { FileDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/index.ts';
import { useImportStore } from './import-store.ts';

/** Opens the dialog in which the estate is saved as a file. */
export function ExportButton(): ReactElement {
  const opened = useImportStore((state) => state.exportOpened);
  return (
    <Button variant="default" leftSection={<FileDown size={14} aria-hidden />} onClick={opened}>
      Export…
    </Button>
  );
}
