import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { AppError } from '#shared/errors/index.ts';
import {
  discoverableCloudSchema,
  regionNameSchema,
  targetSchema,
  type DiscoverRequestInput,
  type Run,
  type RunProgress,
} from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { describeRun } from '../describe-run.ts';
import { collect, collectCheckedBy, readEndpoint, readTime } from '../options.ts';
import { discoverRequestOf, type DiscoverOptions } from './discover-request.ts';

/** discover, sample: making the map. */
export function addDiscoverCommands(program: Command): void {
  const { account } = targetSchema.shape;
  program
    .command('discover')
    .description("map what really runs: what the options name, or else what the workspace's connection leads to")
    .option(
      '--cloud <cloud>',
      'which cloud (repeatable): aws, azure, gcp; all that are configured without it',
      collectCheckedBy(discoverableCloudSchema),
      [],
    )
    .option('--connection <name>', 'a connection of the workspace (repeatable); all without it', collect, [])
    .option('--profile <name>', 'a named profile (repeatable)', collect, [])
    .option('--organization', 'every account of the organisation')
    .option('--account <id>', 'an account to assume the role in (repeatable)', collectCheckedBy(account), [])
    .option('--role <name>', 'the role to assume')
    .option(
      '--scope <id>',
      'keep to it (repeatable): an account or unit, a subscription or management group, projects/ID',
      collect,
      [],
    )
    .option(
      '--region <name>',
      'a region (repeatable); all enabled ones without it',
      collectCheckedBy(regionNameSchema),
      [],
    )
    .option('--kind <kind>', 'a kind such as aws.ec2.vpc (repeatable); all without it', collect, [])
    .option('--endpoint <url>', "an endpoint other than the cloud's own", readEndpoint)
    .option('--access-token-env <name>', 'the environment variable that holds a bearer token (azure, gcp)')
    .addOption(new Option('--transport <kind>', 'how to talk to Google').choices(['grpc', 'rest']))
    .option('--at <time>', 'a moment of the last 35 days to read (gcp)', readTime)
    .action((options: DiscoverOptions, command: Command) =>
      runAction(command, (context) => discover(context, options), 'new'),
    );

  program
    .command('sample')
    .description('load the sample estate: offline, no tools needed')
    .action((_options, command: Command) =>
      runAction(
        command,
        async ({ client, output, signal }) => {
          const loaded = await client.discovery.loadSample(undefined, { signal });
          output.answer(
            loaded,
            (value) => `Loaded ${value.resources} resources of the sample estate, made ${value.madeAt}.`,
          );
          return 0;
        },
        'new',
      ),
    );
}

async function discover(context: ActionContext, options: DiscoverOptions): Promise<number> {
  const { client, output, signal } = context;
  const { run } = await client.discovery.start(await requestOf(context, options), { signal });
  const stopped = new Promise<Run>((resolve, reject) => {
    const cancel = (): void => {
      output.progress('cancelling …');
      client.discovery.cancel({ run }).then(resolve, reject);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  const ended = await Promise.race([follow(context, run), stopped.then(graphOf(context))]);
  output.progress('');
  // One that was interrupted is told at once; coverage can be looked at later.
  const told = output.json || signal.aborted;
  const { cells } = told ? { cells: [] } : await client.discovery.coverage({ run: ended.id }, { signal });
  output.answer(ended, (one) => describeRun(one, cells));
  return ended.status === 'failed' || ended.status === 'cancelled' ? 1 : 0;
}

/** What the options ask for; the workspace's connections are read for it. */
async function requestOf({ client, signal }: ActionContext, options: DiscoverOptions): Promise<DiscoverRequestInput> {
  const { workspace } = await client.system.info(undefined, { signal });
  return discoverRequestOf(options, workspace?.connections ?? []);
}

/** Tells the progress of a run and resolves with its end. Never resolves once the command is interrupted. */
async function follow({ client, output, signal }: ActionContext, run: number): Promise<Run> {
  let last: RunProgress | null = null;
  for await (const progress of await client.discovery.progress({ run })) {
    if (signal.aborted) break;
    last = progress;
    output.progress(progressLine(progress));
  }
  if (signal.aborted) return new Promise(() => undefined);
  if (last === null) throw new AppError('engine-gone', `The engine says nothing of run ${run}.`);
  return last.run;
}

/** A small map shows what a cancelled run kept at once; a large one is not waited for. */
const graphWaitMs = 600;

function graphOf({ client }: ActionContext): (run: Run) => Promise<Run> {
  return async (run) => {
    const shown = async (): Promise<void> => {
      for await (const { phase } of await client.discovery.progress({ run: run.id })) if (phase === 'done') return;
    };
    await Promise.race([shown(), wait(graphWaitMs)]);
    return run;
  };
}

function progressLine({ cells, phase }: RunProgress): string {
  const done = cells.reduce((sum, cell) => sum + cell.done, 0);
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  const resources = cells.reduce((sum, cell) => sum + cell.resources, 0);
  return `${phase}: ${done} of ${total} listings, ${resources} resources`;
}
