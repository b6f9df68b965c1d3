import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once when another run holds the lock. */
  readonly onWait: () => void;
}

const retryMilliseconds = 500;
const sqliteBusy = 5;

/**
 * Holds the lock at `file` while `work` runs; waits for another holder, in this process or any
 * other on this machine. The lock is SQLite's exclusive file lock, which the operating system
 * gives back when its holder dies, so that a killed run never leaves a lock behind.
 *
 * @throws the signal's reason when it aborts while waiting.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(file), { recursive: true });
  using database = new DatabaseSync(file);
  database.exec('PRAGMA busy_timeout = 0');
  let told = false;
  while (!tryLock(database)) {
    if (!told) options.onWait();
    told = true;
    await sleep(retryMilliseconds, undefined, { signal: options.signal });
  }
  return await work();
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    // Node gives SQLite's extended result code; its low byte is the primary one.
    const code = (error as { errcode?: number }).errcode ?? 0;
    if ((code & 0xff) === sqliteBusy) return false;
    throw error;
  }
}
