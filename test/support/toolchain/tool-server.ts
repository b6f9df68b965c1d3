import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#shared/errors/index.ts';

/** What a readiness check gets. */
interface ReadinessProbe {
  /** What the server has written so far. */
  readonly log: string;
  /** Aborts when this one check has taken too long. */
  readonly signal: AbortSignal;
}

export interface ToolServerOptions {
  /** What the server is, for messages. */
  readonly title: string;
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Asked again and again until it answers true; may throw while the server is not listening yet. */
  readonly isReady: (probe: ReadinessProbe) => Promise<boolean>;
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
const probeMilliseconds = 2000;
const graceMilliseconds = 5000;
const keptLogCharacters = 64_000;

/**
 * Runs the command with its input closed, hands SIGTERM on to it and waits for its end. It ends the
 * whole process group when the pipe on standard input closes, which the operating system does for
 * us even when this process is killed: no server outlives the test that started it.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
trap 'kill -TERM "$server"' TERM
{ trap - TERM; read -r nothing <&3; kill -KILL 0; } &
watcher=$!
wait "$server"
code=$?
while kill -0 "$server" 2>/dev/null; do wait "$server"; code=$?; done
kill "$watcher"
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
  const killAtExit = (): void => killGroup(pid);
  process.once('exit', killAtExit);

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const endServer = async (): Promise<void> => {
    if (options.endAtOnce !== true && !hasEnded()) {
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(graceMilliseconds, undefined, { ref: false })]);
    }
    killGroup(pid);
    await ended;
  };
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    stopping ??= endServer();
    await stopping;
    process.removeListener('exit', killAtExit);
    options.signal?.removeEventListener('abort', onAbort);
  };
  const onAbort = (): void => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });

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
      const signal = AbortSignal.timeout(probeMilliseconds);
      if (await options.isReady({ log: server.log(), signal })) return;
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

/** Kills what is left of a process group. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
