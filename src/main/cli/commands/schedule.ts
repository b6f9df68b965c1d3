import { InvalidArgumentError, type Command } from 'commander';
import {
  intervalSchema,
  quietHoursSchema,
  type Interval,
  type QuietHours,
  type Schedule,
  type ScheduleState,
} from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { describeRun } from '../describe-run.ts';
import { endOfRun } from '../follow-run.ts';
import { wholeNumber } from '../options.ts';
import { table } from '../output.ts';
import { unknownConnection } from './discover-request.ts';
import { describeTimers, installTimers, removeTimer, type InstalledTimers } from './timers.ts';

/** How often, and when not. */
interface TimeOptions {
  readonly every?: Interval;
  readonly jitter?: number;
  /** By its word: commander takes a null for no value at all. */
  readonly quiet?: QuietHours | 'none';
}

/** schedule: mapping by itself, while the app runs and by the system's own timer. */
export function addScheduleCommands(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('map connections by themselves: in the app, and by timers of the system');
  schedule
    .command('list')
    .description('every schedule: when it runs next, how it went, and whether the system has a timer for it')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer({ schedules: await client.schedules.list(undefined, { signal }) }, ({ schedules }) =>
          describeSchedules(schedules),
        );
        return 0;
      }),
    );
  withTimes(schedule.command('set'))
    .description('map a connection by itself while the app runs, and follow its schedule on this machine')
    .argument('<connection>', 'a connection of the workspace')
    .option('--pause', 'keep the schedule, and do not follow it for now')
    .action((connection: string, options: TimeOptions & { pause?: boolean }, command: Command) =>
      runAction(command, async (context) => {
        const { pause = false, ...times } = options;
        const states = await save(context, await scheduleOf(context, connection, times), pause);
        context.output.answer({ schedules: states }, ({ schedules }) => describeSchedules(schedules));
        return 0;
      }),
    );
  withTimes(schedule.command('install'))
    .description("write the system's own timer, which maps where the app does not run; installing again replaces it")
    .argument('[connection]', 'a connection of the workspace; every one whose schedule is followed here without it')
    .option('--print', 'only print what would be written')
    .action((connection: string | undefined, options: TimeOptions & { print?: boolean }, command: Command) =>
      runAction(command, async (context) => {
        const { print = false, ...times } = options;
        const { wanted, left } = await wantedSchedules(context, connection, times);
        if (!print) for (const one of wanted) await save(context, one, one.paused === true);
        const installed = await installTimers(wanted, { workspace: context.workspace, print });
        context.output.answer({ ...installed, notFollowed: left }, (told) => describeInstalled(told, print));
        return installed.timers.every(({ failed }) => failed === null) ? 0 : 1;
      }),
    );
  schedule
    .command('remove')
    .description("remove the system's own timer of a connection")
    .argument('<connection>', 'its name')
    .option('--schedule', 'and its schedule in the workspace')
    .action((connection: string, options: { schedule?: boolean }, command: Command) =>
      runAction(command, async ({ client, output, signal, workspace }) => {
        if (options.schedule === true) await client.schedules.remove({ connection }, { signal });
        const files = await removeTimer(connection, workspace);
        output.answer({ connection, files }, () =>
          files.length === 0
            ? `The system has no timer for ${connection}.`
            : ['Removed:', ...files.map((file) => `  ${file}`)].join('\n'),
        );
        return 0;
      }),
    );
  schedule
    .command('run')
    .description('map what is due now, and nothing else: this is what the timers call')
    .option('--connection <name>', 'only this one; all that are due without it')
    .action((options: { connection?: string }, command: Command) =>
      runAction(command, (context) => runDue(context, options.connection ?? null)),
    );
}

function withTimes(command: Command): Command {
  return command
    .option('--every <interval>', `how often: ${intervalSchema.options.join(', ')}`, readInterval)
    .option(
      '--jitter <minutes>',
      'begin up to so many minutes later, so that not all begin at once',
      wholeNumber(0, 720),
    )
    .option('--quiet <from-to>', 'when not, such as 22:00-06:00; none for no quiet hours', readQuiet);
}

function readInterval(text: string): Interval {
  const read = intervalSchema.safeParse(text);
  if (read.success) return read.data;
  throw new InvalidArgumentError(read.error.issues[0]?.message ?? 'It cannot be used.');
}

function readQuiet(text: string): QuietHours | 'none' {
  if (text === 'none') return text;
  const [from, to, ...rest] = text.split('-');
  const read = quietHoursSchema.safeParse({ from, to });
  if (read.success && rest.length === 0) return read.data;
  throw new InvalidArgumentError('Give two times of day such as 22:00-06:00, or none.');
}

/** The schedule that a connection has, with what the options change; every six hours where it had none. Throws `not-found`. */
async function scheduleOf(
  { client, signal }: ActionContext,
  connection: string,
  times: TimeOptions,
): Promise<Schedule> {
  const { workspace } = await client.system.info(undefined, { signal });
  const names = (workspace?.connections ?? []).map(({ name }) => name);
  if (!names.includes(connection)) throw unknownConnection(connection, names);
  const states = await client.schedules.list(undefined, { signal });
  return changed(
    states.find(({ schedule }) => schedule.connection === connection)?.schedule ?? { connection, every: '6h' },
    times,
  );
}

function changed({ quiet: before, ...known }: Schedule, { every, jitter, quiet }: TimeOptions): Schedule {
  const hours = quiet === undefined ? before : quiet;
  return {
    ...known,
    ...(every === undefined ? {} : { every }),
    ...(jitter === undefined ? {} : { jitter }),
    ...(hours === undefined || hours === 'none' ? {} : { quiet: hours }),
  };
}

/** The one that is named, else those that somebody here said yes to; with the connections that nobody did. */
async function wantedSchedules(
  context: ActionContext,
  connection: string | undefined,
  times: TimeOptions,
): Promise<{ readonly wanted: readonly Schedule[]; readonly left: readonly string[] }> {
  if (connection !== undefined) return { wanted: [await scheduleOf(context, connection, times)], left: [] };
  const states = await context.client.schedules.list(undefined, { signal: context.signal });
  return {
    wanted: states.filter(({ followed }) => followed).map(({ schedule }) => changed(schedule, times)),
    left: states.filter(({ followed }) => !followed).map(({ schedule }) => schedule.connection),
  };
}

function describeInstalled(
  told: InstalledTimers & { readonly notFollowed: readonly string[] },
  print: boolean,
): string {
  if (told.notFollowed.length === 0) return describeTimers(told, print);
  const left = [
    'Not followed on this machine, and left out:',
    ...told.notFollowed.map((connection) => `  ${connection}`),
    'Look at them with `groundplan schedule list`; to follow one, name it: `groundplan schedule install CONNECTION`.',
  ].join('\n');
  return told.timers.length === 0 ? left : `${describeTimers(told, print)}\n\n${left}`;
}

function save({ client, signal }: ActionContext, schedule: Schedule, pause: boolean): Promise<ScheduleState[]> {
  const { paused: _paused, ...rest } = schedule;
  return client.schedules.save(pause ? { ...rest, paused: true } : rest, { signal });
}

/** Starts what is due, one run after the other, until nothing is. */
async function runDue(context: ActionContext, connection: string | null): Promise<number> {
  const { client, output, signal } = context;
  const ended: { readonly connection: string; readonly run: number; readonly status: string }[] = [];
  const told: string[] = [];
  for (;;) {
    const due = await client.schedules.startDue({ connection }, { signal });
    if (due.run === null || due.connection === null) {
      if (ended.length === 0) told.push(due.why);
      break;
    }
    const run = await endOfRun(context, due.run);
    ended.push({ connection: due.connection, run: run.id, status: run.status });
    told.push(`${due.connection}: ${describeRun(run, 0)}`);
    if (connection !== null || signal.aborted) break;
  }
  output.answer({ runs: ended }, () => told.join('\n'));
  return ended.some(({ status }) => status === 'failed' || status === 'cancelled') ? 1 : 0;
}

function describeSchedules(states: readonly ScheduleState[]): string {
  const rows = states.map(({ schedule, followed, nextAt, lastAt, lastRun, problem, timer }) => [
    schedule.connection,
    schedule.every,
    schedule.quiet === undefined ? '' : `${schedule.quiet.from}-${schedule.quiet.to}`,
    schedule.paused === true ? 'paused' : !followed ? 'not followed here' : timeText(nextAt),
    lastAt === null ? 'never' : `${timeText(lastAt)}${lastRun === null ? '' : `, run ${lastRun.id} ${lastRun.status}`}`,
    timer ?? 'no',
    problem,
  ]);
  return table(['connection', 'every', 'quiet', 'next in the app', 'last', 'timer of the system', 'problem'], rows);
}

function timeText(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString();
}
