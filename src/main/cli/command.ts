import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { AppError } from '#shared/errors/index.ts';
import { createWorkspaceFolder, workspacePaths } from '../engine/workspace/index.ts';
import { connect, type EngineClient, type EngineConnection } from './connection.ts';
import { watchForInterruption } from './interruption.ts';
import { createOutput, errorOf, exitCodeOf, printNotices, type Output } from './output.ts';

/** What a verb's action gets: the engine and a way to answer. */
export interface ActionContext {
  readonly client: EngineClient;
  readonly output: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The workspace's folder. */
  readonly workspace: string;
  /** True when the engine is another program's and goes on when this command ends. */
  readonly joined: boolean;
  /** Why the workspace could not be opened, where the verb works without one. */
  readonly unopened: AppError | null;
}

/**
 * What a verb needs: an `existing` workspace; a `new` one, made of a new or empty folder where there is none;
 * `none`; or one if it can be opened (`optional`).
 */
export type WorkspaceNeed = 'existing' | 'new' | 'none' | 'optional';

interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/** After Ctrl-C an action has this long to come to its own end, and all of it ends within two seconds. */
const actionGraceMs = 1200;
const closingGraceMs = 1800;

/** Runs a verb against the engine and ends the process with its exit code. The action's own code wins; none means 0. */
export async function runAction(
  command: Command,
  action: (context: ActionContext) => Promise<number | undefined>,
  need: WorkspaceNeed = 'existing',
): Promise<void> {
  const { workspace = '.', json = false }: GlobalOptions = command.optsWithGlobals();
  const interruption = watchForInterruption();
  // An engine in this process that waits for something outside must not let the process end under it.
  const awake = setInterval(() => undefined, 2 ** 30);
  const folder = path.resolve(workspace);
  const output = createOutput(json);
  let exitCode: number;
  let unmake: (() => Promise<void>) | null = null;
  try {
    if (need === 'new') unmake = await makeWorkspaceOfEmpty(folder);
    const { connection, unopened } = await interruption.patiently(reach(folder, need), actionGraceMs);
    try {
      const work = action({
        client: connection.client,
        output,
        signal: interruption.signal,
        workspace: folder,
        joined: connection.joined,
        unopened,
      });
      // Once the engine is gone or time is up nobody waits for the action any more.
      work.catch(() => undefined);
      exitCode = (await interruption.patiently(Promise.race([connection.lost, work]), actionGraceMs)) ?? 0;
    } finally {
      printNotices(connection.notices());
      await interruption.patiently(connection.close(), closingGraceMs);
    }
  } catch (thrown) {
    const error = errorOf(thrown);
    if (!interruption.unheard) output.fail(error);
    exitCode = exitCodeOf(error);
    // Wrong usage leaves nothing behind.
    if (exitCode === 2) await unmake?.();
  }
  clearInterval(awake);
  // The database can crash in its finalizers at natural exit: leave explicitly, once the output is written.
  await new Promise((resolve) => {
    process.stdout.write('', resolve);
  });
  process.exit(interruption.unheard ? 0 : exitCode);
}

interface Reached {
  readonly connection: EngineConnection;
  readonly unopened: AppError | null;
}

async function reach(folder: string, need: WorkspaceNeed): Promise<Reached> {
  switch (need) {
    case 'none':
      return { connection: await connect(null), unopened: null };
    case 'existing':
    case 'new':
      return { connection: await connect(folder), unopened: null };
    case 'optional':
      try {
        return { connection: await connect(folder), unopened: null };
      } catch (thrown) {
        return { connection: await connect(null), unopened: errorOf(thrown) };
      }
  }
}

/**
 * A first `discover` or `sample` needs no ceremony; a folder with other things in it is never taken over unasked.
 * Answers with what takes away again what was made, or null when nothing was.
 */
async function makeWorkspaceOfEmpty(folder: string): Promise<(() => Promise<void>) | null> {
  let isNew = false;
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    isNew = error.code === 'ENOENT';
    // Anything else is told by opening it, which knows what to say.
    return isNew ? [] : null;
  });
  if (entries?.length !== 0) return null;
  await createWorkspaceFolder(folder, path.basename(folder));
  return async () => {
    const { data, document } = workspacePaths(folder);
    await rm(data, { recursive: true, force: true });
    await rm(document, { force: true });
    // It stays when somebody has put something into it meanwhile.
    if (isNew) await rmdir(folder).catch(() => undefined);
  };
}
