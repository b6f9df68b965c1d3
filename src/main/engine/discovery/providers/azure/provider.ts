import type { Logger } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AzureRequest } from '#shared/model/index.ts';
import type { CloudProvider, PlanOptions, ProviderConnection } from '../../cloud-provider.ts';
import { azureAdvice } from './advice.ts';
import { openSession } from './open-session.ts';
import { type AzureHost, credentialsOf, principalOf, tenantOf } from './credentials.ts';
import { endpointOf } from './endpoint.ts';
import { type CallPlace, toAzureAppError } from './errors.ts';
import { findScopes, type FindScopesOptions, type FoundScopes } from './find-scopes.ts';
import { lostSubscriptions, planTasks } from './plan.ts';
import type { AzurePlan } from './plan-parts.ts';
import { azureDiscoveryPolicy } from './policy.ts';
import { refuseUnknownRegions, regionsNamed } from './named-regions.ts';
import { type CallLimits, defaultCallLimits } from './session.ts';
import { azureCloudSources } from './sources.ts';
import { azureSteps } from './steps.ts';

export interface AzureProviderDeps extends AzureHost {
  readonly now: () => number;
  readonly logger: Logger;
  readonly limits?: CallLimits;
}

/** Azure in all its clouds, through Resource Graph alone. */
export function createAzureProvider(deps: AzureProviderDeps): CloudProvider<'azure'> {
  return {
    cloud: 'azure',
    steps: azureSteps.map(({ declaration }) => declaration),
    policy: azureDiscoveryPolicy,
    advise: azureAdvice,
    sources: () => azureCloudSources(deps),
    connect: (request, signal) => connect(deps, request, signal),
  };
}

async function connect(
  deps: AzureProviderDeps,
  request: AzureRequest,
  signal: AbortSignal,
): Promise<ProviderConnection> {
  const regions = regionsNamed(request.regions ?? []);
  const endpoint = endpointOf(request.endpoint);
  const { accessTokenEnv } = request;
  let principal: string | null = null;
  const placeOf = (what: string, permission?: string): CallPlace => ({
    what,
    endpoint: endpoint.name,
    permission: permission ?? null,
    tokenVariable: accessTokenEnv ?? null,
    principal,
  });
  const credential = await credentialsOf(accessTokenEnv, { host: deps, endpoint, now: deps.now });
  const token = await credential.getToken(endpoint.audience, { abortSignal: signal }).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw toAzureAppError(error, placeOf('Azure'));
  });
  principal = token === null ? null : principalOf(token.token);
  const session = await openSession(credential, { endpoint, limits: deps.limits ?? defaultCallLimits, now: deps.now });
  const find = (wanted: readonly string[], during: AbortSignal): Promise<FoundScopes> => {
    const tenant = token === null ? null : tenantOf(token.token);
    const options: FindScopesOptions = { session, wanted, tenant, placeOf, signal: during };
    return findScopes(options);
  };
  await refuseUnknownRegions(session, regions, signal).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw toAzureAppError(error, placeOf('Azure'));
  });
  const wanted = request.scopes ?? [];
  const found = await find(wanted, signal);
  deps.logger.info('discovery.azure.scopes', { subscriptions: found.subscriptions.length, gaps: found.gaps.length });
  const basis = { session, everything: wanted.length === 0, regions, placeOf };
  return {
    scopes: found.scopes,
    plan: async (options) =>
      planTasks({ ...basis, found: await withLost({ ...basis, found }, options, find) }, options),
    calls: () => session.counts,
    close: () => undefined,
  };
}

/**
 * Where more subscriptions can be seen than Azure lists at once, one that an earlier run saw may only have been cut
 * off: those that are missing are asked for by name before they are told as gone.
 */
async function withLost(
  plan: AzurePlan,
  { earlier, signal }: PlanOptions,
  find: (wanted: readonly string[], signal: AbortSignal) => Promise<FoundScopes>,
): Promise<FoundScopes> {
  const lost = lostSubscriptions(plan, earlier).map(({ nativeId }) => nativeId);
  if (lost.length === 0) return plan.found;
  try {
    const again = await find(lost, signal);
    return { ...plan.found, subscriptions: [...plan.found.subscriptions, ...again.subscriptions] };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    // None of them can be seen: each is told so in the plan.
    return plan.found;
  }
}
