import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { writeFileAtomically, writeFolderAtomically } from '#engine/files/index.ts';
import type { CloudAccess, RootTool, WritableWorkspace } from '../../ports/index.ts';
import { statePath } from '../../workspace/index.ts';
import { backendOf } from '../emit/backend.ts';
import type { EmittedPart } from '../emit/emit-split.ts';
import type { Split } from '../proposal/decide.ts';
import { readState, stateText, type StateFile } from '../state/state-file.ts';
import { emptied } from '../state/way-back.ts';

/** Where a state lies: it is read, put, and emptied again. */
export interface StatePlace {
  readonly name: string;
  /** In words, for a person: the backend, or a file. */
  readonly where: string;
  /** What is there now; null for nothing. */
  read(): Promise<StateFile | null>;
  /** Puts a state there. A backend refuses it when somebody wrote a newer one, or has a lock that we do not hold. */
  put(state: StateFile, lock?: 'take' | 'held'): Promise<void>;
  /** Leaves nothing there that could be planned with. */
  clear(): Promise<void>;
}

export interface PlaceOptions {
  readonly tool: RootTool;
  readonly access: CloudAccess;
  readonly workspace: string | null;
  /** A folder of our own for what is handed to the tool; the caller removes it. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/** The state that the code in a folder names, over the tool: under its lock, and only over what it follows. */
export function toolPlace(
  {
    name,
    where,
    folder,
    isUsers = false,
  }: { readonly name: string; readonly where: string; readonly folder: string; readonly isUsers?: boolean },
  { tool, access, workspace, scratch, signal }: PlaceOptions,
): StatePlace {
  const run = { folder, access, workspace, isUsers, signal };
  const read = async (): Promise<StateFile | null> => {
    const text = await tool.pullState(run);
    return text.trim() === '' ? null : readState(text, `the state of ${name}`).file;
  };
  const put = async (state: StateFile, lock: 'take' | 'held' = 'take'): Promise<void> => {
    const file = path.join(scratch, `${name}.tfstate`);
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    await writeFile(file, stateText(state), { mode: 0o600 });
    await tool.pushState({ ...run, file, lock });
  };
  return {
    name,
    where,
    read,
    put,
    async clear() {
      const there = await read();
      if (there !== null && there.resources.length > 0) await put(emptied(there));
    },
  };
}

/** A state that the engine keeps for an environment's node. */
function filePlace(name: string, file: string): StatePlace {
  return {
    name,
    where: file,
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      return text.trim() === '' ? null : readState(text, file).file;
    },
    async put(state) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFileAtomically(file, stateText(state), { mode: 0o600 });
    },
    clear: () => rm(file, { force: true }),
  };
}

/**
 * Where the states of the parts go: into the backend the root's code names, under keys of their own; or, where that is
 * a local file or none is named, to where the engine keeps the states of the environment. Throws `bad-input` when there
 * is no environment for that.
 */
export async function placesOf(
  split: Split,
  of: {
    readonly parts: readonly EmittedPart[];
    readonly environment: string | null;
    readonly target: Pick<WritableWorkspace, 'paths'>;
  },
  options: PlaceOptions,
): Promise<readonly StatePlace[]> {
  const backend = backendOf(split.analysis.source.files);
  if (backend === null || backend.type === 'local') {
    const { environment, target } = of;
    if (environment === null) {
      throw new AppError('bad-input', 'Nothing says where the states of the parts are to lie.', {
        advice:
          'The root names no backend: write the parts with the account and region they run in, so that there is an environment that keeps their states.',
      });
    }
    return of.parts.map(({ name }) => filePlace(name, statePath(target.paths, environment, name)));
  }
  const places: StatePlace[] = [];
  for (const { name, content } of of.parts) {
    const folder = path.join(options.scratch, 'parts', name);
    await writeFolderAtomically(folder, content, { replace: false });
    await options.tool.initialize({ ...options, folder });
    places.push(toolPlace({ name, where: `${backend.type} backend, key of ${name}`, folder }, options));
  }
  return places;
}
