import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { CloudAccess, StateHold, StateLock } from '../../../ports/index.ts';
import type { Invoker } from './invoke.ts';
import { lockedBy, lockInTheWay } from './state-lock.ts';
import { toolFailure, type FailedCommand } from './tool-failure.ts';

/*
 * No command of the tool holds a lock for others. `console` does on the way: it takes the lock of the state, evaluates
 * the root, and then reads expressions from its standard input until that ends. It can change nothing and is never
 * given an expression; when this process dies its input ends, and it gives the lock back.
 */

export interface HoldOptions {
  readonly invoker: Invoker;
  /** The initialised root. */
  readonly directory: string;
  readonly access: CloudAccess;
  /** The local file that its state is; null for another backend. */
  readonly stateFile: string | null;
  /** Milliseconds to wait for whoever has the lock. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

type Outcome = FailedCommand & { readonly succeeded: boolean };

/** A process of the tool that has the lock, or wants it. */
interface Holder {
  readonly ended: Promise<Outcome>;
  isAlive(): boolean;
  /** Lets it end; resolves when it has. */
  close(): Promise<Outcome>;
}

/** Milliseconds between two tries. */
const pauseMs = 1000;

/** A value for a variable that no root declares makes the tool say so, in the moment in which it has the lock. */
const marker = { text: '{"groundplan_holds_the_lock": null}', heard: /Values? for undeclared variables?/ };

function consoleArguments({ stateFile }: HoldOptions): readonly string[] {
  // Without it `console` takes another file than a backend "local" names.
  return ['console', '-no-color', ...(stateFile === null ? [] : [`-state=${stateFile}`])];
}

/** Starts a holder. Resolves once it has been where the lock is taken, or has ended before. */
async function startHolder(options: HoldOptions, values: string): Promise<Holder> {
  const { invoker, directory, access } = options;
  const closing = Promise.withResolvers<void>();
  const taken = Promise.withResolvers<void>();
  let alive = true;
  const ended = invoker
    .attempt({
      command: 'console',
      args: [...consoleArguments(options), `-var-file=${values}`],
      directory,
      access,
      // It ends by the end of its input alone: an interrupt could leave the lock behind.
      signal: new AbortController().signal,
      messages: false,
      inputUntil: closing.promise,
      onLine: (line) => {
        if (marker.heard.test(line)) taken.resolve();
      },
    })
    .finally(() => {
      alive = false;
    });
  const close = (): Promise<Outcome> => {
    closing.resolve();
    return ended;
  };
  const cancel = (): void => closing.resolve();
  options.signal.addEventListener('abort', cancel, { once: true });
  try {
    await Promise.race([taken.promise, ended]);
  } finally {
    // From here on a cancelled step ends first, then whoever holds the lock gives it back.
    options.signal.removeEventListener('abort', cancel);
  }
  return { ended, isAlive: () => alive, close };
}

/** Asks for the lock beside a holder, for a moment. Null when it was given. */
async function ask(options: HoldOptions): Promise<StateLock | null> {
  const { invoker, directory, access, signal } = options;
  const outcome = await invoker.attempt({
    command: 'console',
    args: consoleArguments(options),
    directory,
    access,
    signal,
    messages: false,
    inputUntil: Promise.resolve(),
  });
  if (outcome.succeeded) return null;
  const lock = lockInTheWay(outcome);
  if (lock === null) throw toolFailure(outcome);
  return lock;
}

/** The lock that others see beside a holder; a holder that ended meanwhile has its own reason, which is told instead. */
async function seenBeside(holder: Holder, options: HoldOptions): Promise<StateLock | null> {
  if (!holder.isAlive()) return null;
  try {
    return await ask(options);
  } catch (error) {
    await holder.close();
    // What the tool cannot work with is told in the moment that it has the lock, with everything else.
    throw options.signal.aborted ? error : notTaken(toAppError(error), options.directory);
  }
}

/** A process that has the lock, with the lock; null where there is none to have. */
async function acquire(
  options: HoldOptions,
  values: string,
): Promise<{ readonly holder: Holder; readonly lock: StateLock | null }> {
  const giveUpAt = performance.now() + options.patienceMs;
  for (;;) {
    options.signal.throwIfAborted();
    const holder = await startHolder(options, values);
    const lock = await seenBeside(holder, options);
    if (holder.isAlive()) return { holder, lock };
    options.signal.throwIfAborted();
    const outcome = await holder.ended;
    const other = lockInTheWay(outcome);
    if (other === null) throw notTaken(toolFailure(outcome), options.directory);
    if (performance.now() >= giveUpAt) throw lockedBy(other, options.directory);
    await wait(pauseMs, undefined, { signal: options.signal });
  }
}

function notTaken({ code, message, details }: AppError, directory: string): AppError {
  return new AppError(code, `The lock of the state of ${directory} cannot be taken: ${message}`, {
    advice: 'Nothing was changed. Run init in the root and sign in to where its state lies, then try again.',
    details,
  });
}

/** Takes the lock of the state that an initialised root names, and holds it. Errors: see `RootTool.holdState`. */
export async function holdState(options: HoldOptions): Promise<StateHold> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-lock-'));
  const values = path.join(folder, 'lock.tfvars.json');
  try {
    await writeFile(values, marker.text);
    const { holder, lock } = await acquire(options, values);
    if (lock === null) await holder.close();
    return heldBy(holder, lock, options);
  } catch (error) {
    throw options.signal.aborted
      ? new AppError('cancelled', 'Cancelled while the lock of the state was being taken.', { cause: error })
      : toAppError(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function heldBy(holder: Holder, lock: StateLock | null, options: HoldOptions): StateHold {
  const isHeld = async (how: 'by-process' | 'by-backend'): Promise<boolean> =>
    holder.isAlive() && (how === 'by-process' || (await ask(options))?.id === lock?.id);
  return {
    lock,
    async assertHeld(how) {
      options.signal.throwIfAborted();
      if (lock === null || (await isHeld(how))) return;
      throw new AppError('conflict', `The lock ${lock.id} of the state of ${options.directory} is not held any more.`, {
        advice: `Roll the push back. Where the lock was left behind, release it first with force-unlock ${lock.id} in the root.`,
        details: { ...lock },
      });
    },
    async release() {
      const outcome = await holder.close();
      if (lock === null || (outcome.succeeded && !/Error releasing the state lock/i.test(outcome.result.stderr)))
        return;
      const failure = toolFailure(outcome);
      throw new AppError('tool-failed', `The lock ${lock.id} was not given back: ${failure.message}`, {
        advice: `Release it with force-unlock ${lock.id} in ${options.directory}.`,
        details: failure.details,
      });
    },
  };
}
