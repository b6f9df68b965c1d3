import type { Logger } from '#engine/ports/index.ts';
import type { AwsRequest, CloudSource } from '#shared/model/index.ts';
import type { CloudProvider, ProviderConnection } from '../../cloud-provider.ts';
import { failedTask } from '../../failed-task.ts';
import { awsAdvice } from './advice.ts';
import { AwsSession } from './calls/account-session.ts';
import { type CallLimits, openTransport } from './calls/transport.ts';
import { takeCensus } from './census/census.ts';
import { findAccounts } from './access/accounts.ts';
import type { AwsCredentialSource } from './access/credential-cache.ts';
import { environmentSource, identitySources } from './access/credentials.ts';
import { planCells } from './plan-cells.ts';
import { awsDiscoveryPolicy } from './policy.ts';
import { placesOf } from './access/places.ts';
import { type AwsHost, listProfiles } from './access/profiles.ts';
import { checkRegionNames } from './access/regions.ts';
import { homeRegion, partitionOfRegion } from './partitions.ts';
import { signIn } from './access/sign-in.ts';
import { awsSteps } from './steps.ts';

export interface AwsProviderDeps extends AwsHost {
  readonly now: () => number;
  readonly logger: Logger;
  readonly limits?: CallLimits;
}

/** AWS, and whatever speaks its protocol at another endpoint. */
export function createAwsProvider(deps: AwsProviderDeps): CloudProvider<'aws'> {
  return {
    cloud: 'aws',
    steps: awsSteps.map(({ declaration }) => declaration),
    policy: awsDiscoveryPolicy,
    advise: awsAdvice,
    sources: () => awsCloudSources(deps),
    connect: (request, signal) => connect(deps, request, signal),
  };
}

/** The credentials on this machine by name: keys in the environment and profiles. */
export async function awsCloudSources(deps: AwsHost): Promise<readonly CloudSource[]> {
  const profiles = await listProfiles(deps);
  const environment = environmentSource(deps);
  return [
    ...(environment === null
      ? []
      : [
          {
            cloud: 'aws' as const,
            kind: 'environment' as const,
            name: 'AWS_ACCESS_KEY_ID',
            region: environment.region,
          },
        ]),
    ...profiles.map(({ name, region }) => ({ cloud: 'aws' as const, kind: 'profile' as const, name, region })),
  ];
}

async function connect(deps: AwsProviderDeps, asked: AwsRequest, signal: AbortSignal): Promise<ProviderConnection> {
  const request = placesOf(asked);
  checkRegionNames(request.regions);
  const endpoint = request.endpoint ?? (deps.environment['AWS_ENDPOINT_URL'] || null);
  const endpointName = endpoint ?? 'AWS';
  const sources = await identitySources(request.profiles, { host: deps, endpoint, now: deps.now });
  const transport = openTransport(endpoint, deps.limits);
  const lifetime = new AbortController();
  const openSession = (credentials: AwsCredentialSource): AwsSession => new AwsSession(credentials, transport);
  const close = (): void => {
    lifetime.abort();
    transport.close();
  };
  try {
    const { signedIn, notSignedIn } = await signIn(sources, {
      openSession: (source) => openSession(source.credentials),
      region: signInRegion(request.regions),
      endpoint: endpointName,
      signal,
    });
    const found = await findAccounts(
      {
        request,
        signedIn,
        openSession,
        lifetime: lifetime.signal,
        endpoint: endpointName,
        now: deps.now,
        logger: deps.logger,
      },
      signal,
    );
    const failedSources = notSignedIn.map(({ source, failure }) =>
      failedTask(
        {
          cloud: 'aws',
          scope: `aws:${source.label.replace(' ', ':')}`,
          scopeName: source.label,
          region: 'global',
        },
        'aws.account',
        failure,
      ),
    );
    return {
      scopes: found.scopes,
      plan: async ({ kinds, mayHold, signal: planSignal }) => [
        ...failedSources,
        ...(await planCells(found.accounts, {
          regions: request.regions,
          kinds,
          endpoint: endpointName,
          mayHold,
          census: (places) => takeCensus(places, { now: deps.now, logger: deps.logger, signal: planSignal }),
          spared: (listings) => transport.counter.spare(listings),
          signal: planSignal,
        })),
      ],
      calls: () => transport.counter.counts,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Where identities that name no region are asked who they are: in the partition of the regions that are wanted. */
function signInRegion(regions: readonly string[]): string {
  const [first] = regions;
  return first === undefined ? homeRegion('aws') : partitionOfRegion(first).homeRegion;
}
