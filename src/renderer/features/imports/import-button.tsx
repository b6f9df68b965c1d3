import { FileUp } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/index.ts';
import { useImportStore } from './import-store.ts';

/** Opens the dialog in which files are chosen. */
export function ImportButton({ disabled = false }: { disabled?: boolean }): ReactElement {
  const moved = useImportStore((state) => state.moved);
  return (
    <Button
      variant="default"
      disabled={disabled}
      leftSection={<FileUp size={14} aria-hidden />}
      onClick={() => moved({ stage: 'choosing' })}
    >
      Import files…
    </Button>
  );
}
