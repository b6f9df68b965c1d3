import { describe, expect, it } from 'vitest';
import type { CloudAccess } from '../ports/index.ts';
import { createTargetAccess } from './target-access.ts';

const { signal } = new AbortController();
const inAws: CloudAccess = { cloud: 'aws', accountId: '123456789012', region: 'eu-west-1', env: {}, endpoint: null };
const environment = {
  PATH: '/bin',
  AWS_SECRET_ACCESS_KEY: 'of aws',
  ARM_CLIENT_SECRET: 'of azure',
  ARM_SUBSCRIPTION_ID: 'another',
  AZURE_CONFIG_DIR: '/home/a/.azure',
  GOOGLE_CREDENTIALS: 'of google',
  GOOGLE_PROJECT: 'another',
  CLOUDSDK_CORE_PROJECT: 'another',
  GOOGLE_ZONE: 'us-east1-b',
  CLOUDSDK_COMPUTE_ZONE: 'europe-west1-b',
};
const source = createTargetAccess({ aws: { accessFor: () => Promise.resolve(inAws) }, environment });

describe('access to a target', () => {
  it('asks AWS for AWS', async () => {
    const access = await source.accessFor({ cloud: 'aws', account: '123456789012', region: 'eu-west-1' }, signal);
    expect(access).toBe(inAws);
  });

  it('gives a tool for Azure the user’s own way in and the target’s subscription, and claims no identity', async () => {
    const account = '0b1f6471-1bf0-4dda-aec3-cb9272f09590';
    expect(await source.accessFor({ cloud: 'azure', account, region: 'westeurope' }, signal)).toEqual({
      cloud: 'azure',
      accountId: null,
      region: 'westeurope',
      env: { ARM_CLIENT_SECRET: 'of azure', AZURE_CONFIG_DIR: '/home/a/.azure', ARM_SUBSCRIPTION_ID: account },
      endpoint: null,
    });
  });

  it('gives a tool for Google Cloud the target’s project and region, whatever the terminal names', async () => {
    const { env, accountId } = await source.accessFor(
      { cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' },
      signal,
    );
    expect(accountId).toBeNull();
    expect(env).toEqual({
      GOOGLE_CREDENTIALS: 'of google',
      CLOUDSDK_COMPUTE_ZONE: 'europe-west1-b',
      GOOGLE_PROJECT: 'shop-prod',
      GOOGLE_CLOUD_PROJECT: 'shop-prod',
      CLOUDSDK_CORE_PROJECT: 'shop-prod',
      GOOGLE_REGION: 'europe-west1',
      CLOUDSDK_COMPUTE_REGION: 'europe-west1',
    });
  });
});
