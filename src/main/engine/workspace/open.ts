import { statSync } from 'node:fs';
import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { Connection, Notice, WorkspaceDocument } from '#shared/model/index.ts';
import type { Clock, EventSink, Processes, Workspace, WorkspacePaths } from '../ports/index.ts';
import { editYaml, writeFileAtomically } from '../files/index.ts';
import { loadWorkspaceDocument, type LoadedDocument } from './document.ts';
import { takeLock, type LockRecord } from './lock.ts';
import { workspacePaths } from './paths.ts';

export interface OpenOptions {
  readonly root: string;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly processes: Pick<Processes, 'isAlive'>;
  readonly lock: LockRecord;
}

/** An open workspace and the way to close it. */
export interface OpenedWorkspace {
  readonly workspace: Workspace;
  close(): Promise<void>;
}

/**
 * Opens a folder as a workspace: reads `groundplan.yaml`, takes the lock and makes `.groundplan`.
 * One from a newer version opens read-only with the reason; throws `read-only` for a folder that cannot be written.
 */
export async function openWorkspace(options: OpenOptions): Promise<OpenedWorkspace> {
  const paths = workspacePaths(options.root);
  const notices = new Map<string, Notice>();
  const notify: Workspace['notify'] = (notice) => {
    notices.set(notice.id, { ...notice, at: options.clock.now() });
    options.events.changed(['workspace']);
  };
  const document = followDocument(paths, notify);
  if (!(await isWritable(paths.root))) {
    throw new AppError(
      'read-only',
      `The folder ${paths.root} cannot be written, and a workspace keeps its map and journal in it.`,
      {
        advice: 'Copy the workspace to a folder of your own and open it there.',
        details: { path: paths.root },
      },
    );
  }
  await makeDataFolder(paths);
  const lock = await takeLock(paths.data, options.lock, options.processes);
  const workspace: Workspace = {
    paths,
    get readOnly() {
      return readOnlyBecause(document.current());
    },
    assertWritable() {
      const { readOnly } = workspace;
      if (readOnly !== null) throw new AppError('read-only', readOnly, { details: { path: paths.root } });
    },
    document: () => document.current().value,
    connections: () => document.current().value.connections ?? [],
    async saveConnection(connection: Connection) {
      return changeConnections((known) => {
        const index = known.findIndex(({ name }) => name === connection.name);
        return index === -1 ? [...known, connection] : known.with(index, connection);
      });
    },
    async removeConnection(name: string) {
      return changeConnections((known) => {
        if (known.some((connection) => connection.name === name)) {
          return known.filter((connection) => connection.name !== name);
        }
        throw new AppError('not-found', `The workspace has no connection called ${name}.`, { details: { name } });
      });
    },
    async saveRetention({ runs, days }) {
      const history = { ...(runs === null ? {} : { runs }), ...(days === null ? {} : { days }) };
      await changeDocument(({ history: _before, ...rest }) =>
        runs === null && days === null ? rest : { ...rest, history },
      );
    },
    async saveSchedules(change) {
      await changeDocument(({ schedules = [], ...rest }) => {
        const changed = [...change(schedules)];
        return changed.length === 0 ? rest : { ...rest, schedules: changed };
      });
    },
    notices: () => [...notices.values()],
    notify,
    settle(id) {
      if (notices.delete(id)) options.events.changed(['workspace']);
    },
  };
  return { workspace, close: () => lock.release() };

  async function changeConnections(
    change: (known: readonly Connection[]) => readonly Connection[],
  ): Promise<readonly Connection[]> {
    const { connections = [] } = await changeDocument((document) => ({
      ...document,
      connections: [...change(document.connections ?? [])],
    }));
    return connections;
  }

  async function changeDocument(change: (known: WorkspaceDocument) => WorkspaceDocument): Promise<WorkspaceDocument> {
    workspace.assertWritable();
    // The file is the user's and may be wrong by now: then it is theirs to mend first, not ours to write over.
    const { text, value } = loadWorkspaceDocument(paths.document, paths.root);
    const changed = change(value);
    await writeFileAtomically(paths.document, editYaml(text, JSON.parse(JSON.stringify(changed)) as JsonObject));
    options.events.changed(['workspace', 'settings']);
    return changed;
  }
}

/** Makes `.groundplan`, which only the user can enter and which ignores itself, whatever their .gitignore says. */
export async function makeDataFolder(paths: WorkspacePaths): Promise<void> {
  await mkdir(paths.data, { recursive: true, mode: 0o700 });
  await writeFile(path.join(paths.data, '.gitignore'), '*\n');
}

/** A newer version's files are read and left alone; what we keep for ourselves in `.groundplan` is ours to write. */
function readOnlyBecause({ newer }: LoadedDocument): string | null {
  if (newer === null) return null;
  return `groundplan.yaml has format ${newer}, which a newer Groundplan wrote. Update Groundplan to change it.`;
}

/** Makes a workspace in a folder: the folder may be new, or hold anything but a `groundplan.yaml`. */
export async function createWorkspaceFolder(root: string, name: string): Promise<void> {
  const paths = workspacePaths(root);
  if (await exists(paths.document)) {
    throw new AppError('already-exists', `${paths.root} is a workspace already.`, {
      advice: 'Open it instead.',
      details: { path: paths.root },
    });
  }
  try {
    await mkdir(paths.root, { recursive: true });
    await writeFileAtomically(
      paths.document,
      `# A Groundplan workspace: keep this folder in git; .groundplan/ ignores itself.\ngroundplan: 1\nname: ${JSON.stringify(name)}\n`,
    );
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new AppError('bad-input', `${paths.root} cannot be a folder: a file is in its way.`, {
        advice: 'Choose another folder.',
        details: { path: paths.root },
        cause,
      });
    }
    throw new AppError('read-only', `The folder ${paths.root} cannot be written: ${(cause as Error).message}.`, {
      advice: 'Choose a folder of your own.',
      details: { path: paths.root },
      cause,
    });
  }
}

/** Tells whether a path is there. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/**
 * The document as it is on disk now: read again when the file has changed. One that cannot be read then is told, and
 * the last good one counts until it is mended. Throws like `loadWorkspaceDocument` when the first one is wrong.
 */
function followDocument(
  paths: WorkspacePaths,
  tell: (notice: Omit<Notice, 'at'>) => void,
): { current(): LoadedDocument } {
  let seen = stamp(paths.document);
  let loaded = loadWorkspaceDocument(paths.document, paths.root);
  return {
    current() {
      const now = stamp(paths.document);
      if (now === seen) return loaded;
      seen = now;
      try {
        loaded = loadWorkspaceDocument(paths.document, paths.root);
      } catch (thrown) {
        const { message } = toAppError(thrown);
        tell({
          id: 'workspace-document',
          severity: 'warning',
          title: 'groundplan.yaml cannot be read as it is now',
          detail: `${message} Until it is mended, what it said before counts.`,
        });
      }
      return loaded;
    },
  };
}

/** Another text for another content of the file, as far as its size and time tell. */
function stamp(file: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  return status === undefined ? '' : `${status.mtimeMs} ${status.size} ${status.ino}`;
}
