import type {
  Call,
  Clock,
  DiscoveryService,
  EventSink,
  FactStore,
  Logger,
  SchedulesService,
  Workspace,
} from '#engine/ports/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { Connection, Schedule, ScheduleState } from '#shared/model/index.ts';
import { isDue, nextRunAt } from './next-run.ts';
import type { ScheduleMemory, Turn } from './schedule-memory.ts';

export interface SchedulesDeps {
  readonly workspace: Pick<Workspace, 'document' | 'connections' | 'saveSchedules' | 'notify' | 'readOnly'>;
  readonly discovery: Pick<DiscoveryService, 'start'>;
  readonly facts: Pick<FactStore, 'runs'>;
  readonly memory: ScheduleMemory;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where the system's own timer of a connection was written; null where there is none. */
  readonly timerOf: (connection: string) => Promise<string | null>;
  /** For what the engine asks of itself. */
  readonly self: Call;
}

/** A schedule with what is remembered of it. */
interface Known {
  readonly schedule: Schedule;
  readonly connection: Connection | null;
  readonly turn: Turn | null;
  readonly followed: boolean;
}

/** Schedules, and what follows them. */
export interface FollowedSchedules {
  readonly service: SchedulesService;
  /** Starts what is due by now, one at a time: while a run is under way everything waits. Never rejects. */
  tick(): Promise<void>;
}

export function createSchedules(deps: SchedulesDeps): FollowedSchedules {
  const { workspace, discovery, facts, memory, events, clock, logger } = deps;
  let starting: Promise<unknown> = Promise.resolve();

  const schedules = (): readonly Schedule[] => workspace.document().schedules ?? [];
  const connectionOf = (name: string): Connection | null =>
    workspace.connections().find((connection) => connection.name === name) ?? null;

  async function known(): Promise<readonly Known[]> {
    const [turns, isFollowed] = await Promise.all([memory.turns(), memory.followed()]);
    return schedules().map((schedule) => {
      const connection = connectionOf(schedule.connection);
      return {
        schedule,
        connection,
        turn: turns[schedule.connection] ?? null,
        followed: connection !== null && isFollowed(schedule, connection),
      };
    });
  }

  async function list(): Promise<ScheduleState[]> {
    const [all, runs] = await Promise.all([known(), facts.runs()]);
    return Promise.all(
      all.map(async (one): Promise<ScheduleState> => {
        const { schedule, connection, turn, followed } = one;
        const run = runs.find(({ id }) => id === turn?.run);
        return {
          schedule,
          followed,
          nextAt: nextOf(one, clock.now()),
          lastAt: turn?.at ?? null,
          lastRun: run === undefined ? null : { id: run.id, status: run.status },
          problem: connection === null ? noConnection(schedule.connection).message : (turn?.problem ?? null),
          timer: await deps.timerOf(schedule.connection),
        };
      }),
    );
  }

  function mayRun({ schedule, followed }: Known): boolean {
    return followed && schedule.paused !== true && workspace.readOnly === null;
  }

  function nextOf(one: Known, now: number): number | null {
    return mayRun(one) ? nextRunAt(one.schedule, one.turn?.at ?? null, now) : null;
  }

  /** Who waits longest comes first. */
  function byTurn(left: Known, right: Known): number {
    return (left.turn?.at ?? 0) - (right.turn?.at ?? 0);
  }

  /** Starts a run; null when another one is under way, and everything stays as it was. */
  async function start({ connection: name }: Schedule): Promise<number | null> {
    const at = clock.now();
    const connection = connectionOf(name);
    if (connection === null) throw noConnection(name);
    const { name: _name, ...places } = connection;
    try {
      const { run } = await discovery.start({ clouds: [places], kinds: [] }, deps.self);
      await memory.keepTurn(name, { at, run, problem: null });
      events.changed(['runs', 'settings']);
      return run;
    } catch (thrown) {
      const { code, message, advice } = toAppError(thrown);
      if (code === 'conflict') return null;
      const problem = [message, advice].filter((part) => part !== null).join(' ');
      await memory.keepTurn(name, { at, run: null, problem });
      workspace.notify({
        id: `schedule-${name}`,
        severity: 'warning',
        title: `${name} could not be mapped as planned`,
        detail: problem,
      });
      events.changed(['settings']);
      throw thrown;
    }
  }

  /** One at a time, whoever asks. */
  function inTurn<Output>(work: () => Promise<Output>): Promise<Output> {
    const mine = starting.then(work);
    starting = mine.catch(() => undefined);
    return mine;
  }

  async function startLongestWaiting(): Promise<void> {
    const now = clock.now();
    const [first] = (await known())
      .filter((one) => (nextOf(one, now) ?? Number.POSITIVE_INFINITY) <= now)
      .toSorted(byTurn);
    if (first !== undefined) await start(first.schedule);
  }

  async function startDue(
    name: string | null,
  ): Promise<{ run: number | null; connection: string | null; why: string }> {
    const wanted = (await known()).filter(({ schedule }) => name === null || schedule.connection === name);
    const [only] = wanted;
    if (name !== null && only === undefined) throw noSchedule(name);
    if (name !== null && only?.connection === null) throw noConnection(name);
    if (name !== null && only?.followed === false) throw notFollowed(name);
    const now = clock.now();
    const [first] = wanted
      .filter((one) => mayRun(one) && isDue(one.schedule, one.turn?.at ?? null, now))
      .toSorted(byTurn);
    if (first === undefined) return { run: null, connection: name, why: 'Nothing is due.' };
    const run = await start(first.schedule);
    const { connection } = first.schedule;
    return { run, connection, why: run === null ? 'Another run is under way.' : `${connection} was due.` };
  }

  return {
    service: {
      list: () => list(),
      save: async (schedule) => {
        const connection = connectionOf(schedule.connection);
        if (connection === null) throw noConnection(schedule.connection);
        await workspace.saveSchedules((all) => {
          const place = all.findIndex((one) => one.connection === connection.name);
          return place === -1 ? [...all, schedule] : all.with(place, schedule);
        });
        await memory.follow(schedule, connection);
        events.changed(['settings']);
        return list();
      },
      remove: async ({ connection }) => {
        await workspace.saveSchedules((all) => {
          if (!all.some((schedule) => schedule.connection === connection)) throw noSchedule(connection);
          return all.filter((schedule) => schedule.connection !== connection);
        });
        events.changed(['settings']);
        return list();
      },
      startDue: ({ connection }) => inTurn(() => startDue(connection)),
    },
    async tick() {
      if (workspace.readOnly !== null) return;
      try {
        await inTurn(startLongestWaiting);
      } catch (error) {
        const { code, message } = toAppError(error);
        logger.warn('schedule.not-started', { code, message });
      }
    },
  };
}

function noConnection(name: string): AppError {
  return new AppError('not-found', `The workspace has no connection called ${name}.`, {
    advice: 'Connect it again, or take its schedule away.',
    details: { connection: name },
  });
}

function noSchedule(connection: string): AppError {
  return new AppError('not-found', `${connection} has no schedule.`, {
    advice: 'Give it one in Settings, or with `groundplan schedule set`.',
    details: { connection },
  });
}

function notFollowed(connection: string): AppError {
  return new AppError('conflict', `The schedule of ${connection} is not followed on this machine.`, {
    advice: `It came with the workspace, or was changed in its file. Look at it, then follow it in Settings or with \`groundplan schedule set ${connection}\`.`,
    details: { connection },
  });
}
