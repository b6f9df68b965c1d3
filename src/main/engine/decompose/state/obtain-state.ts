import { readFile } from 'node:fs/promises';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { SplitStateSource } from '#shared/model/index.ts';
import type { CloudAccess, RootTool } from '../../ports/index.ts';
import { readState, type ReadState } from './state-file.ts';

/** A state with its checksum, and a way to read it once more. */
export interface ObtainedState {
  readonly read: ReadState;
  /** It as it is now. */
  readonly again: () => Promise<ReadState>;
  /** The tool's workspace it belongs to; null for the default one. */
  readonly workspace: string | null;
}

/** Reads a file with a state. Throws `not-found`, and `bad-input` for what is no state. */
export async function readStateFile(file: string): Promise<ReadState> {
  return readState(await readGiven(file), file);
}

async function readGiven(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', `The state ${file} cannot be read.`, { advice: 'Check the path.', cause });
  }
}

/**
 * Reads the state of a root: a file, or pulled by the tool as the root's code and selected workspace say. Null when
 * none is wanted. Throws `bad-input` for what is no state, and what the tool says where it has no access.
 */
export async function obtainState(
  source: SplitStateSource,
  {
    root,
    tool,
    access,
    signal,
  }: {
    readonly root: string;
    readonly tool: RootTool;
    readonly access: CloudAccess;
    readonly signal: AbortSignal;
  },
): Promise<ObtainedState | null> {
  const workspace = await tool.selectedWorkspace(root);
  switch (source.from) {
    case 'none':
      return null;
    case 'file': {
      const again = (): Promise<ReadState> => readStateFile(source.file);
      return { read: await again(), again, workspace };
    }
    case 'root': {
      const pull = async (): Promise<string> => {
        try {
          return await tool.pullState({ folder: root, access, workspace, isUsers: true, signal });
        } catch (error) {
          const { code, message, details } = toAppError(error);
          if (signal.aborted || code !== 'tool-failed') throw error;
          throw new AppError('tool-failed', `The state of ${root} cannot be pulled: ${message}`, {
            advice: 'Run init in the root, sign in to where its state lies, or give the state as a file.',
            details,
            cause: error,
          });
        }
      };
      const again = async (): Promise<ReadState> => readState(await pull(), `the state of ${root}`);
      return { read: await again(), again, workspace };
    }
  }
}
