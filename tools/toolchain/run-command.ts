import { spawn } from 'node:child_process';
import { AppError } from '#shared/errors/index.ts';

export interface CommandOptions {
  readonly arguments: readonly string[];
  readonly directory?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** The command and all it started are ended after this time. */
  readonly timeoutSeconds: number;
  /** Called for each line the command writes to standard error, for progress. */
  readonly onLine?: (line: string) => void;
}

const keptErrorCharacters = 4000;

/**
 * Runs one command to its end and gives back its standard output. It runs in a process group of
 * its own, so that a cancel or a timeout ends the compilers it started, too.
 *
 * @throws AppError `tool-failed` with the end of its standard error, `timed-out`, or `cancelled`.
 */
export async function runCommand(file: string, options: CommandOptions): Promise<string> {
  options.signal.throwIfAborted();
  const commandLine = [file, ...options.arguments].join(' ');
  const child = spawn(file, options.arguments, {
    cwd: options.directory,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const stop = AbortSignal.any([options.signal, timeout]);
  const endGroup = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(child.pid);
  };
  stop.addEventListener('abort', endGroup, { once: true });
  process.once('exit', endGroup);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptErrorCharacters);
    for (const line of text.split('\n')) if (line.trim() !== '') options.onLine?.(line.trim());
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    options.signal.throwIfAborted();
    if (timeout.aborted) {
      throw new AppError('timed-out', `${commandLine} was ended after ${options.timeoutSeconds} s.\n${errors.trim()}`);
    }
    if (code !== 0) {
      throw new AppError('tool-failed', `${commandLine} ended with code ${code ?? 'none'}:\n${errors.trim()}`);
    }
    return output;
  } finally {
    stop.removeEventListener('abort', endGroup);
    process.removeListener('exit', endGroup);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
