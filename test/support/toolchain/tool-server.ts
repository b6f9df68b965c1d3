import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#shared/errors/index.ts';

export interface ToolServerOptions {
  /** What the server is, for messages. */
  readonly title: string;
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Asked again and again until it answers true; may throw while the server is not listening yet. */
  readonly isReady: () => Promise<boolean>;
  readonly timeoutSeconds: number;
  /** End it at once instead of asking first: for servers that take seconds to finish and keep nothing we need. */
  readonly endAtOnce?: boolean;
}

/** A server that runs in a process group of its own. */
export interface ToolServer extends AsyncDisposable {
  readonly pid: number;
  /** The end of what it wrote to its outputs. */
  log(): string;
  /** Ends the whole group and waits until it is gone. May be called more than once. */
  stop(): Promise<void>;
}

const pollMilliseconds = 50;
const graceMilliseconds = 5000;
const keptLogCharacters = 64_000;

/**
 * Runs the command with its input closed and ends its whole process group when the pipe on
 * standard input closes, which the operating system does for us even when this process is killed:
 * no server outlives the test that started it.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill -KILL 0; } &
wait "$server"
code=$?
kill "$!" 2>/dev/null
exit "$code"`;

/**
 * Starts a server and waits until it is ready.
 *
 * @throws AppError `tool-failed` with its log when it ends before that, `timed-out`, or the signal's reason.
 */
export async function startToolServer(options: ToolServerOptions): Promise<ToolServer> {
  options.signal?.throwIfAborted();
  const child = spawn('/bin/sh', ['-c', guard, 'guard', options.file, ...options.arguments], {
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  const keep = (text: string): void => void (log = (log + text).slice(-keptLogCharacters));
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  // The guard ends first when the server dies; writing to its pipe is never needed.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const pid = child.pid;
  if (pid === undefined) throw new AppError('tool-failed', `${options.title} could not be started with /bin/sh.`);
  const killAtExit = (): void => void signalGroup(pid, 'SIGKILL');
  process.once('exit', killAtExit);

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    stopping ??= endGroup(pid, options.endAtOnce === true).then(() => ended);
    await stopping;
    process.removeListener('exit', killAtExit);
    options.signal?.removeEventListener('abort', onAbort);
  };
  const onAbort = (): void => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  try {
    await waitUntilReady(options, { hasEnded, log: () => log });
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid, log: () => log, stop, [Symbol.asyncDispose]: stop };
}

async function waitUntilReady(
  options: ToolServerOptions,
  server: { hasEnded: () => boolean; log: () => string },
): Promise<void> {
  const deadline = Date.now() + options.timeoutSeconds * 1000;
  let lastFailure = '';
  for (;;) {
    options.signal?.throwIfAborted();
    if (server.hasEnded()) {
      throw new AppError('tool-failed', `${options.title} ended before it was ready:\n${server.log().slice(-4000)}`);
    }
    try {
      if (await options.isReady()) return;
    } catch (error) {
      lastFailure = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) {
      const seconds = options.timeoutSeconds;
      const detail = `${lastFailure}\n${server.log().slice(-4000)}`;
      throw new AppError('timed-out', `${options.title} was not ready within ${seconds} s. ${detail}`);
    }
    await sleep(pollMilliseconds);
  }
}

async function endGroup(pid: number, atOnce: boolean): Promise<void> {
  signalGroup(pid, atOnce ? 'SIGKILL' : 'SIGTERM');
  const deadline = Date.now() + graceMilliseconds;
  while (groupIsAlive(pid) && Date.now() < deadline) await sleep(pollMilliseconds);
  signalGroup(pid, 'SIGKILL');
}

function groupIsAlive(pid: number): boolean {
  return signalGroup(pid, 0);
}

/** Signals a process group; false when it is gone. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
