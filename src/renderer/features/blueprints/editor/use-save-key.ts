import { useEffect } from 'react';

/** Ctrl+S saves, also out of a field, instead of the browser's own dialog. */
export function useSaveKey(saveNow: () => Promise<void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      void saveNow();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [saveNow]);
}
