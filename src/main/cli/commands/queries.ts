import { InvalidArgumentError, type Command } from 'commander';
import { csvOfRows } from '#shared/base/csv.ts';
import { nameSchema, type Problem, type QueryResult, type SavedQuery } from '#shared/model/index.ts';
import { askMap } from '../ask-map.ts';
import { runAction } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { problemLine, table, textFor } from '../output.ts';
import { runNumber } from './runs.ts';

interface QueryOptions {
  readonly saved?: string;
  readonly save?: string;
  readonly summary?: string;
  readonly replace?: true;
  readonly csv?: true;
  readonly limit: number;
  readonly timeout: number;
  readonly run?: number;
}

function queryName(text: string): string {
  if (nameSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError('Give a name of lower-case letters, digits and dashes.');
}

/** graph query, queries: the user's own Cypher, written or saved. */
export function addQueryCommands(graph: Command): void {
  graph
    .command('query [cypher]')
    .description('run a read-only Cypher query')
    .option('--saved <name>', 'run a saved query instead', queryName)
    .option('--save <name>', 'keep the query under this name, once it has been answered', queryName)
    .option('--summary <text>', 'what it tells, for the list; with --save')
    .option('--replace', 'write over a query of that name; with --save')
    .option('--csv', 'answer as CSV that is safe to open in a spreadsheet')
    .option('--limit <rows>', 'at most so many rows', wholeNumber(1, 10_000), 1000)
    .option('--timeout <ms>', 'at most so many milliseconds', wholeNumber(100, 60_000), 10_000)
    .option('--run <id>', 'as it stood after a run', runNumber)
    .action((written: string | undefined, options: QueryOptions, command: Command) => {
      // Wrong usage: told before an engine starts or a file is written.
      if ((written === undefined) === (options.saved === undefined)) {
        command.error('error: Give either a query or --saved NAME.');
      }
      const { replace, save, summary } = options;
      if (save === undefined && (summary !== undefined || replace === true)) {
        command.error('error: --summary and --replace go with --save NAME.');
      }
      if (save !== undefined && written === undefined) {
        command.error('error: --save NAME keeps a query that is given.');
      }
      if (options.csv === true && command.optsWithGlobals()['json'] === true) {
        command.error('error: An answer is CSV or JSON, not both.');
      }
      return askMap(command, async ({ client, output, signal }) => {
        const { saved, limit, timeout: timeoutMs, run: asOf = null } = options;
        const cypher =
          saved === undefined ? (written ?? '') : (await client.queries.get({ name: saved }, { signal })).cypher;
        const result = await client.estate.query({ cypher, limit, timeoutMs, asOf }, { signal });
        if (save !== undefined) await client.queries.save({ name: save, summary, cypher, replace }, { signal });
        if (options.csv === true) {
          process.stdout.write(textFor(csvOfRows(result), process.stdout));
          if (result.truncated) process.stderr.write('More rows were left out; raise --limit.\n');
        } else output.answer(answerOf(result), describeAnswer);
        return 0;
      });
    });
  addSavedQueryCommands(
    graph.command('queries').description('the saved queries of the workspace, and those that come with Groundplan'),
  );
}

function addSavedQueryCommands(queries: Command): void {
  queries
    .command('rename')
    .description('give a saved query of the workspace another name')
    .argument('<name>', 'the name it has', queryName)
    .argument('<to>', 'the name it gets', queryName)
    .action((name: string, to: string, ...[, command]: [unknown, Command]) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer(await client.queries.rename({ name, to }, { signal }), () => `${name} is called ${to} now.`);
        return 0;
      }),
    );
  queries
    .command('remove')
    .description('remove a saved query of the workspace')
    .argument('<name>', 'its name', queryName)
    .action((name: string, _options: unknown, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        await client.queries.remove({ name }, { signal });
        output.answer({ removed: name }, () => `${name} is removed.`);
        return 0;
      }),
    );
  queries.action((_options: unknown, command: Command) =>
    runAction(command, async ({ client, output, signal }) => {
      output.answer(await client.queries.list(undefined, { signal }), describeQueries);
      return 0;
    }),
  );
}

// The shape below is what scripts rely on: a field more on a screen does not change it.

type Answer = Pick<QueryResult, 'columns' | 'rows'> & { readonly truncated?: true };

/** `truncated` stands only where rows were left out. */
function answerOf({ columns, rows, truncated }: QueryResult): Answer {
  return { columns, rows, ...(truncated ? { truncated } : {}) };
}

function describeAnswer({ columns, rows, truncated }: Answer): string {
  const cells = rows.map((row) => columns.map((column) => printable(row[column])));
  return `${table(columns, cells)}${truncated === true ? '\n(more rows; raise --limit)' : ''}`;
}

function printable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function describeQueries(answer: {
  readonly queries: readonly SavedQuery[];
  readonly problems: readonly Problem[];
}): string {
  const rows = answer.queries.map(({ name, summary, given }) => [name, given ? 'Groundplan' : 'workspace', summary]);
  return [table(['name', 'from', 'summary'], rows), ...answer.problems.map(problemLine)].join('\n');
}
