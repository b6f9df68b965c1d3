import type { Command } from 'commander';
import type { RunComparison, RunDifference, RunGap } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { wholeNumber } from '../options.ts';
import { counted, table } from '../output.ts';

/** Reads the number of a run. */
export const runNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);
/** Rows asked for at once; the most that the contract allows. */
const pageSize = 5000;
/** Differences shown as a table; `--json` has all of them. */
const shownRows = 50;

/** graph compare: what two runs saw differently. */
export function addCompareCommand(graph: Command): void {
  graph
    .command('compare')
    .description('what came, went and changed between two runs, and where that cannot be told')
    .argument('<from>', 'the earlier run', runNumber)
    .argument('<to>', 'the later run', runNumber)
    .action((...[from, to, , command]: [number, number, object, Command]) =>
      runAction(command, async (context) => {
        context.output.answer(await compareRuns(context, { from, to }), describeComparison);
        return 0;
      }),
    );
}

interface Pair {
  readonly from: number;
  readonly to: number;
}

type Resource = Pick<RunDifference, 'id' | 'kind' | 'name' | 'region'> & { readonly scope: string };
type Changed = Resource & Pick<RunDifference, 'changes'> & { readonly unread?: true };

// What scripts rely on: a field more on a screen does not change it.
interface Comparison extends Pair {
  readonly added: readonly Resource[];
  readonly removed: readonly Resource[];
  readonly changed: readonly Changed[];
  readonly cannotTell: readonly RunGap[];
  /** Resources that one run alone saw in places that cannot be compared. */
  readonly unknown: RunComparison['unknown'];
}

async function compareRuns({ client, signal }: ActionContext, pair: Pair): Promise<Comparison> {
  const { unknown } = await client.runs.compare(pair, { signal });
  const differences = await all((page) => client.runs.differences({ ...pair, ...page }, { signal }));
  const of = (change: RunDifference['change']) => differences.filter((row) => row.change === change);
  return {
    ...pair,
    added: of('added').map(resourceOf),
    removed: of('removed').map(resourceOf),
    changed: of('changed').map((row) => ({
      ...resourceOf(row),
      changes: row.changes,
      ...(row.unread ? { unread: true as const } : {}),
    })),
    cannotTell: await all((page) => client.runs.gaps({ ...pair, ...page }, { signal })),
    unknown,
  };
}

function resourceOf({ id, kind, name, scopeId, region }: RunDifference): Resource {
  return { id, kind, name, scope: scopeId, region };
}

async function all<Row>(
  read: (page: { offset: number; limit: number }) => Promise<{ readonly total: number; readonly rows: readonly Row[] }>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await read({ offset: rows.length, limit: pageSize });
    rows.push(...page.rows);
    if (rows.length >= page.total || page.rows.length === 0) return rows;
  }
}

function describeComparison({ from, to, added, removed, changed, cannotTell, unknown }: Comparison): string {
  const lines = [
    ...added.map((row) => ['+', row.kind, row.name, row.region, '']),
    ...removed.map((row) => ['-', row.kind, row.name, row.region, '']),
    ...changed.map((row) => ['~', row.kind, row.name, row.region, describeChanges(row)]),
  ];
  const summary =
    `Run ${from} to run ${to}: ${added.length} added, ${removed.length} removed, ${changed.length} changed` +
    (cannotTell.length === 0
      ? '.'
      : `; ${counted(cannotTell.length, 'place')} cannot be compared, with ${counted(unknown, 'resource')}.`);
  const gaps = cannotTell.slice(0, shownRows).map(({ scope, region, kind, why }) => [scope, region, kind, why]);
  return [
    summary,
    ...(lines.length === 0 ? [] : ['', table(['', 'kind', 'name', 'region', 'what'], lines.slice(0, shownRows))]),
    ...(lines.length > shownRows ? [`(${lines.length - shownRows} more; --json has all of them)`] : []),
    ...(gaps.length === 0 ? [] : ['', table(['scope', 'region', 'kind', 'why it cannot be told'], gaps)]),
    ...(cannotTell.length > shownRows ? [`(${cannotTell.length - shownRows} more; --json has all of them)`] : []),
  ].join('\n');
}

function describeChanges({ changes, unread }: Changed): string {
  if (unread === true) return '(what changed cannot be read any more)';
  const [first, ...others] = changes;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first.path}: ${shortText(first.before)} → ${shortText(first.after)}${more}`;
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
