import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cleanEnvironment } from '../toolchain/index.ts';

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON value it has to be. */
  json(): unknown;
}

/** A command under way. */
export interface Command {
  readonly child: ChildProcess;
  readonly result: Promise<CommandResult>;
  /** What it has written to both outputs so far. */
  output(): string;
}

/** A folder in which the command line is used as a person would, without any of that person's own settings. */
export interface Shell extends AsyncDisposable {
  readonly folder: string;
  /** Runs a command to its end. */
  run(args: readonly string[], options?: ShellOptions): Promise<CommandResult>;
  start(args: readonly string[], options?: ShellOptions): Command;
}

export interface ShellOptions {
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Relative to the shell's folder. */
  readonly cwd?: string;
  /** Runs the package's `bin` instead of the program itself. */
  readonly launcher?: boolean;
}

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const program = path.join(root, 'src', 'main', 'cli.ts');
const launcher = path.join(root, 'bin', 'groundplan.mjs');

/** Opens a shell in a new folder, with `environment` instead of the cleaned one of this process where it is given. */
export async function openShell(environment: Readonly<Record<string, string>> = cleanEnvironment()): Promise<Shell> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-shell-'));
  const start: Shell['start'] = (args, options = {}) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', options.launcher === true ? launcher : program, ...args],
      {
        cwd: path.resolve(folder, options.cwd ?? '.'),
        env: { ...environment, GROUNDPLAN_SETTINGS: path.join(folder, '.settings'), ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const result = new Promise<CommandResult>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) as unknown }));
    });
    return { child, result, output: () => stdout + stderr };
  };
  return {
    folder,
    start,
    run: (args, options) => start(args, options).result,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
