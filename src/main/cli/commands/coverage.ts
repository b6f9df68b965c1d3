import type { Command } from 'commander';
import type { Advice, AdvisedCell } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { describeCoverage, mostCellsTold } from '../describe-coverage.ts';
import { runNumber } from './runs.ts';

interface CoverageOptions {
  readonly run?: number;
  readonly asOf?: number;
}

interface Ledger {
  readonly run: number | null;
  readonly asOf: number | null;
}

/** What the engine hands out of the acts at once. */
const actsAtOnce = 200;

/** coverage: what was looked at, and what could not be. */
export function addCoverageCommand(program: Command): void {
  program
    .command('coverage')
    .description('what was looked at, and what could not be')
    .option('--run <id>', 'what one run looked at, instead of the newest look at each place', runNumber)
    .option('--as-of <id>', 'the newest look at each place, as it stood after a run', runNumber)
    .action((options: CoverageOptions, command: Command) => {
      if (options.run !== undefined && options.asOf !== undefined) {
        command.error('error: Give --run or --as-of, not both.');
      }
      const ledger = { run: options.run ?? null, asOf: options.asOf ?? null };
      return runAction(command, async (context) => {
        await (context.output.json ? writeAll(context, ledger) : describe(context, ledger));
        return 0;
      });
    });
}

async function describe({ client, output, signal }: ActionContext, ledger: Ledger): Promise<void> {
  const gaps = { ...ledger, filter: { onlyIncomplete: true }, limit: mostCellsTold };
  const [summary, cells, advice] = await Promise.all([
    client.coverage.summary(ledger, { signal }),
    client.coverage.cells(gaps, { signal }),
    client.coverage.advice({ ...ledger, limit: actsAtOnce }, { signal }),
  ]);
  output.answer({ summary, cells, advice }, describeCoverage);
}

/** A ledger may be larger than what is wise to hold: it is written as its pages come. */
function writeAll({ client, output, signal }: ActionContext, ledger: Ledger): Promise<void> {
  async function* cells(): AsyncGenerator<readonly unknown[]> {
    for await (const page of await client.coverage.all(ledger, { signal })) yield page.map(shown);
  }
  async function* advice(): AsyncGenerator<readonly Advice[]> {
    for (let offset = 0, total = 1; offset < total; offset += actsAtOnce) {
      const page = await client.coverage.advice({ ...ledger, offset, limit: actsAtOnce }, { signal });
      total = page.total;
      yield page.rows;
    }
  }
  return output.lists({ cells: cells(), advice: advice() });
}

/** What scripts rely on: a field more on a screen does not change it. */
function shown({ run: _run, remedy: _remedy, ...cell }: AdvisedCell): Omit<AdvisedCell, 'run' | 'remedy'> {
  return cell;
}
