import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Connection, Schedule } from '#shared/model/index.ts';
import { writeFileAtomically } from '../../files/index.ts';
import type { Consents } from '../../ports/index.ts';

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
});
type Memory = z.infer<typeof memorySchema>;

/**
 * What became of each schedule, and which are followed on this machine. The document may come from elsewhere, and
 * where its connections lead is nothing to be visited with this machine's credentials before somebody here said so.
 */
export interface ScheduleMemory {
  turns(): Promise<Memory['turns']>;
  /** Whether somebody on this machine said that this very schedule of this very connection is to be followed. */
  followed(): Promise<(schedule: Schedule, connection: Connection) => boolean>;
  keepTurn(connection: string, turn: Turn): Promise<void>;
  follow(schedule: Schedule, connection: Connection): Promise<void>;
}

/**
 * Turns are kept in one file of `.groundplan`, so that a new start makes up once for what was missed. What is followed
 * is kept outside of the workspace, which could come with such a file.
 */
export function createScheduleMemory(file: string, consents: Consents): ScheduleMemory {
  let writing: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Memory> {
    try {
      return memorySchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // Missing or spoilt, it says that nothing ran.
      return { turns: {} };
    }
  }

  return {
    turns: async () => (await read()).turns,
    async followed() {
      const given = await consents.given();
      return (schedule, connection) => given.get(subjectOf(connection)) === digestOf(schedule, connection);
    },
    keepTurn(connection, turn) {
      const mine = writing.then(async () => {
        const turns = { ...(await read()).turns, [connection]: turn };
        await writeFileAtomically(file, `${JSON.stringify({ turns }, null, 2)}\n`);
      });
      writing = mine.catch(() => undefined);
      return mine;
    },
    follow: (schedule, connection) => consents.give(subjectOf(connection), digestOf(schedule, connection)),
  };
}

function subjectOf({ name }: Connection): string {
  return `schedule of ${name}`;
}

/** Another text when the connection leads elsewhere or the schedule is another; pausing does not count. */
function digestOf({ paused: _paused, ...schedule }: Schedule, connection: Connection): string {
  const ordered = (value: object): string =>
    JSON.stringify(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
  return hash('sha256', `${ordered(schedule)}\n${ordered(connection)}`, 'hex');
}
