import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Call, EventSink, Workspace } from '#engine/ports/index.ts';
import { workspacePaths } from '#engine/workspace/index.ts';

/** A workspace folder on disk without an engine around it, removed when it goes out of use. */
export interface TestWorkspace extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly root: string;
  readonly changed: string[][];
  readonly events: EventSink;
  readonly call: Call;
  write(file: string, text: string): Promise<void>;
}

/** Makes an empty workspace in a temporary folder. */
export async function makeWorkspace(options: { readonly readOnly?: string } = {}): Promise<TestWorkspace> {
  const root = await mkdtemp(path.join(tmpdir(), 'groundplan-workspace-'));
  const changed: string[][] = [];
  const { readOnly = null } = options;
  return {
    root,
    changed,
    workspace: {
      paths: workspacePaths(root),
      readOnly,
      assertWritable() {
        if (readOnly !== null) throw new AppError('read-only', readOnly);
      },
      document: () => ({ groundplan: 1, name: 'test' }),
      connections: () => [],
      saveConnection: () => Promise.resolve([]),
      removeConnection: () => Promise.resolve([]),
      saveRetention: () => Promise.resolve(),
      saveSchedules: () => Promise.resolve(),
      notices: () => [],
      notify: () => undefined,
      settle: () => undefined,
    },
    events: { changed: (topics) => changed.push([...topics]) },
    call: { signal: new AbortController().signal, actor: { kind: 'person', name: 'ada' } },
    async write(file, text) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
