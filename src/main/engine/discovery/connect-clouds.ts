import { AppError, type ErrorCode, toAppError } from '#shared/errors/index.ts';
import type { CloudRequest, DiscoverableCloud, DiscoverRequest } from '#shared/model/index.ts';
import type { CellTask } from './cell-task.ts';
import type { CloudProviders, PlanOptions, ProviderConnection } from './cloud-provider.ts';
import { sumOfCalls } from './call-counts.ts';
import { failedTask } from './failed-task.ts';
import { kindsOf } from './run-focus.ts';
import type { CellFailure } from './step.ts';

/** All clouds of a request together. Which kinds are listed, the request says. */
export interface CloudsConnection extends Omit<ProviderConnection, 'plan'> {
  plan(options: Omit<PlanOptions, 'kinds'>): Promise<readonly CellTask[]>;
}

/**
 * Signs in to every cloud of the request. One that cannot be reached at all becomes a cell that says so while the
 * others go on; throws the first failure only when none is left.
 */
export async function connectClouds(
  providers: CloudProviders,
  request: DiscoverRequest,
  signal: AbortSignal,
): Promise<CloudsConnection> {
  const outcomes = await Promise.allSettled(request.clouds.map((cloud) => connectCloud(providers, cloud, signal)));
  const entered = outcomes.flatMap((outcome, index) => {
    const part = request.clouds[index];
    return outcome.status === 'fulfilled' && part !== undefined ? [{ connection: outcome.value, part }] : [];
  });
  const connections = entered.map(({ connection }) => connection);
  const failed = outcomes.flatMap((outcome, index) => {
    const cloud = request.clouds[index]?.cloud;
    return outcome.status === 'rejected' && cloud !== undefined ? [{ cloud, reason: outcome.reason as unknown }] : [];
  });
  const close = (): void => {
    for (const connection of connections) connection.close();
  };
  const [first] = failed;
  if (first !== undefined && (connections.length === 0 || signal.aborted)) {
    close();
    throw first.reason;
  }
  return {
    scopes: connections.flatMap(({ scopes }) => scopes),
    async plan(options) {
      const planned = await Promise.all(
        entered.map(({ connection, part }) => connection.plan({ ...options, kinds: kindsOf(request, part) })),
      );
      return [...failed.map(({ cloud, reason }) => cloudNotEntered(cloud, reason)), ...planned.flat()];
    },
    calls: () => sumOfCalls(connections.flatMap(({ calls }) => calls?.() ?? [])),
    close,
  };
}

async function connectCloud(
  providers: CloudProviders,
  request: CloudRequest,
  signal: AbortSignal,
): Promise<ProviderConnection> {
  switch (request.cloud) {
    case 'aws':
      return need(providers.aws, request.cloud).connect(request, signal);
    case 'azure':
      return need(providers.azure, request.cloud).connect(request, signal);
    case 'gcp':
      return need(providers.gcp, request.cloud).connect(request, signal);
  }
}

function need<Provider>(provider: Provider | undefined, cloud: DiscoverableCloud): Provider {
  if (provider !== undefined) return provider;
  throw new AppError('bad-input', `This version of Groundplan cannot map ${cloud}.`, {
    advice: 'Leave it out, or use a version that can.',
    details: { cloud },
  });
}

/** A cell that stands for a whole cloud that could not be entered. */
function cloudNotEntered(cloud: DiscoverableCloud, reason: unknown): CellTask {
  const { code, message } = toAppError(reason);
  const place = { cloud, scope: `${cloud}:connection`, scopeName: cloud, region: 'global' };
  return failedTask(place, `${cloud}.connection`, {
    status: statusOf(code),
    message,
    permission: null,
    unreachable: code === 'endpoint-unreachable',
  });
}

function statusOf(code: ErrorCode): CellFailure['status'] {
  if (code === 'access-denied' || code === 'credentials-missing' || code === 'credentials-expired') return 'denied';
  return code === 'endpoint-unreachable' || code === 'timed-out' ? 'timed-out' : 'failed';
}
