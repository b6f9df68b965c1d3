import { describe, expect, it } from 'vitest';
import { targetSchema, targetScopeId, typedTarget } from './target.ts';

const subscription = '0b1f6471-1bf0-4dda-aec3-cb9272f09590';

describe('a target', () => {
  it.each([
    { cloud: 'aws', account: '123456789012', region: 'eu-west-1' },
    { cloud: 'azure', account: subscription, region: 'westeurope' },
    { cloud: 'azure', account: subscription, region: 'eastus2' },
    { cloud: 'gcp', account: 'shop-prod', region: 'europe-west1' },
    { cloud: 'gcp', account: 'example.com:shop-prod', region: 'northamerica-northeast1' },
  ])('is $cloud, $account, $region', (target) => {
    expect(targetSchema.parse(target)).toEqual(target);
  });

  it.each([
    ['aws', subscription, 'eu-west-1', 'account'],
    ['aws', '123456789012', 'westeurope', 'region'],
    ['azure', '123456789012', 'westeurope', 'account'],
    ['azure', subscription, 'eu-west-1', 'region'],
    ['gcp', '123456789012', 'europe-west1', 'account'],
    ['gcp', 'shop-prod', 'eu-west-1a', 'region'],
  ] as const)('is not %s, %s, %s: its %s is of another cloud', (cloud, account, region, wrong) => {
    const { target, problems } = typedTarget(cloud, account, region);
    expect(target).toBeNull();
    expect(Object.entries(problems).flatMap(([part, problem]) => (problem === null ? [] : [part]))).toEqual([wrong]);
  });

  it('has the id on the map that its cloud is mapped by', () => {
    expect(targetScopeId({ cloud: 'aws', account: '123456789012', region: 'eu-west-1' })).toBe(
      'aws:account:123456789012',
    );
    expect(targetScopeId({ cloud: 'azure', account: subscription, region: 'westeurope' })).toBe(
      `azure:subscription:${subscription}`,
    );
    expect(targetScopeId({ cloud: 'gcp', account: 'shop', region: 'europe-west1' })).toBe('gcp:project:shop');
  });

  it('may be typed for Azure as its pages show it', () => {
    expect(typedTarget('azure', ` ${subscription.toUpperCase()} `, 'West Europe').target).toEqual({
      cloud: 'azure',
      account: subscription,
      region: 'westeurope',
    });
    expect(typedTarget('gcp', 'Shop-prod', 'europe-west1').target).toBeNull();
  });
});
