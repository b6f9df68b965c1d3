import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Connection, Schedule } from '#shared/model/index.ts';
import { writeFileAtomically } from '../../files/index.ts';

const turnSchema = z.object({
  /** When it last began, or tried to, in milliseconds since 1970. */
  at: z.number(),
  /** The run that it started; null when it could not. */
  run: z.number().int().nullable(),
  problem: z.string().nullable(),
});
export type Turn = z.infer<typeof turnSchema>;

const memorySchema = z.object({
  /** By connection. */
  turns: z.record(z.string(), turnSchema),
  /** What somebody on this machine said is to be followed: by connection, the digest of it and its schedule. */
  followed: z.record(z.string(), z.string()),
});
type Memory = z.infer<typeof memorySchema>;

/**
 * What became of each schedule, and which are followed on this machine. The document may come from elsewhere, and
 * where its connections lead is nothing to be visited with this machine's credentials before somebody here said so.
 */
export interface ScheduleMemory {
  read(): Promise<Readonly<Memory>>;
  keepTurn(connection: string, turn: Turn): Promise<void>;
  follow(schedule: Schedule, connection: Connection): Promise<void>;
}

/** Kept in one file of `.groundplan`, so that a new start makes up once for what was missed. */
export function createScheduleMemory(file: string): ScheduleMemory {
  let writing: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Memory> {
    try {
      return memorySchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // Missing or spoilt, it says that nothing ran and that nothing is followed.
      return { turns: {}, followed: {} };
    }
  }

  function change(work: (memory: Memory) => Memory): Promise<void> {
    const mine = writing.then(async () => {
      await writeFileAtomically(file, `${JSON.stringify(work(await read()), null, 2)}\n`);
    });
    writing = mine.catch(() => undefined);
    return mine;
  }

  return {
    read,
    keepTurn: (connection, turn) => change((memory) => ({ ...memory, turns: { ...memory.turns, [connection]: turn } })),
    follow: (schedule, connection) =>
      change((memory) => ({
        ...memory,
        followed: { ...memory.followed, [connection.name]: digestOf(schedule, connection) },
      })),
  };
}

/** Another text when the connection leads elsewhere or the schedule is another; pausing does not count. */
export function digestOf({ paused: _paused, ...schedule }: Schedule, connection: Connection): string {
  const ordered = (value: object): string =>
    JSON.stringify(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  return hash('sha256', `${ordered(schedule)}\n${ordered(connection)}`, 'hex');
}
