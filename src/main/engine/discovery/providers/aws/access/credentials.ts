import { fromIni } from '@aws-sdk/credential-providers';
import { AppError } from '#shared/errors/index.ts';
import { type AwsCredentialSource, cachedCredentials, fixedCredentials } from './credential-cache.ts';
import { type AwsHost, listProfiles, profileFiles } from './profiles.ts';

/** One way to be somebody in AWS. */
export interface AwsIdentitySource {
  /** For messages: `profile production`, `environment variables`. */
  readonly label: string;
  /** Null for the environment. */
  readonly profile: string | null;
  readonly region: string | null;
  readonly credentials: AwsCredentialSource;
}

export interface SourceOptions {
  readonly host: AwsHost;
  readonly endpoint: string | null;
  readonly now: () => number;
}

/**
 * The named profiles; without names the environment's keys, else the environment's or the default profile.
 * Throws `credentials-missing` when a profile does not exist or nothing is found.
 */
export async function identitySources(
  profiles: readonly string[],
  options: SourceOptions,
): Promise<readonly AwsIdentitySource[]> {
  if (profiles.length > 0) return Promise.all(profiles.map((name) => profileSource(name, options)));
  const environment = environmentSource(options.host);
  if (environment !== null) return [environment];
  const named = options.host.environment['AWS_PROFILE'] || 'default';
  const known = await listProfiles(options.host);
  if (known.some(({ name }) => name === named)) return [await profileSource(named, options)];
  throw new AppError('credentials-missing', 'No AWS credentials were found.', {
    advice:
      known.length > 0
        ? `Name a profile: ${known.map(({ name }) => name).join(', ')}; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`
        : `Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or make a profile in ${profileFiles(options.host).config}.`,
    details: { looked: ['environment', profileFiles(options.host).config, profileFiles(options.host).credentials] },
  });
}

/** Static keys from the environment, or null. */
export function environmentSource({ environment }: AwsHost): AwsIdentitySource | null {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = environment['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) return null;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  return {
    label: 'environment variables',
    profile: null,
    region: environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || null,
    credentials: fixedCredentials(credentials),
  };
}

async function profileSource(name: string, options: SourceOptions): Promise<AwsIdentitySource> {
  const known = await listProfiles(options.host);
  const profile = known.find((candidate) => candidate.name === name);
  const files = profileFiles(options.host);
  if (profile === undefined) {
    throw new AppError('credentials-missing', `The AWS profile ${name} does not exist.`, {
      advice:
        known.length > 0
          ? `Profiles on this machine: ${known.map((candidate) => candidate.name).join(', ')}.`
          : `There is no profile in ${files.config} and ${files.credentials}.`,
      details: { profile: name, config: files.config, credentials: files.credentials },
    });
  }
  // Roles, single sign-on and credential processes of a profile are the SDK's to resolve.
  const provider = fromIni({
    profile: name,
    filepath: files.credentials,
    configFilepath: files.config,
    ignoreCache: true,
    clientConfig: {
      region: profile.region ?? 'us-east-1',
      ...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
    },
  });
  return {
    label: `profile ${name}`,
    profile: name,
    region: profile.region,
    credentials: cachedCredentials(async () => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await provider();
      return {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(expiration === undefined ? {} : { expiration }),
      };
    }, options.now),
  };
}
