import type { Command } from 'commander';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Deployment, DriftReport } from '#shared/model/index.ts';
import { collect, runAction, type ActionContext } from '../command.ts';
import { table } from '../output.ts';

/** propose, deployment, drift. There is no verb that approves: that is a person's act on the review screen. */
export function addDeployCommands(program: Command): void {
  program
    .command('propose <blueprint[@version]>')
    .description('propose a deployment for a person to review')
    .requiredOption('--env <name>', 'the environment it makes or changes')
    .requiredOption('--target <cloud/account/region>', 'for example aws/123456789012/eu-west-1')
    .option('--set <name=value>', 'an input; JSON values are taken as such (repeatable)', collect, [])
    .option('--reason <text>', 'why', '')
    .option('--remove', 'remove the environment instead')
    .action(
      (
        blueprint: string,
        options: { env: string; target: string; set: string[]; reason: string; remove?: boolean },
        command: Command,
      ) =>
        runAction(command, async (context) => {
          const [cloud, account = '', region = ''] = options.target.split('/');
          if (cloud !== 'aws') throw new AppError('bad-input', `--target ${options.target}: give aws/ACCOUNT/REGION.`);
          const proposed = await context.client.deployments.propose({
            blueprint,
            environment: options.env,
            target: { cloud, account, region },
            inputs: Object.fromEntries(options.set.map(readAssignment)),
            reason: options.reason,
            kind: options.remove === true ? 'remove' : 'deploy',
          });
          const planned = await waitForPlan(context, proposed);
          context.output.answer(planned, describe);
          return planned.state === 'PLAN_FAILED' || planned.state === 'POLICY_BLOCKED' ? 1 : 0;
        }),
    );

  const deployment = program.command('deployment').description('running and past deployments');
  deployment
    .command('list')
    .description('all deployments, newest first')
    .action((_options, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const deployments = await client.deployments.list({});
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
      }),
    );
  deployment
    .command('show <id>')
    .description('one deployment with its steps')
    .action((id: string, _options, command: Command) =>
      runAction(command, async ({ client, output }) => output.answer(await client.deployments.get({ id }), describe)),
    );
  deployment
    .command('logs <id>')
    .description('what the tools said')
    .option('--follow', 'go on until it ends')
    .action((id: string, options: { follow?: boolean }, command: Command) =>
      runAction(command, async ({ client, output, signal }) => {
        if (options.follow === true) {
          for await (const line of await client.deployments.followLogs({ id }, { signal })) {
            process.stdout.write(output.json ? `${JSON.stringify(line)}\n` : `${line.node}: ${line.text}\n`);
          }
          return;
        }
        let after = 0;
        for (let more = true; more;) {
          const page = await client.deployments.logs({ id, after });
          for (const line of page.lines) {
            process.stdout.write(output.json ? `${JSON.stringify(line)}\n` : `${line.node}: ${line.text}\n`);
            after = line.sequence;
          }
          ({ more } = page);
        }
      }),
    );
  deployment
    .command('cancel <id>')
    .description('send one signal to what runs and wait')
    .action((id: string, _options, command: Command) =>
      runAction(command, async ({ client, output }) =>
        output.answer(await client.deployments.cancel({ id }), describe),
      ),
    );

  program
    .command('drift')
    .description('what moved since it was deployed')
    .option('--env <name>', 'one environment; all without it')
    .action((options: { env?: string }, command: Command) =>
      runAction(command, async ({ client, output }) => {
        const { environments } = await client.catalog.environments();
        const names =
          options.env === undefined
            ? environments.filter((one) => one.status === 'live').map((one) => one.name)
            : [options.env];
        const reports: DriftReport[] = [];
        for (const environment of names) {
          output.progress(`checking ${environment} …`);
          reports.push(await client.drift.check({ environment }));
        }
        output.progress('');
        output.answer({ environments: reports }, () =>
          reports.length === 0
            ? 'No environment is deployed.'
            : reports
                .map((report) =>
                  [
                    `${report.environment}: ${report.status}`,
                    ...report.items.flatMap((item) => [
                      `  ${item.change} ${item.node} ${item.address} (${item.side})`,
                      ...item.attributes.map(
                        (one) => `    ${one.path}: ${JSON.stringify(one.expected)} → ${JSON.stringify(one.actual)}`,
                      ),
                    ]),
                    ...report.failures.map((failure) => `  not read: ${failure.node}: ${failure.message}`),
                  ].join('\n'),
                )
                .join('\n'),
        );
        return reports.some((report) => report.status === 'failed') ? 1 : 0;
      }),
    );
}

/** An engine that ends with this command must have planned before it does. */
async function waitForPlan({ client, output, signal }: ActionContext, proposed: Deployment): Promise<Deployment> {
  let latest = proposed;
  const planning = new Set(['PROPOSED', 'RESOLVING', 'PLANNING', 'PLANNED']);
  if (!planning.has(latest.state)) return latest;
  for await (const deployment of await client.deployments.watch({ id: proposed.id }, { signal })) {
    latest = deployment;
    output.progress(`${latest.state.toLowerCase()} …`);
    if (!planning.has(latest.state)) break;
  }
  output.progress('');
  return latest;
}

function readAssignment(text: string): [string, Json] {
  const at = text.indexOf('=');
  if (at < 1) throw new AppError('bad-input', `--set ${text}: give NAME=VALUE.`);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value) as Json];
  } catch {
    // Not JSON: it is text as it stands, such as a CIDR or a name.
    return [text.slice(0, at), value];
  }
}

function describe(deployment: Deployment): string {
  const { target } = deployment;
  return [
    `${deployment.id}: ${deployment.state}`,
    `${deployment.blueprint} ${deployment.version} → ${deployment.environment} (${target.cloud}/${target.account}/${target.region})`,
    table(
      ['stage', 'step', 'state', 'planned', 'changes'],
      deployment.nodes.map((node) => [
        node.stage,
        node.id,
        node.state,
        node.planned,
        node.planned === 'exact' ? node.changes.length : `at most ${node.envelope?.addresses.length ?? 0}`,
      ]),
    ),
    ...deployment.problems.map((problem) => `${problem.severity}: ${problem.message}`),
    ...(deployment.state === 'AWAITING_APPROVAL' ? ['A person decides on the review screen.'] : []),
  ].join('\n');
}
