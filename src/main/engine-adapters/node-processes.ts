import { spawn, type ChildProcess } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { ChildOptions, ChildResult, Processes } from '../engine/ports/index.ts';
import { createOutputCollector, type OutputCollector } from './output-collector.ts';
import { processStartTime } from './process-start-time.ts';
import { tailFile } from './tail-file.ts';

const defaultMaxOutput = 16 * 1024 * 1024;

/**
 * Starts programs with Node's child_process: no shell, an environment of exactly what is given, a process group of
 * their own. Ending one means one SIGINT to its group (SIGTERM semantics on Windows) and waiting.
 */
export function createNodeProcesses(): Processes {
  return {
    run: runChild,
    isAlive: (pid, startTime) => processStartTime(pid) === startTime,
    find: findProgram,
  };
}

async function runChild(options: ChildOptions): Promise<ChildResult> {
  if (options.signal?.aborted === true) throw new AppError('cancelled', 'Cancelled before the program was started.');
  const file = options.outputFile === undefined ? null : await open(options.outputFile, 'a', 0o600);
  try {
    const offset = file === null ? 0 : (await file.stat()).size;
    const child = spawn(options.file, options.args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: [
        options.inputUntil === undefined ? 'ignore' : 'pipe',
        file === null ? 'pipe' : file.fd,
        file === null ? 'pipe' : file.fd,
      ],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    return await follow(child, options, offset);
  } finally {
    await file?.close();
  }
}

async function follow(child: ChildProcess, options: ChildOptions, offset: number): Promise<ChildResult> {
  const limit = options.maxOutput ?? defaultMaxOutput;
  const collect = (stream: 'stdout' | 'stderr'): OutputCollector =>
    createOutputCollector({ limit, onLine: (line) => options.onLine?.(stream, line) });
  const stdout = collect('stdout');
  const stderr = collect('stderr');
  child.stdout?.setEncoding('utf8').on('data', stdout.write);
  child.stderr?.setEncoding('utf8').on('data', stderr.write);
  // A child that ended by itself has closed its side already: how it ended is told by its code.
  child.stdin?.on('error', () => undefined);
  void options.inputUntil?.then(() => child.stdin?.end());

  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(cannotStart(options.file, error)));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  // Whatever happens before it is awaited below, its failure is not an unhandled rejection.
  ended.catch(() => undefined);

  const ask = askOnce(child);
  const timer = options.timeoutMs === undefined ? null : setTimeout(ask, options.timeoutMs);
  options.signal?.addEventListener('abort', ask, { once: true });
  const finished = new AbortController();
  const tail =
    options.outputFile === undefined
      ? Promise.resolve()
      : tailFile(options.outputFile, { offset, write: stdout.write, until: finished.signal });
  // As with `ended`: it is awaited in the end.
  tail.catch(() => undefined);
  try {
    let refusal: unknown = null;
    if (child.pid !== undefined) {
      try {
        options.onStart?.({ pid: child.pid, startTime: processStartTime(child.pid) ?? '' });
      } catch (thrown) {
        // What must be recorded about the child could not be: end it, as nobody could account for it later.
        refusal = thrown;
        ask();
      }
    }
    const { code, signal } = await ended;
    finished.abort();
    await tail;
    stdout.end();
    stderr.end();
    if (refusal !== null) throw refusal;
    return { code, signal, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    finished.abort();
    if (timer !== null) clearTimeout(timer);
    options.signal?.removeEventListener('abort', ask);
  }
}

/** A second interrupt makes the tools give up their state, so there is never one, whoever asks again. */
function askOnce(child: ChildProcess): () => void {
  let asked = false;
  return () => {
    if (asked || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    asked = true;
    try {
      if (process.platform === 'win32') child.kill('SIGINT');
      else process.kill(-child.pid, 'SIGINT');
    } catch (thrown) {
      // ESRCH: it ended by itself in this moment, which is what was asked for.
      if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
    }
  };
}

function cannotStart(file: string, error: NodeJS.ErrnoException): AppError {
  const missing = error.code === 'ENOENT';
  return new AppError(
    missing ? 'tool-missing' : 'tool-failed',
    missing ? `${file} is not there.` : `${file} cannot be started: ${error.message}`,
    { cause: error, details: { file } },
  );
}

async function findProgram(name: string): Promise<string | null> {
  if (path.isAbsolute(name)) return (await isExecutable(name)) ? name : null;
  if (name.includes('/') || name.includes(path.sep)) return null;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = path.join(folder, name + ending);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return null;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: either way it is not a program that can be used.
    return false;
  }
}
