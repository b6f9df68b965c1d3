import { chmod, cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { findAllOnPath } from '../find-on-path.ts';
import { runCommand } from '../run-command.ts';
import type { BuildContext } from './context.ts';
import { moduleFolder } from './go.ts';

const checkTimeoutSeconds = 30;
const installTimeoutSeconds = 20 * 60;
const suitable = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 11) else 1)';

/**
 * Installs the pinned packages of a folder's `requirements.txt` into a virtual environment, with a
 * launcher that finds its own folder: pip's launchers carry the absolute path of the place they
 * were built in, and this one is moved when it is whole.
 */
export async function buildPythonTool(context: BuildContext, build: { readonly folder: string }): Promise<void> {
  const python = await findPython(context);
  const source = moduleFolder(build.folder);
  const run = async (file: string, parts: string[]): Promise<string> =>
    runCommand(file, { arguments: parts, signal: context.signal, timeoutSeconds: installTimeoutSeconds });
  await run(python, ['-m', 'venv', context.folder]);
  const requirements = path.join(source, 'requirements.txt');
  const own = path.join(context.folder, 'bin', 'python3');
  await run(own, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--requirement', requirements]);
  await cp(path.join(source, 'serve.py'), path.join(context.folder, 'serve.py'));
  const launcher = path.join(context.folder, context.recipe.executable);
  await writeFile(launcher, `#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/python3" "$here/../serve.py" "$@"\n`);
  await chmod(launcher, 0o755);
}

/** The first Python on the path that is new enough and can make virtual environments. */
async function findPython(context: BuildContext): Promise<string> {
  const commands = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
  for (const candidate of findAllOnPath(commands)) {
    try {
      await runCommand(candidate, {
        arguments: ['-c', suitable],
        signal: context.signal,
        timeoutSeconds: checkTimeoutSeconds,
      });
      return candidate;
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      context.log(`${candidate} is older than 3.11 or cannot make virtual environments; looking for another`);
    }
  }
  throw new AppError('tool-missing', `Python is missing; ${context.recipe.title} runs on it.`, {
    advice:
      'Install Python 3.11 or newer with its venv module, on Debian and Ubuntu: apt-get install python3 python3-venv.',
  });
}
