import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, fromWireError } from '#shared/errors/index.ts';
import type { ChildResult, Processes, ProgramCommand } from '#engine/ports/index.ts';
import { apartPrefix, type BuildApart } from '../kuzu/index.ts';
import { answerFileName, buildAnswerSchema, requestFileName, type BuildAnswer, type BuildRequest } from './request.ts';

export interface BuildApartDeps {
  readonly processes: Pick<Processes, 'run'>;
  /** The program that answers requests; it is given the folder of one, and by whom it was started. */
  readonly program: ProgramCommand;
}

const shownOfOutput = 2000;

/** Why a process that was to build a graph left no answer. */
function endedEarly({ code, signal, stderr }: ChildResult, cause: unknown): AppError {
  const how = signal === null ? `with code ${code ?? 'none'}` : `by ${signal}`;
  return new AppError('tool-failed', `The process that was building the map ended ${how} before it was done.`, {
    advice: 'The last good map stays. Free some memory and map again; the facts are kept.',
    details: { output: stderr.slice(-shownOfOutput) },
    cause,
  });
}

async function readAnswer(file: string, ended: ChildResult): Promise<BuildAnswer> {
  try {
    return buildAnswerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw endedEarly(ended, error);
  }
}

/**
 * Builds graphs in a process of its own. It is asked to end when the signal is aborted, and gives up by itself when
 * the process that started it is gone: nothing it leaves counts before the one that asked swaps it in.
 */
export function createBuildApart({ processes, program }: BuildApartDeps): BuildApart {
  return async (folder, source, signal) => {
    signal.throwIfAborted();
    await mkdir(folder, { recursive: true });
    const own = await mkdtemp(join(folder, apartPrefix));
    try {
      const request: BuildRequest = { folder, ...source };
      await writeFile(join(own, requestFileName), JSON.stringify(request));
      const { file, args, environment } = program;
      const ended = await processes.run({
        file,
        args: [...args, own, String(process.pid)],
        cwd: folder,
        env: environment,
        signal,
      });
      signal.throwIfAborted();
      const answer = await readAnswer(join(own, answerFileName), ended);
      if ('failed' in answer) throw fromWireError(answer.failed);
      return answer.made;
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  };
}
