import { FileUp } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import { Button } from '../../ui/index.ts';

export interface FileButtonProps {
  label: string;
  onFiles: (files: readonly File[]) => void;
  disabled?: boolean;
  variant?: 'default' | 'filled';
}

/** A button that lets a person choose files. */
export function FileButton({ disabled = false, label, onFiles, variant = 'default' }: FileButtonProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={variant}
        disabled={disabled}
        leftSection={<FileUp size={14} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file can be chosen again after it was mended.
          event.currentTarget.value = '';
          onFiles(files);
        }}
      />
    </>
  );
}
