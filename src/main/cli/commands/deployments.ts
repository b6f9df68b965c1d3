import type { Command } from 'commander';
import { cleanText } from '#shared/base/clean-text.ts';
import type { Deployment, LogLine } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { describeDeployment } from '../describe-deployment.ts';
import { table } from '../output.ts';

/** deployment: looking at what runs and ran, and stopping it. */
export function addDeploymentCommands(program: Command): void {
  const deployment = program.command('deployment').description('running and past deployments');
  deployment
    .command('list')
    .description('all deployments, newest first')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        const deployments = await client.deployments.list({}, { signal });
        output.answer(deployments, (all) =>
          table(
            ['id', 'environment', 'blueprint', 'state', 'proposed by'],
            all.map((one) => [
              one.id,
              one.environment,
              `${one.blueprint}@${one.version}`,
              one.state,
              `${one.proposedBy.kind} ${one.proposedBy.name}`,
            ]),
          ),
        );
        return 0;
      }),
    );
  deployment
    .command('show <id>')
    .description('one deployment with its steps')
    .action((id: string, _options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer(await client.deployments.get({ id }, { signal }), describeDeployment);
        return 0;
      }),
    );
  deployment
    .command('logs <id>')
    .description('what the tools said')
    .option('--follow', 'go on until it ends; with --json a line of JSON each')
    .action((id: string, options: { follow?: boolean }, command: Command) =>
      runAction(command, async (context) => {
        if (options.follow === true && (await mayMove(context, id))) return followLogs(context, id);
        const lines: LogLine[] = [];
        for (let more = true; more;) {
          const after = lines.at(-1)?.sequence ?? 0;
          const page = await context.client.deployments.logs({ id, after }, { signal: context.signal });
          lines.push(...page.lines);
          ({ more } = page);
        }
        context.output.answer({ lines }, () => lines.map(logText).join('\n'));
        return 0;
      }),
    );
  deployment
    .command('cancel <id>')
    .description('send one signal to what runs and wait')
    .action((id: string, _options, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        output.answer(await client.deployments.cancel({ id }, { signal }), describeDeployment);
        return 0;
      }),
    );
}

const moving: ReadonlySet<Deployment['state']> = new Set([
  'PROPOSED',
  'RESOLVING',
  'PLANNING',
  'PLANNED',
  'APPROVED',
  'PREFLIGHT',
  'EXECUTING',
  'CANCELLING',
  'RECOVERING',
]);

/** An engine of our own keeps everybody else out, so what waits for a person then waits for ever. */
async function mayMove({ client, joined, signal }: ActionContext, id: string): Promise<boolean> {
  return joined || moving.has((await client.deployments.get({ id }, { signal })).state);
}

/** Ends with the deployment, or with Ctrl-C, which is the way to stop reading. */
async function followLogs({ client, output, signal }: ActionContext, id: string): Promise<number> {
  try {
    for await (const line of await client.deployments.followLogs({ id }, { signal })) {
      process.stdout.write(output.json ? `${JSON.stringify(line)}\n` : `${cleanText(logText(line))}\n`);
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  return 0;
}

function logText({ node, text }: LogLine): string {
  return `${node}: ${text}`;
}
