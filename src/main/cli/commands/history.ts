import type { Command } from 'commander';
import { bytesText } from '#shared/base/bytes-text.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Pruning, Retention, Run, RunHistory, RunRemoval } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { table } from '../output.ts';
import { runNumber } from './runs.ts';

/** runs: the history, how much of it is kept, and what may go. */
export function addHistoryCommands(program: Command): void {
  const runs = program.command('runs').description('the history of runs, and how much of it is kept');
  runs
    .command('list')
    .description('every run, with the room it takes')
    .action((_options, command: Command) => runAction(command, listRuns));
  runs
    .command('keep')
    .description('which runs are kept: with both options a run stays that fits either; without any, tell the rule')
    .option('--last <n>', 'the newest so many', wholeNumber(1, 100_000))
    .option('--days <n>', 'those of so many days', wholeNumber(1, 36_500))
    .option('--all', 'all of them')
    .action((options: KeepOptions, command: Command) => runAction(command, (context) => keepRuns(context, options)));
  runs
    .command('prune')
    .description('remove the runs that the rule lets go, and on which nothing rests any more')
    .option('--dry-run', 'only tell them')
    .action(({ dryRun = false }: { dryRun?: boolean }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const pruning = await client.runs.prune({ dryRun }, { signal });
        output.answer(pruning, (told) => describePruning(told, dryRun));
        return 0;
      }),
    );
  runs
    .command('remove')
    .description('remove one run for good; refused while the map rests on it')
    .argument('<run>', 'its number', runNumber)
    .option('--yes', 'remove it; without it only tell what that would mean')
    .action((run: number, { yes = false }: { yes?: boolean }, command: Command) =>
      runAction(command, (context) => removeRun(context, { run, yes })),
    );
}

// The shapes below are what scripts rely on.

type ListedRun = Pick<Run, 'id' | 'source' | 'clouds' | 'status' | 'startedAt' | 'finishedAt' | 'resources'> & {
  readonly bytes: number;
};

async function listRuns({ client, output, signal }: ActionContext): Promise<number> {
  const [all, history] = await Promise.all([
    client.discovery.runs(undefined, { signal }),
    client.runs.history(undefined, { signal }),
  ]);
  const bytesOf = new Map(history.runs.map(({ run, bytes }) => [run, bytes]));
  const runs = all.map(({ id, source, clouds, status, startedAt, finishedAt, resources }): ListedRun => {
    return { id, source, clouds, status, startedAt, finishedAt, resources, bytes: bytesOf.get(id) ?? 0 };
  });
  const { retention, followed, bytes } = history;
  output.answer({ retention, followed, bytes, runs }, describeRuns);
  return 0;
}

function describeRuns({
  runs,
  bytes,
  retention,
  followed,
}: Pick<RunHistory, 'retention' | 'followed' | 'bytes'> & { readonly runs: readonly ListedRun[] }): string {
  const rows = runs.map(({ id, source, clouds, status, startedAt, resources, bytes: size }) => [
    id,
    source,
    clouds.join(', '),
    status,
    new Date(startedAt).toISOString(),
    resources,
    bytesText(size),
  ]);
  return [
    table(['run', 'source', 'clouds', 'status', 'started', 'resources', 'size'], rows),
    '',
    `${runs.length} runs take ${bytesText(bytes)}. ${describeRetention(retention, followed)}`,
  ].join('\n');
}

interface KeepOptions {
  readonly last?: number;
  readonly days?: number;
  readonly all?: boolean;
}

async function keepRuns({ client, output, signal }: ActionContext, options: KeepOptions): Promise<number> {
  const { last = null, days = null, all = false } = options;
  if (all && (last !== null || days !== null)) {
    throw new AppError('bad-input', '--all goes with neither --last nor --days.', { advice: 'Leave one of them out.' });
  }
  const asked = all || last !== null || days !== null;
  if (asked) await client.runs.retain({ runs: last, days }, { signal });
  const { retention, followed } = await client.runs.history(undefined, { signal });
  output.answer({ retention, followed }, (told) => describeRetention(told.retention, told.followed));
  return 0;
}

function describeRetention({ runs, days }: Retention, followed: boolean): string {
  const rules = [
    ...(runs === null ? [] : [runs === 1 ? 'the newest run' : `the newest ${runs} runs`]),
    ...(days === null ? [] : [days === 1 ? 'the runs of the last day' : `the runs of the last ${days} days`]),
  ];
  if (rules.length === 0) return 'All runs are kept.';
  const rule = rules.join(' and ');
  if (followed) return `Kept are ${rule}, and what the map still rests on.`;
  return `The rule is to keep ${rule}. It came with the workspace, or was changed in its file, and is not followed on this machine: set it with \`groundplan runs keep\` to follow it.`;
}

function describePruning({ removed, kept }: Pruning, dryRun: boolean): string {
  const bytes = removed.reduce((sum, one) => sum + one.bytes, 0);
  const verb = dryRun ? 'would be removed' : 'removed';
  const needed = kept.filter(({ why }) => why === 'needed').map(({ run }) => run);
  const looked = kept.filter(({ why }) => why === 'looked-at').map(({ run }) => run);
  return [
    removed.length === 0
      ? `No run ${dryRun ? 'would be' : 'was'} removed.`
      : `${listOf(removed.map(({ run }) => run))} ${verb}: ${bytesText(bytes)}.`,
    ...(needed.length === 0 ? [] : [`${listOf(needed)} kept: the map, or a run that is kept, rests on it.`]),
    ...(looked.length === 0 ? [] : [`${listOf(looked)} kept: somebody looked at it within the last hour.`]),
  ].join('\n');
}

function listOf(runs: readonly number[]): string {
  return `${runs.length === 1 ? 'Run' : 'Runs'} ${runs.join(', ')}`;
}

async function removeRun(
  { client, output, signal }: ActionContext,
  { run, yes }: { readonly run: number; readonly yes: boolean },
): Promise<number> {
  if (yes) {
    const removed = await client.runs.remove({ run }, { signal });
    output.answer(removed, (told) => `Run ${told.run} removed: ${bytesText(told.bytes)}.${describeSpoils(told)}`);
    return 0;
  }
  const told = await client.runs.removal({ run }, { signal });
  output.answer(told, describeRemoval);
  return 2;
}

function describeRemoval(told: RunRemoval): string {
  if (told.cells > 0) {
    return `Run ${told.run} cannot be removed: the map rests on it for ${told.cells} listings that no later run completed.`;
  }
  return `Run ${told.run} takes ${bytesText(told.bytes)}.${describeSpoils(told)} Give --yes to remove it for good.`;
}

function describeSpoils({ spoils }: RunRemoval): string {
  return spoils.length === 0
    ? ''
    : ` Without it the estate cannot be shown as it stood after run ${spoils.join(', ')}.`;
}
