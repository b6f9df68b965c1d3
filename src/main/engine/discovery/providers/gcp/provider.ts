import type { Logger } from '#engine/ports/index.ts';
import type { GcpRequest } from '#shared/model/index.ts';
import type { CloudProvider, ProviderConnection } from '../../cloud-provider.ts';
import { gcpAdvice } from './advice.ts';
import { findIdentity } from './access/credentials.ts';
import { placesOf } from './access/places.ts';
import { gcpCloudSources, type GcpHost } from './access/sources.ts';
import { type CallPlace, toGcpAppError } from './calls/errors.ts';
import { InventoryCaller } from './calls/inventory-caller.ts';
import { openInventoryClient } from './calls/inventory-client.ts';
import { defaultLimits, type InventoryLimits } from './calls/limits.ts';
import { takeCensus } from './census.ts';
import { resourcePermission } from './gcp-step.ts';
import { planTasks } from './plan.ts';
import { gcpDiscoveryPolicy } from './policy.ts';
import { allSteps } from './steps.ts';
import { unlessAborted } from '../../pacing/unless-aborted.ts';

export interface GcpProviderDeps extends GcpHost {
  readonly now: () => number;
  readonly logger: Logger;
  readonly limits?: InventoryLimits;
}

/** Google Cloud, through its asset inventory alone. */
export function createGcpProvider(deps: GcpProviderDeps): CloudProvider<'gcp'> {
  return {
    cloud: 'gcp',
    steps: allSteps.map(({ declaration }) => declaration),
    policy: gcpDiscoveryPolicy,
    advise: gcpAdvice,
    sources: () => gcpCloudSources(deps),
    connect: (request, signal) => connect(deps, request, signal),
  };
}

async function connect(deps: GcpProviderDeps, request: GcpRequest, signal: AbortSignal): Promise<ProviderConnection> {
  const places = await placesOf(request, { host: deps, now: deps.now });
  const { endpoint, transport, at } = places;
  const identity = await findIdentity(places.tokenVariable, deps);
  const placeOf = (scope: string, permission: string): CallPlace => ({
    scope,
    permission,
    endpoint: endpoint.label,
    identity: identity.label,
  });
  const [firstScope = ''] = places.scopes;
  const failed = (error: unknown): never => {
    if (signal.aborted) throw signal.reason;
    throw toGcpAppError(error, placeOf(firstScope, resourcePermission));
  };
  // Signing in first: credentials that do not work are told as such, and not by every listing.
  await unlessAborted(identity.auth.getRequestHeaders(), signal).catch(failed);
  const client = await openInventoryClient({ endpoint, transport, auth: identity.auth }).catch(failed);
  try {
    const caller = new InventoryCaller(client, { limits: deps.limits ?? defaultLimits });
    const census = await takeCensus({ caller, scopes: places.scopes, at, placeOf, signal });
    deps.logger.info('discovery.gcp.census', { asked: places.scopes.length, scopes: census.scopes.length });
    const [lost] = census.lost;
    if (census.asked.length === 0 && lost !== undefined) {
      throw toGcpAppError(lost.thrown, placeOf(firstScope, resourcePermission));
    }
    return {
      scopes: [...census.scopes, ...census.lost.map(({ scope }) => scope)],
      plan: (options) =>
        Promise.resolve(
          planTasks({ caller, census, regions: places.regions, at, asker: identity.label, placeOf }, options),
        ),
      calls: () => caller.counts,
      close: () => client.close(),
    };
  } catch (error) {
    client.close();
    throw error;
  }
}
