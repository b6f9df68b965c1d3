import { type Command, Option } from 'commander';
import type { Json } from '#shared/base/json.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Deployment, Target } from '#shared/model/index.ts';
import { runAction, type ActionContext } from '../command.ts';
import { collectAssignments, readReference, readTarget, valueOf, type Assignment, type Reference } from '../options.ts';
import { describeDeployment } from '../describe-deployment.ts';
import { addDeploymentCommands } from './deployments.ts';
import { addDriftCommand } from './drift.ts';

interface ProposeOptions {
  readonly env: string;
  readonly target: Target;
  readonly set: Assignment[];
  readonly reason: string;
  readonly remove?: boolean;
}

/** propose, deployment, drift. There is no verb that approves: that is a person's act on the review screen. */
export function addDeployCommands(program: Command): void {
  addProposeCommand(program);
  addDeploymentCommands(program);
  addDriftCommand(program);
}

function addProposeCommand(program: Command): void {
  program
    .command('propose')
    .argument('<blueprint[@version]>', 'the newest active version without one', readReference)
    .description('propose a deployment for a person to review')
    .requiredOption('--env <name>', 'the environment it makes or changes')
    .addOption(
      new Option(
        '--target <cloud/account/region>',
        'aws/ACCOUNT/REGION, azure/SUBSCRIPTION/LOCATION or gcp/PROJECT/REGION',
      )
        .argParser(readTarget)
        .makeOptionMandatory(),
    )
    .option('--set <name=value>', 'an input; JSON values are taken as such (repeatable)', collectAssignments, [])
    .option('--reason <text>', 'why', '')
    .option('--remove', 'remove the environment instead')
    .action((blueprint: Reference, options: ProposeOptions, command: Command) =>
      runAction(command, (context) => propose(context, blueprint, options)),
    );
}

async function propose(context: ActionContext, blueprint: Reference, options: ProposeOptions): Promise<number> {
  const { client, output, signal } = context;
  const { name, version } = blueprint;
  const proposed = await client.deployments.propose(
    {
      blueprint: version === null ? name : `${name}@${version}`,
      environment: options.env,
      target: options.target,
      inputs: await inputsOf(context, blueprint, options.set),
      reason: options.reason,
      kind: options.remove === true ? 'remove' : 'deploy',
    },
    { signal },
  );
  const planned = await waitForPlan(context, proposed);
  output.answer(planned, describeDeployment);
  return unplanned.has(planned.state) ? 1 : 0;
}

/** The given inputs, each read as the published version takes it. */
async function inputsOf(
  { client, signal }: ActionContext,
  blueprint: Reference,
  given: readonly Assignment[],
): Promise<Record<string, Json>> {
  if (given.length === 0) return {};
  const ports = await client.catalog.get(blueprint, { signal }).then(
    ({ inputs }) => inputs.properties,
    (thrown: unknown) => {
      // What is wrong with the name or version is told by the proposal itself.
      if (signal.aborted) throw toAppError(thrown);
      return null;
    },
  );
  return Object.fromEntries(given.map((one) => [one.name, valueOf(one, ports?.[one.name]?.type === 'string')]));
}

const unplanned: ReadonlySet<Deployment['state']> = new Set([
  'PLAN_FAILED',
  'POLICY_BLOCKED',
  'CANCELLED',
  'SUPERSEDED',
]);
const planning: ReadonlySet<Deployment['state']> = new Set(['PROPOSED', 'RESOLVING', 'PLANNING', 'PLANNED']);

/** An engine that ends with this command must have planned before it does. Ctrl-C takes the proposal back. */
async function waitForPlan({ client, output, signal }: ActionContext, proposed: Deployment): Promise<Deployment> {
  const { id } = proposed;
  let latest = proposed;
  if (!planning.has(latest.state)) return latest;
  const stopped = new Promise<Deployment>((resolve, reject) => {
    const cancel = (): void => {
      output.progress('cancelling …');
      client.deployments.cancel({ id }).then(resolve, reject);
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  const watched = async (): Promise<Deployment> => {
    for await (const deployment of await client.deployments.watch({ id })) {
      latest = deployment;
      if (signal.aborted) return stopped;
      output.progress(`${latest.state.toLowerCase().replaceAll('_', ' ')} …`);
      if (!planning.has(latest.state)) break;
    }
    return latest;
  };
  const ended = await Promise.race([watched(), stopped]);
  output.progress('');
  return ended;
}
