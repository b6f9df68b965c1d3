import { access, constants, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isSeq } from 'yaml';
import { AppError } from '#shared/errors/index.ts';
import type { Connection, Notice } from '#shared/model/index.ts';
import type { Clock, EventSink, Processes, Workspace } from '../ports/index.ts';
import { loadWorkspaceDocument } from './document.ts';
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
  let document = await loadWorkspaceDocument(paths.document, paths.root);
  const notices = new Map<string, Notice>();
  // A newer version's files are read and left alone; what we keep for ourselves in .groundplan is ours to write.
  const readOnly =
    document.newer === null
      ? null
      : `groundplan.yaml has format ${document.newer}, which a newer Groundplan wrote. Update Groundplan to change it.`;
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
  await mkdir(paths.data, { recursive: true, mode: 0o700 });
  // The data folder ignores itself, whatever the user's own .gitignore says.
  await writeFile(path.join(paths.data, '.gitignore'), '*\n');
  const lock = await takeLock(paths.data, options.lock, options.processes);
  const workspace: Workspace = {
    paths,
    readOnly,
    assertWritable() {
      if (readOnly !== null) {
        throw new AppError('read-only', readOnly, { details: { path: paths.root } });
      }
    },
    document: () => document.value,
    connections: () => document.value.connections ?? [],
    async saveConnection(connection: Connection) {
      workspace.assertWritable();
      // Read again first: the file is the user's and may have changed under us.
      document = await loadWorkspaceDocument(paths.document, paths.root);
      const connections = [...(document.value.connections ?? [])];
      const index = connections.findIndex((known) => known.name === connection.name);
      const { yaml } = document;
      if (!isSeq(yaml.get('connections'))) yaml.set('connections', yaml.createNode([]));
      yaml.setIn(['connections', index === -1 ? connections.length : index], yaml.createNode(connection));
      await writeAtomically(paths.document, yaml.toString());
      document = await loadWorkspaceDocument(paths.document, paths.root);
      options.events.changed(['workspace', 'settings']);
      return document.value.connections ?? [];
    },
    notices: () => [...notices.values()],
    notify(notice) {
      notices.set(notice.id, { ...notice, at: options.clock.now() });
      options.events.changed(['workspace']);
    },
  };
  return { workspace, close: () => lock.release() };
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
    await writeAtomically(
      paths.document,
      `# A Groundplan workspace: keep this folder in git; .groundplan/ ignores itself.\ngroundplan: 1\nname: ${JSON.stringify(name)}\n`,
    );
  } catch (cause) {
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

async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
