import type { GraphOverlay } from '#engine/ports/index.ts';
import type { KnownEnds } from './known-ends.ts';
import type { RowFiles } from './row-files.ts';
import { blueprintVersionRow, deploymentRow, environmentRow } from './rows.ts';

/** The ids under which the overlay names resources; some may be native ids. */
export function nativeIdsOf(overlay: GraphOverlay): ReadonlySet<string> {
  return new Set([...overlay.managed, ...overlay.changed].map((entry) => entry.resourceId));
}

/** An environment's target names an AWS account by its digits. */
function canonicalScope(scopeId: string): string {
  return /^\d{12}$/.test(scopeId) ? `aws:account:${scopeId}` : scopeId;
}

/** Lays blueprints, environments and deployments over the resources. A link to something unknown is left out. */
export function addOverlay(
  { files, ends }: { readonly files: RowFiles; readonly ends: KnownEnds },
  overlay: GraphOverlay,
): void {
  const versions = new Map(overlay.blueprintVersions.map((entry) => [`${entry.name}@${entry.version}`, entry]));
  const environments = new Map(overlay.environments.map((entry) => [entry.name, entry]));
  const deployments = new Map(overlay.deployments.map((entry) => [entry.id, entry]));
  for (const version of versions.values()) files.add({ table: 'BlueprintVersion' }, blueprintVersionRow(version));
  for (const environment of environments.values()) {
    files.add({ table: 'Environment' }, environmentRow(environment));
    const used = `${environment.blueprint}@${environment.version}`;
    if (versions.has(used)) {
      files.add({ table: 'USES', from: 'Environment', to: 'BlueprintVersion' }, [environment.name, used]);
    }
  }
  for (const deployment of deployments.values()) {
    files.add({ table: 'Deployment' }, deploymentRow(deployment));
    if (environments.has(deployment.environment)) {
      files.add({ table: 'OF', from: 'Deployment', to: 'Environment' }, [deployment.id, deployment.environment]);
    }
  }
  function resolve(resourceId: string, environmentName: string, name: string): string {
    const environment = environments.get(environmentName);
    const { cloud = 'other', scopeId = '', region = 'global' } = environment ?? {};
    return ends.resolve(resourceId, { cloud, scopeId: canonicalScope(scopeId), region, name });
  }
  const told = new Set<string>();
  for (const { resourceId, environment, node, address, version } of overlay.managed) {
    if (!environments.has(environment)) continue;
    const id = resolve(resourceId, environment, address);
    const key = `${id}\n${environment}\n${address}`;
    if (told.has(key)) continue;
    told.add(key);
    const properties = JSON.stringify({ node, address, version });
    const target = { table: 'MANAGED_BY', from: 'Resource', to: 'Environment' };
    files.add(target, [id, environment, null, 'environment', 1, properties]);
  }
  for (const { deployment, resourceId, action } of overlay.changed) {
    const known = deployments.get(deployment);
    if (known === undefined) continue;
    const id = resolve(resourceId, known.environment, resourceId);
    files.add({ table: 'CHANGED', from: 'Deployment', to: 'Resource' }, [deployment, id, action]);
  }
}
