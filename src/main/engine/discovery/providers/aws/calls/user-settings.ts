import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { homeRegion } from '../partitions.ts';

/** What the user's environment and files may say of every client, for example `AWS_USE_FIPS_ENDPOINT`. */
export type UserSettings = Pick<
  STSClientConfig,
  'authSchemePreference' | 'retryMode' | 'useDualstackEndpoint' | 'useFipsEndpoint' | 'userAgentAppId'
>;

/** These settings as one client finds them: each client that looks for itself costs more than all else it does. */
export function userSettings(): UserSettings {
  const { config } = new STSClient({ region: homeRegion('aws') });
  const { authSchemePreference, retryMode, useDualstackEndpoint, useFipsEndpoint, userAgentAppId } = config;
  return {
    retryMode,
    useDualstackEndpoint,
    useFipsEndpoint,
    ...(authSchemePreference === undefined ? {} : { authSchemePreference }),
    ...(userAgentAppId === undefined ? {} : { userAgentAppId }),
  };
}
