import { FileUp } from 'lucide-react';
import { Button, type ButtonProps } from '@mantine/core';
import { useRef, type ReactElement } from 'react';

export interface FileButtonProps extends Pick<ButtonProps, 'disabled' | 'size' | 'variant'> {
  /** On the button. */
  label: string;
  /** Names what is chosen, such as “Files to import”. */
  what: string;
  onFiles: (files: readonly File[]) => void;
  /** Only one can be chosen. */
  single?: boolean;
}

/** A button that lets a person choose files. */
export function FileButton({
  label,
  what,
  onFiles,
  single = false,
  variant = 'default',
  ...rest
}: FileButtonProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        {...rest}
        variant={variant}
        leftSection={<FileUp size={14} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={!single}
        hidden
        aria-label={what}
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
