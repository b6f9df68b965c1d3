import { AppError } from '#shared/errors/index.ts';
import type { CloudAccess, CloudAccessSource, Workspace } from '#engine/ports/index.ts';
import type { Connection, Target } from '#shared/model/index.ts';
import { AwsSession } from '../calls/account-session.ts';
import { environmentSource, identitySources } from './credentials.ts';
import { toAwsAppError } from '../calls/errors.ts';
import { type CallLimits, openTransport } from '../calls/transport.ts';
import { type AwsCredentials, fixedCredentials } from './credential-cache.ts';
import { mayEnter, usualRole } from './places.ts';
import type { AwsHost } from './profiles.ts';
import { assumeRole, callerIdentity } from '../sts/client.ts';

export interface AwsAccessDeps extends AwsHost {
  readonly workspace: Pick<Workspace, 'connections'>;
  readonly now: () => number;
  readonly limits?: CallLimits;
}

type AwsConnection = Extract<Connection, { cloud: 'aws' }>;

/**
 * Credentials for deployments: the workspace's connections in their order, the environment's keys as last resort.
 * A connection fits when one of its identities acts in the target's account or may take its role there. The answer
 * is proven: AWS itself says which account the credentials act in.
 */
export function createAwsAccessSource(deps: AwsAccessDeps): CloudAccessSource {
  return {
    async accessFor(target, signal) {
      const candidates = candidatesOf(deps);
      const failures: AppError[] = [];
      for (const connection of candidates) {
        try {
          const access = await accessThrough(connection, target, { deps, signal });
          if (access !== null) return access;
        } catch (error) {
          if (signal.aborted) throw error;
          if (!(error instanceof AppError)) throw error;
          failures.push(error);
        }
      }
      throw noAccess(target, { candidates, failures });
    },
  };
}

function candidatesOf(deps: AwsAccessDeps): readonly AwsConnection[] {
  const connections = deps.workspace.connections().filter((connection) => connection.cloud === 'aws');
  const coversEnvironment = connections.some(({ profiles }) => (profiles ?? []).length === 0);
  const environment: AwsConnection = { name: 'environment variables', cloud: 'aws' };
  return coversEnvironment || environmentSource(deps) === null ? connections : [...connections, environment];
}

interface AccessOptions {
  readonly deps: AwsAccessDeps;
  readonly signal: AbortSignal;
}

/** Access through one connection; null when it does not lead to the account. */
async function accessThrough(
  connection: AwsConnection,
  target: Target,
  { deps, signal }: AccessOptions,
): Promise<CloudAccess | null> {
  const endpoint = connection.endpoint ?? (deps.environment['AWS_ENDPOINT_URL'] || null);
  const transport = openTransport(endpoint, deps.limits);
  const answer = (credentials: AwsCredentials): CloudAccess => ({
    cloud: 'aws',
    accountId: target.account,
    region: target.region,
    env: environmentOf(credentials, target.region),
    endpoint,
  });
  try {
    const sources = await identitySources(connection.profiles ?? [], { host: deps, endpoint, now: deps.now });
    const mayAssume = mayEnter(connection, target.account);
    for (const source of sources) {
      const place = { account: source.label, region: target.region, endpoint: endpoint ?? 'AWS' };
      const session = new AwsSession(source.credentials, transport);
      const identity = await callerIdentity(session, target.region, signal).catch((error: unknown) => {
        throw toAwsAppError(error, place);
      });
      if (identity.accountId === target.account) return answer(await source.credentials.credentials());
      if (!mayAssume) continue;
      const role = `arn:${identity.partition}:iam::${target.account}:role/${connection.role ?? usualRole}`;
      try {
        const taken = { arn: role, region: target.region, externalId: connection.externalId };
        const credentials = await assumeRole(session, taken, signal);
        const there = new AwsSession(fixedCredentials(credentials), transport);
        const assumed = await callerIdentity(there, target.region, signal);
        if (assumed.accountId === target.account) return answer(credentials);
      } catch (error) {
        throw toAwsAppError(error, { ...place, account: `${source.label} taking ${role}` });
      }
    }
    return null;
  } finally {
    transport.close();
  }
}

function environmentOf(credentials: AwsCredentials, region: string): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

function noAccess(
  target: Target,
  tried: { readonly candidates: readonly AwsConnection[]; readonly failures: readonly AppError[] },
): AppError {
  const place = `account ${target.account} in ${target.region}`;
  const [first] = tried.failures;
  if (first !== undefined) {
    return new AppError(first.code, `No access to ${place}. ${first.message}`, {
      ...(first.advice === null ? {} : { advice: first.advice }),
      details: { ...first.details, account: target.account, region: target.region },
      cause: first,
    });
  }
  if (tried.candidates.length === 0) {
    return new AppError('credentials-missing', `There are no credentials for ${place}.`, {
      advice: 'Connect AWS on the Start screen, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      details: { account: target.account, region: target.region },
    });
  }
  const names = tried.candidates.map(({ name }) => name).join(', ');
  return new AppError('access-denied', `None of the connections leads to ${place}: ${names}.`, {
    advice: 'Add the account, or its organisation and role, to a connection.',
    details: { account: target.account, region: target.region, connections: names },
  });
}
