import { execFile } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#shared/errors/index.ts';
import type { Schedule } from '#shared/model/index.ts';
import {
  timerFor,
  timerPlatformOf,
  type Timer,
  type TimerCommand,
  type TimerHost,
} from '../../engine/discovery/index.ts';
import { programRoot } from '../../program-root.ts';

const run = promisify(execFile);
/** A system that does not answer must not hold the command. */
const commandMs = 20_000;

/** Whose timers they are. A home that is set in the environment counts, as it does for the system's own tools. */
function thisHost(): TimerHost {
  const platform = timerPlatformOf(process.platform);
  if (platform === null) {
    throw new AppError('bad-input', `Groundplan does not know the timers of ${process.platform}.`, {
      advice: 'Let its own timer call `groundplan schedule run`.',
    });
  }
  return { platform, homeFolder: homedir(), environment: process.env, userId: userInfo().uid };
}

export interface InstalledTimers {
  readonly timers: readonly {
    readonly connection: string;
    readonly name: string;
    readonly files: readonly { readonly path: string; readonly text: string }[];
    readonly commands: readonly string[];
    readonly look: readonly string[];
    readonly notes: readonly string[];
    /** Why the system could not be told of it; null when it was, or was not asked to be. */
    readonly failed: string | null;
  }[];
}

/** Writes the timers and tells the system of them; with `print` does neither. */
export async function installTimers(
  schedules: readonly Schedule[],
  { workspace, print }: { readonly workspace: string; readonly print: boolean },
): Promise<InstalledTimers> {
  const host = thisHost();
  const program = [process.execPath, path.join(programRoot(), 'bin', 'groundplan.mjs')] as const;
  const timers = [];
  for (const schedule of schedules) {
    const timer = timerFor({ schedule, workspace, program }, host);
    const failed = print ? null : await install(timer);
    timers.push({
      connection: schedule.connection,
      name: timer.name,
      files: timer.files.map(({ path: file, content }) => ({ path: file, text: textOf(content) })),
      commands: timer.start.map(({ command }) => commandText(command)),
      look: timer.look,
      notes: timer.notes,
      failed,
    });
  }
  return { timers };
}

async function install(timer: Timer): Promise<string | null> {
  for (const { path: file, content } of timer.files) {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    } catch (cause) {
      throw new AppError('read-only', `The timer could not be written to ${file}: ${String(cause)}.`, {
        advice: 'Make the folder writable, or print it with --print and put it in place yourself.',
        details: { path: file },
        cause,
      });
    }
  }
  for (const folder of timer.folders ?? []) await mkdir(folder, { recursive: true, mode: 0o700 });
  return tell(timer.start);
}

/** Removes the timer of a connection: the system forgets it, and its files go. Answers with them. */
export async function removeTimer(connection: string, workspace: string): Promise<readonly string[]> {
  const timer = timerFor({ schedule: { connection, every: '1d' }, workspace, program: [process.execPath] }, thisHost());
  const files: string[] = [];
  for (const { path: file } of timer.files) if (await isFile(file)) files.push(file);
  if (files.length === 0) return files;
  await tell(timer.stop);
  for (const file of files) await rm(file, { force: true });
  await tell(timer.forget);
  return files;
}

/** Answers why one of the commands that have to succeed did not. */
async function tell(commands: readonly TimerCommand[]): Promise<string | null> {
  for (const { command, optional } of commands) {
    const [program, ...words] = command;
    try {
      await run(program, words, { timeout: commandMs });
    } catch (error) {
      if (optional !== true) return `The system was not told: \`${commandText(command)}\` failed: ${reasonOf(error)}`;
    }
  }
  return null;
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: unknown; message?: unknown };
  return typeof stderr === 'string' && stderr.trim() !== '' ? stderr.trim() : String(message);
}

function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

function textOf(content: Buffer): string {
  const isWide = content[0] === 0xff && content[1] === 0xfe;
  return isWide ? content.subarray(2).toString('utf16le') : content.toString('utf8');
}

function commandText(command: readonly string[]): string {
  return command.map((word) => (/^[\w@%+=:,./\\-]+$/u.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** What was written, or would be, and how to look at it. */
export function describeTimers({ timers }: InstalledTimers, print: boolean): string {
  if (timers.length === 0)
    return 'No connection has a schedule: give one its times with --every, or `groundplan schedule set`.';
  return timers
    .map(({ connection, files, commands, look, notes, failed }) =>
      [
        `${connection}: ${print ? 'would write' : 'wrote'}`,
        ...files.flatMap(({ path: file, text }) => [`  ${file}`, ...(print ? ['', indented(text), ''] : [])]),
        ...(failed === null ? [] : [failed]),
        ...(print || failed !== null
          ? [`${print ? 'and run' : 'To tell the system of it'}:`, ...commands.map((one) => `  ${one}`)]
          : []),
        'To look at it:',
        ...look.map((one) => `  ${one}`),
        ...notes,
        'What you sign in with in a terminal alone, such as exported keys, is not there when a timer runs.',
      ].join('\n'),
    )
    .join('\n\n');
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/u)
    .map((line) => `    ${line}`)
    .join('\n');
}
