import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { connect, type EngineClient } from './connection.ts';
import { createWorkspaceFolder } from '../engine/workspace/index.ts';
import { createOutput, errorOf, exitCodeOf, printError, type Output } from './output.ts';

/** What a verb's action gets: the engine and a way to answer. */
export interface ActionContext {
  readonly client: EngineClient;
  readonly output: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The workspace's folder. */
  readonly workspace: string;
}

interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
}

/**
 * Runs a verb against the engine and ends with its exit code. Commander's options of the verb stand in `command.opts()`.
 * `withoutWorkspace` starts an engine that opens none; `makesWorkspace` makes a new or empty folder a workspace first.
 */
export async function runAction(
  command: Command,
  action: (context: ActionContext) => Promise<void | number>,
  options: { readonly withoutWorkspace?: boolean; readonly makesWorkspace?: boolean } = {},
): Promise<void> {
  const { workspace = process.cwd(), json = false }: GlobalOptions = command.optsWithGlobals();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  let exitCode = 0;
  try {
    if (options.makesWorkspace === true) await makeWorkspaceOfEmpty(path.resolve(workspace));
    const connection = await connect(options.withoutWorkspace === true ? null : path.resolve(workspace));
    try {
      const output = createOutput(json);
      const code = await action({
        client: connection.client,
        output,
        signal: stop.signal,
        workspace: path.resolve(workspace),
      });
      exitCode = code ?? 0;
    } finally {
      await connection.close();
    }
  } catch (thrown) {
    const error = errorOf(thrown);
    printError(error, json);
    exitCode = exitCodeOf(error);
  }
  // The database can crash in its finalizers at natural exit: leave explicitly, once the output is written.
  await new Promise((resolve) => {
    process.stdout.write('', resolve);
  });
  process.exit(exitCode);
}

/** Collects a repeatable option. */
export function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

/** A first `discover` or `sample` needs no ceremony; a folder with other things in it is never taken over unasked. */
async function makeWorkspaceOfEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.length === 0) await createWorkspaceFolder(folder, path.basename(folder));
}
