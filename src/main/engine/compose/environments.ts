import type { EnvironmentStatus } from '../catalog/index.ts';
import type { DeployedNode } from '../drift/index.ts';
import type { Orchestrator } from '../orchestrator/index.ts';
import type { Call, DriftService } from '../ports/index.ts';

/** What deployments and drift checks know of an environment, for the catalog; null when it was never proposed. */
export async function environmentStatus(
  name: string,
  sources: { readonly orchestrator: Orchestrator; readonly drift: DriftService; readonly self: Call },
): Promise<EnvironmentStatus | null> {
  const state = sources.orchestrator.environments().find((one) => one.name === name);
  if (state === undefined) return null;
  const report = (await sources.drift.list(undefined, sources.self)).find((one) => one.environment === name);
  const { status, resources, lastDeployment } = state;
  return {
    status,
    resources,
    lastDeployment: status === 'proposed' ? null : lastDeployment,
    drift: report?.status ?? 'unknown',
    driftCheckedAt: report?.checkedAt ?? null,
  };
}

/** The steps of an environment that have a state, as drift reads them. None when nothing of it is deployed. */
export async function deployedNodes(orchestrator: Orchestrator, environment: string): Promise<DeployedNode[]> {
  const state = orchestrator.environments().find((one) => one.name === environment);
  if (state === undefined || state.resources === 0) return [];
  const running = await orchestrator.running(environment);
  return running.steps.map((step) => ({
    id: step.id,
    blueprint: running.blueprint,
    version: running.version,
    use: step.use,
    target: running.target,
    stage: step.stage,
    sources: step.sources,
    variables: step.variables,
    sensitive: [...step.sensitive],
    statePath: step.statePath,
    deployedAt: step.deployedAt,
    missing: step.artifact.inputs.required.filter((name) => !Object.hasOwn(step.variables, name)),
  }));
}
