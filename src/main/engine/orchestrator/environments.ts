import { AppError } from '#shared/errors/index.ts';
import { targetScopeId, type Environment, type Target } from '#shared/model/index.ts';
import { inputsOf } from '../planner/index.ts';
import type { GraphOverlay, RunningEnvironment } from '../ports/index.ts';
import type { Context } from './context.ts';
import { isExecuting, type DeploymentRecord } from './journal/index.ts';
import { assemble, outputLookup } from './planning/assemble.ts';
import { statePath } from '../workspace/index.ts';

/** What the journal knows of an environment. */
export interface EnvironmentState {
  readonly name: string;
  readonly blueprint: string;
  readonly version: string;
  readonly target: Target;
  readonly status: Environment['status'];
  /** Resources its states hold. */
  readonly resources: number;
  readonly lastDeployment: string;
}

/** Every environment that was ever proposed, as its newest deployments left it. */
export function environmentStates(context: Context): EnvironmentState[] {
  const byName = new Map<string, DeploymentRecord[]>();
  for (const record of context.journal.records()) {
    byName.set(record.environment, [...(byName.get(record.environment) ?? []), record]);
  }
  return [...byName].map(([name, records]) => {
    const resources = context.journal.tables.managed(name).length;
    const newest = [...records].sort((one, other) => other.proposedAt - one.proposedAt);
    const executed = newest.filter((record) => record.startedAt !== null);
    const shown = executed.find((record) => record.state === 'SUCCEEDED') ?? executed[0] ?? newest[0];
    if (shown === undefined) throw new AppError('internal', `${name} has no deployment.`);
    return {
      name,
      blueprint: shown.blueprint,
      version: shown.version,
      target: shown.target,
      status: statusOf(newest, executed, resources),
      resources,
      lastDeployment: (executed[0] ?? shown).id,
    };
  });
}

function statusOf(
  newest: readonly DeploymentRecord[],
  executed: readonly DeploymentRecord[],
  resources: number,
): Environment['status'] {
  if (newest.some((record) => isExecuting(record.state))) return 'deploying';
  const [last] = executed;
  if (last === undefined) return 'proposed';
  if (last.state === 'SUCCEEDED') return last.kind === 'remove' ? 'removed' : 'live';
  return resources > 0 ? 'partial' : 'failed';
}

/** What deployments lay over the map: themselves, their environments, what those manage and what was changed. */
export function journalOverlay(
  context: Context,
): Pick<GraphOverlay, 'deployments' | 'environments' | 'managed' | 'changed'> {
  const states = environmentStates(context);
  const versions = new Map(states.map((state) => [state.name, state.version]));
  return {
    environments: states
      .filter((state) => state.status !== 'proposed' && state.status !== 'removed')
      .map((state) => ({
        name: state.name,
        blueprint: state.blueprint,
        version: state.version,
        cloud: state.target.cloud,
        scopeId: targetScopeId(state.target),
        region: state.target.region,
        status: state.status,
        driftState: 'unknown',
        lastDeployment: state.lastDeployment,
      })),
    deployments: context.journal.records().map((record) => ({
      id: record.id,
      environment: record.environment,
      kind: record.kind,
      state: record.state,
      proposedBy: record.proposedBy.name,
      approvedBy: record.approval?.by.name ?? null,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
    })),
    managed: context.journal.tables.managed().flatMap((row) => {
      const resourceId = row.resourceId ?? row.nativeId;
      const version = versions.get(row.environment) ?? '';
      return resourceId === null
        ? []
        : [{ resourceId, environment: row.environment, node: row.step, address: row.address, version }];
    }),
    changed: context.journal.tables.changed().flatMap((row) => {
      const resourceId = row.resourceId ?? row.nativeId;
      return resourceId === null ? [] : [{ deployment: row.deployment, resourceId, action: row.action }];
    }),
  };
}

/** An environment's steps with the values they run with. Throws `not-found` when nothing of it is deployed. */
export async function runningEnvironment(context: Context, name: string): Promise<RunningEnvironment> {
  const managed = context.journal.tables.managed(name);
  const deployments = [...new Set(managed.map((row) => row.deployment))].map((id) => context.journal.record(id));
  const [record] = deployments.sort((one, other) => other.proposedAt - one.proposedAt);
  if (record === undefined) {
    throw new AppError('not-found', `Nothing is deployed as ${name}.`, { details: { environment: name } });
  }
  const assembly = await assemble(context, record.kind === 'remove' ? { ...record, kind: 'change' } : record);
  const outputs = outputLookup(context.journal.tables.outputs(name), () => null);
  const deployed = new Map(managed.map((row) => [row.step, context.journal.record(row.deployment)]));
  return {
    name,
    blueprint: record.blueprint,
    version: record.version,
    target: record.target,
    steps: assembly.steps
      .filter(({ step, mode }) => mode === 'apply' && deployed.has(step.id))
      .map(({ step }) => {
        const inputs = inputsOf(step, { inputs: assembly.inputs, outputs });
        return {
          id: step.id,
          use: step.use,
          stage: step.stage,
          deployedAt: deployed.get(step.id)?.finishedAt ?? 0,
          artifact: step.artifact,
          sources: step.sources,
          variables: inputs.variables,
          sensitive: inputs.sensitive,
          statePath: statePath(context.workspace.paths, name, step.id),
          imports: record.imports[step.id] ?? {},
        };
      }),
  };
}
