import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createArtifactsService, createArtifactStore, type ReadingAids } from '#engine/artifacts/index.ts';
import type { ArtifactsService } from '#engine/ports/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';

/** A workspace with its service for artifacts, and a folder elsewhere that holds code to import. */
export interface CodeToImport extends AsyncDisposable {
  readonly test: TestWorkspace;
  readonly elsewhere: string;
  readonly artifacts: ArtifactsService;
  /** Writes files into the folder elsewhere. */
  readonly code: (files: Readonly<Record<string, string>>) => Promise<void>;
}

/** Makes both, empty; `aids` says what helps to read the code. */
export async function makeCodeToImport(aids?: (test: TestWorkspace) => ReadingAids): Promise<CodeToImport> {
  const test = await makeWorkspace();
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'groundplan-code-'));
  const store = createArtifactStore(test.workspace, aids?.(test));
  return {
    test,
    elsewhere,
    artifacts: createArtifactsService({ ...test, store }),
    async code(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(path.dirname(path.join(elsewhere, name)), { recursive: true });
        await writeFile(path.join(elsewhere, name), text);
      }
    },
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]();
      await rm(elsewhere, { recursive: true, force: true });
    },
  };
}
