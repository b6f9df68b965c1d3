import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Processes } from '../ports/index.ts';

/** Who has a workspace open, and where the command line and the agents' launcher reach that engine. */
const lockRecordSchema = z.object({
  pid: z.number().int(),
  startTime: z.string(),
  /** Loopback address of the engine, or null while it does not listen. A file that names another place is no lock of ours. */
  url: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d+$/)
    .nullable(),
  /** Lets the command line in; it cannot approve anything. */
  token: z.string().nullable(),
  /** Lets agents in at `/mcp`. */
  agentToken: z.string().nullable(),
});
export type LockRecord = z.infer<typeof lockRecordSchema>;

export interface WorkspaceLock {
  release(): Promise<void>;
}

/** The lock file of a workspace. */
function lockFile(data: string): string {
  return path.join(data, 'engine.json');
}

/** Reads who holds the lock; null when nobody living does. */
export async function readLock(data: string, processes: Pick<Processes, 'isAlive'>): Promise<LockRecord | null> {
  return readHolder(lockFile(data), processes);
}

async function readHolder(file: string, processes: Pick<Processes, 'isAlive'>): Promise<LockRecord | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    // No lock file: nobody has the workspace open.
    return null;
  }
  const parsed = lockRecordSchema.safeParse(safeJson(text));
  if (!parsed.success) return null;
  return processes.isAlive(parsed.data.pid, parsed.data.startTime) ? parsed.data : null;
}

/**
 * Takes the lock for this process. Throws `workspace-locked` with the holder's process id while another engine lives;
 * a lock left behind by a dead process is taken over.
 */
export async function takeLock(
  data: string,
  record: LockRecord,
  processes: Pick<Processes, 'isAlive'>,
): Promise<WorkspaceLock> {
  const file = lockFile(data);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await createWhole(file, `${JSON.stringify(record, null, 2)}\n`);
      return { release: () => releaseOwn(file, record) };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      const holder = await readLock(data, processes);
      if (holder !== null) {
        throw new AppError(
          'workspace-locked',
          `This workspace is open in another Groundplan (process ${holder.pid}).`,
          {
            advice:
              holder.url === null ? 'Close it first.' : `Use the one that is open (${holder.url}), or close it first.`,
            details: { pid: holder.pid, path: path.dirname(data) },
            cause,
          },
        );
      }
      await removeDead(file, processes);
    }
  }
  throw new AppError('workspace-locked', 'The lock of this workspace is being taken by another Groundplan right now.', {
    advice: 'Try again.',
    details: { path: path.dirname(data) },
  });
}

function besides(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}.tmp`;
}

/** Makes a file that is there with all its text or not at all. Throws `EEXIST` when there is one. */
async function createWhole(file: string, text: string): Promise<void> {
  const temporary = besides(file);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: 0o600 });
    await link(temporary, file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw cause;
    // A file system without links: the moment in which the file is empty has to be lived with.
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes the lock of a dead process; one that somebody else took at this very moment is put back. */
async function removeDead(file: string, processes: Pick<Processes, 'isAlive'>): Promise<void> {
  const aside = besides(file);
  try {
    await rename(file, aside);
    if ((await readHolder(aside, processes)) !== null) await link(aside, file);
  } catch (cause) {
    // Gone, or taken again: the next look tells.
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw cause;
  } finally {
    await rm(aside, { force: true });
  }
}

async function releaseOwn(file: string, record: LockRecord): Promise<void> {
  const parsed = lockRecordSchema.safeParse(safeJson(await readFile(file, 'utf8').catch(() => '')));
  if (parsed.success && parsed.data.pid === record.pid) await rm(file, { force: true });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not written by us, or cut short by a power loss: nobody's.
    return null;
  }
}
