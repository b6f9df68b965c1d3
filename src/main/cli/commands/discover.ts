import { type Command, Option } from 'commander';
import { cleanText } from '#shared/base/clean-text.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  awsAccountSchema,
  awsExternalIdSchema,
  discoverableCloudSchema,
  regionNameSchema,
  type DiscoverRequestInput,
} from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { describeRun } from '../describe-run.ts';
import { endOfRun } from '../follow-run.ts';
import { checkedBy, collect, collectCheckedBy, readEndpoint, readTime } from '../options.ts';
import { discoverRequestOf, type DiscoverOptions } from './discover-request.ts';
import { runNumber } from './runs.ts';

/** discover, sample: making the map. */
export function addDiscoverCommands(program: Command): void {
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
    .option('--account <id>', 'an account to assume the role in (repeatable)', collectCheckedBy(awsAccountSchema), [])
    .option('--role <name>', 'the role to assume')
    .option('--external-id <id>', 'the external id that the role asks for', checkedBy(awsExternalIdSchema))
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
    .option('--resume [run]', 'go on with a run that was cancelled or cut off: the newest, or the one named', runNumber)
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
  const run = await begin(context, options);
  const ended = await endOfRun(context, run);
  // One that was interrupted is told at once; coverage can be looked at later.
  const told = output.json || signal.aborted;
  const { disabled = 0 } = told ? {} : (await client.coverage.summary({ run: ended.id }, { signal })).byStatus;
  output.answer(ended, (one) => describeRun(one, disabled));
  return ended.status === 'failed' || ended.status === 'cancelled' ? 1 : 0;
}

/** Starts a run, or goes on with one. */
async function begin(context: ActionContext, options: DiscoverOptions): Promise<number> {
  const { client, signal } = context;
  const { resume, ...others } = options;
  if (resume === undefined) return (await client.discovery.start(await requestOf(context, options), { signal })).run;
  if (Object.values(others).some((value) => value !== undefined && (!Array.isArray(value) || value.length > 0))) {
    throw new AppError('bad-input', '--resume goes on with what was asked then, and takes no other places or kinds.', {
      advice: 'Leave the other options out, or start a new run.',
    });
  }
  const { run, changes } = await client.discovery.resume({ run: resume === true ? null : resume }, { signal });
  for (const change of changes) process.stderr.write(`${cleanText(change)}\n`);
  return run;
}

/** What the options ask for; the workspace's connections are read for it. */
async function requestOf({ client, signal }: ActionContext, options: DiscoverOptions): Promise<DiscoverRequestInput> {
  const { workspace } = await client.system.info(undefined, { signal });
  return discoverRequestOf(options, workspace?.connections ?? []);
}
