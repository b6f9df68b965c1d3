import type { Command } from 'commander';
import type { DriftReport, Environment } from '#shared/model/index.ts';
import { runAction } from '../command.ts';

const runs: ReadonlySet<Environment['status']> = new Set(['live', 'partial', 'failed']);

/** drift: what moved since it was deployed. */
export function addDriftCommand(program: Command): void {
  program
    .command('drift')
    .description('what moved since it was deployed')
    .option('--env <name>', 'one environment; all without it')
    .action((options: { env?: string }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const reports: DriftReport[] = [];
        for (const environment of options.env === undefined ? await deployed() : [options.env]) {
          output.progress(`checking ${environment} …`);
          reports.push(await client.drift.check({ environment }, { signal }));
        }
        output.progress('');
        output.answer({ environments: reports }, () =>
          reports.length === 0 ? 'No environment is deployed.' : reports.map(describeReport).join('\n'),
        );
        return reports.some((report) => report.status === 'failed') ? 1 : 0;

        async function deployed(): Promise<string[]> {
          const { environments } = await client.catalog.environments(undefined, { signal });
          return environments.filter((one) => runs.has(one.status) && one.resources > 0).map(({ name }) => name);
        }
      }),
    );
}

const statusWords: Readonly<Record<DriftReport['status'], string>> = {
  none: 'no drift',
  drifted: 'drifted',
  failed: 'not all of it could be read',
};

function describeReport(report: DriftReport): string {
  return [
    `${report.environment}: ${statusWords[report.status]}`,
    ...report.items.flatMap((item) => [
      `  ${item.change} ${item.node} ${item.address} (${item.side})${item.decision === null ? '' : `, ${item.decision.action} by ${item.decision.by}`}`,
      ...item.attributes.map(({ path, expected, actual, sensitive }) =>
        sensitive ? `    ${path}: differs (sensitive)` : `    ${path}: ${text(expected)} → ${text(actual)}`,
      ),
    ]),
    ...report.failures.map((failure) => `  not read: ${failure.node}: ${failure.message}`),
  ].join('\n');
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
