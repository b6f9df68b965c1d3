import { type Command, Option } from 'commander';
import { discoverRequestSchema, type Run, type RunProgress } from '#shared/model/index.ts';
import { collect, runAction, type ActionContext } from '../command.ts';
import { table } from '../output.ts';

/** discover, sample, graph, coverage: mapping and reading the map. */
export function addMapCommands(program: Command): void {
  program
    .command('discover')
    .description('map what really runs')
    .addOption(new Option('--cloud <cloud>', 'which cloud').choices(['aws']).argParser(collect).default([]))
    .option('--profile <name>', 'a named profile (repeatable)', collect, [])
    .option('--organization', 'every account of the organisation')
    .option('--account <id>', 'an account to assume the role in (repeatable)', collect, [])
    .option('--role <name>', 'the role to assume')
    .option('--region <name>', 'a region (repeatable); all enabled ones without it', collect, [])
    .option('--endpoint <url>', "an endpoint other than the cloud's own")
    .action((_options, command: Command) =>
      runAction(command, (context) => discover(context, command), { makesWorkspace: true }),
    );

  program
    .command('sample')
    .description('load the sample estate: offline, no tools needed')
    .action((_options, command: Command) =>
      runAction(
        command,
        async ({ client, output }) => {
          const loaded = await client.discovery.loadSample();
          output.answer(
            loaded,
            (value) => `Loaded ${value.resources} resources of the sample estate, made ${value.madeAt}.`,
          );
        },
        { makesWorkspace: true },
      ),
    );

  const graph = program.command('graph').description('ask the cloud graph');
  graph
    .command('stats')
    .description('how much of what there is')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const stats = await client.estate.stats();
        output.answer(stats, (value) =>
          [
            `${value.resources} resources, ${value.relationships} relationships, ${value.scopes} scopes, ${value.runs} runs`,
            '',
            table(['kind', 'resources'], Object.entries(value.byKind)),
            '',
            table(['relationship', 'number'], Object.entries(value.byRelationship)),
          ].join('\n'),
        );
      }),
    );
  graph
    .command('query <cypher>')
    .description('run a read-only Cypher query')
    .option('--limit <rows>', 'at most so many rows', Number, 1000)
    .option('--timeout <ms>', 'at most so many milliseconds', Number, 10_000)
    .action((cypher: string, options: { limit: number; timeout: number }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const result = await client.estate.query({ cypher, limit: options.limit, timeoutMs: options.timeout });
        output.answer(result, ({ columns, rows, truncated }) => {
          const cells = rows.map((row) => columns.map((column) => printable(row[column])));
          return `${table(columns, cells)}${truncated ? `\n(more rows; raise --limit)` : ''}`;
        });
      }),
    );

  program
    .command('coverage')
    .description('what was looked at, and what could not be')
    .option('--run <id>', 'of one run instead of the newest view', Number)
    .action((options: { run?: number }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const coverage = await client.discovery.coverage({ run: options.run ?? null });
        output.answer(coverage, ({ cells }) => {
          const missing = cells.filter((cell) => cell.status !== 'complete' && cell.status !== 'disabled');
          const rows = missing.map((cell) => [
            cell.scope,
            cell.region,
            cell.kind,
            cell.status,
            cell.permission,
            cell.error,
          ]);
          return [
            `${cells.length - missing.length} of ${cells.length} cells are complete.`,
            ...(missing.length === 0
              ? []
              : ['', table(['scope', 'region', 'kind', 'status', 'permission', 'error'], rows)]),
          ].join('\n');
        });
      }),
    );
}

async function discover({ client, output, signal }: ActionContext, command: Command): Promise<number> {
  const options = command.opts<{
    cloud: string[];
    profile: string[];
    organization?: boolean;
    account: string[];
    role?: string;
    region: string[];
    endpoint?: string;
  }>();
  const request = discoverRequestSchema.parse({
    clouds: options.cloud.length === 0 ? ['aws'] : options.cloud,
    profiles: options.profile,
    organization: options.organization ?? false,
    accounts: options.account,
    ...(options.role === undefined ? {} : { role: options.role }),
    regions: options.region,
    endpoint: options.endpoint ?? null,
  });
  const { run } = await client.discovery.start(request);
  signal.addEventListener('abort', () => {
    output.progress('cancelling …');
    // The progress stream tells how the run ended; a failed cancel shows there as well.
    client.discovery.cancel({ run }).catch(() => undefined);
  });
  let last: RunProgress | null = null;
  for await (const progress of await client.discovery.progress({ run })) {
    last = progress;
    output.progress(progressLine(progress));
  }
  output.progress('');
  if (last === null) return 1;
  output.answer(last.run, describeRun);
  return last.run.status === 'failed' || last.run.status === 'cancelled' ? 1 : 0;
}

function progressLine({ cells, phase }: RunProgress): string {
  const done = cells.reduce((sum, cell) => sum + cell.done, 0);
  const total = cells.reduce((sum, cell) => sum + cell.total, 0);
  const resources = cells.reduce((sum, cell) => sum + cell.resources, 0);
  return `${phase}: ${done} of ${total} listings, ${resources} resources`;
}

function describeRun(run: Run): string {
  const seconds = (((run.finishedAt ?? run.startedAt) - run.startedAt) / 1000).toFixed(1);
  const missing =
    run.incompleteCells === 0
      ? 'Everything asked for was looked at.'
      : `${run.incompleteCells} of ${run.cells} listings could not be completed: see \`groundplan coverage\`.`;
  return `Run ${run.id} ${run.status}: ${run.resources} resources, ${run.relationships} relationships in ${seconds} s. ${missing}${run.error === null ? '' : `\n${run.error}`}`;
}

function printable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
