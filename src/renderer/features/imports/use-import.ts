import { useCallback } from 'react';
import { errorOf, useEngine } from '../../rpc/index.ts';
import { useImportStore } from './import-store.ts';
import { sendFiles } from './send-files.ts';

/** Sends chosen files and starts their import. Files that come while others are under way are not taken. */
export function useImport(): (files: readonly File[]) => Promise<void> {
  const { client } = useEngine();
  return useCallback(
    async (files) => {
      const { import: now, moved } = useImportStore.getState();
      if (files.length === 0 || now.stage === 'sending') return;
      const stop = new AbortController();
      const total = files.reduce((sum, file) => sum + file.size, 0);
      const cancel = (): void => stop.abort();
      moved({ stage: 'sending', progress: { file: files[0]?.name ?? '', sent: 0, total }, cancel });
      try {
        const run = await sendFiles(client, files, {
          signal: stop.signal,
          onProgress: (progress) => moved({ stage: 'sending', progress, cancel }),
        });
        moved({ stage: 'reading', run });
      } catch (error) {
        moved(stop.signal.aborted ? { stage: 'closed' } : { stage: 'failed', error: errorOf(error) });
      }
    },
    [client],
  );
}
