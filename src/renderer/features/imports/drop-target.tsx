import { FileUp } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import classes from './imports.module.css';

/** True for what comes from a file manager, and not from within the page. */
function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

interface DropTargetProps {
  onFiles: (files: readonly File[]) => void;
  /** What may be dropped, in words. */
  children: string;
}

/** The whole window takes files that are dropped on it, and says so while they are held over it. */
export function DropTarget({ onFiles, children }: DropTargetProps): ReactElement | null {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Enter and leave are told of every element on the way.
    let depth = 0;
    const stop = new AbortController();
    const listen = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', take: (event: DragEvent) => void): void =>
      window.addEventListener(
        name,
        (event) => {
          if (!hasFiles(event)) return;
          // Otherwise the browser opens the file in place of the page.
          event.preventDefault();
          take(event);
        },
        { signal: stop.signal },
      );
    listen('dragenter', () => {
      depth += 1;
      setOver(true);
    });
    listen('dragover', () => undefined);
    listen('dragleave', () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    });
    listen('drop', (event) => {
      depth = 0;
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    });
    return () => stop.abort();
  }, [onFiles]);
  if (!over) return null;
  return (
    <div className={classes.drop} role="status">
      <FileUp size={24} aria-hidden />
      <strong>Drop to import</strong>
      <span>{children}</span>
    </div>
  );
}
