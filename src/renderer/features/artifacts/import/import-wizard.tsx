import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useEngine } from '../../../rpc/index.ts';
import { Modal } from '../../../ui/index.ts';
import { ChoosePaths } from './choose-paths.tsx';
import type { DroppedCode } from './dropped-code.ts';
import { ImportResult } from './import-result.tsx';
import { LookThrough } from './look-through.tsx';
import { runImport, type ChosenPiece, type ImportProgress } from './run-import.ts';

interface ImportWizardProps {
  dropped: DroppedCode;
  onClose: () => void;
}

/** Imports code in three steps: where it lies, what was found and is corrected, what came of it. */
export function ImportWizard({ dropped, onClose }: ImportWizardProps): ReactElement {
  const { client } = useEngine();
  const [paths, setPaths] = useState<readonly string[] | null>(dropped.paths.length === 0 ? null : dropped.paths);
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const running = useRef<AbortController | null>(null);
  // What was begun ends with the dialog; pieces that are imported already stay.
  useEffect(() => () => running.current?.abort(), []);

  function begin(pieces: readonly ChosenPiece[]): void {
    const controller = new AbortController();
    running.current = controller;
    void runImport(client, pieces, { signal: controller.signal, onProgress: setProgress });
  }

  const title = progress !== null ? 'Import' : paths === null ? 'Import artifacts' : 'What was found';
  return (
    <Modal opened onClose={onClose} title={title} size={paths === null ? 'lg' : 'min(1000px, 94vw)'}>
      {progress !== null ? (
        <ImportResult
          progress={progress}
          onCancel={() => running.current?.abort()}
          onMore={() => {
            setPaths(null);
            setProgress(null);
          }}
          onClose={onClose}
        />
      ) : paths === null ? (
        <ChoosePaths dropped={dropped} onPaths={setPaths} onClose={onClose} />
      ) : (
        <LookThrough paths={paths} onBack={() => setPaths(null)} onImport={begin} />
      )}
    </Modal>
  );
}
