import { FileDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/index.ts';
import { useImportStore } from './import-store.ts';

/** Opens the dialog in which the estate is saved as a file: as it stood after a run, or now. */
export function ExportButton({ asOf }: { asOf: number | null }): ReactElement {
  const opened = useImportStore((state) => state.exportOpened);
  return (
    <Button variant="default" leftSection={<FileDown size={14} aria-hidden />} onClick={() => opened(asOf)}>
      Export…
    </Button>
  );
}
