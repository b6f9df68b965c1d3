import type { Target } from '#shared/model/index.ts';
import type { CloudAccess, CloudAccessSource } from '../ports/index.ts';

/** Variables that the tools of a cloud read their credentials and settings from. */
const ownVariables: Readonly<Record<'azure' | 'gcp', RegExp>> = {
  azure: /^(ARM|AZURE)_/,
  gcp: /^(GOOGLE|CLOUDSDK)_/,
};

/** A zone of the user's terminal would put things into another region than the one that is approved. */
function isOfOtherRegion(name: string, value: string, region: string): boolean {
  return name.endsWith('_ZONE') && !value.startsWith(`${region}-`);
}

/** Where the tool acts when the code says nothing else: each variable that a provider takes it from. */
function placeOf({ cloud, account, region }: Target): Record<string, string> {
  if (cloud === 'azure') return { ARM_SUBSCRIPTION_ID: account };
  return {
    GOOGLE_PROJECT: account,
    GOOGLE_CLOUD_PROJECT: account,
    CLOUDSDK_CORE_PROJECT: account,
    GOOGLE_REGION: region,
    CLOUDSDK_COMPUTE_REGION: region,
  };
}

/**
 * Access to targets of every cloud. AWS is asked which account the credentials act in. For Azure and Google Cloud the
 * tool finds the user's own credentials, in variables or in what the user signed in with, and nothing is asked:
 * `accountId` is null.
 */
export function createTargetAccess(from: {
  readonly aws: CloudAccessSource;
  readonly environment: Readonly<Record<string, string>>;
}): CloudAccessSource {
  return {
    async accessFor(target, signal): Promise<CloudAccess> {
      const { cloud, region } = target;
      if (cloud === 'aws') return from.aws.accessFor(target, signal);
      const own = Object.entries(from.environment).filter(
        ([name, value]) => ownVariables[cloud].test(name) && !isOfOtherRegion(name, value, region),
      );
      const env = { ...Object.fromEntries(own), ...placeOf(target) };
      return { cloud, accountId: null, region, env, endpoint: null };
    },
  };
}
