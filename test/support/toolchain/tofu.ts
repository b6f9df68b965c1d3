import path from 'node:path';
import { cleanEnvironment } from './clean-environment.ts';
import { requireTool } from './require-tool.ts';

export interface TofuEnvironmentOptions {
  /** The AWS API that every service of the provider talks to, as `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Credentials for it; by default some that moto takes for account 123456789012. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * The whole environment for a `tofu` or `terraform` process in a test: the real provider from the
 * local mirror, nothing from the network, none of the user's own settings, and our `tofu` first on
 * the path.
 *
 * @throws AppError `tool-missing` when OpenTofu or the provider is not there.
 */
export function tofuEnvironment(options: TofuEnvironmentOptions = {}): Record<string, string> {
  const clean = cleanEnvironment();
  const credentials = options.credentials ?? { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    ...clean,
    PATH: [path.dirname(requireTool('tofu')), clean['PATH']].join(path.delimiter),
    TF_CLI_CONFIG_FILE: requireTool('provider-aws'),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_REGION: options.region ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    ...(options.endpoint === undefined ? {} : { AWS_ENDPOINT_URL: options.endpoint }),
  };
}
