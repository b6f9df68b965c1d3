import type { AwsPlace } from '#engine/discovery/providers/aws/place.ts';

/** The account and region that converters are tried in. */
export const account = '111122223333';
export const place: AwsPlace = {
  partition: 'aws',
  accountId: account,
  scopeId: `aws:account:${account}`,
  region: 'eu-west-1',
  accountLabel: `production (${account})`,
};

/** The same account for services without regions. */
export const everywhere: AwsPlace = { ...place, region: 'global' };

export function arnHere(service: string, resource: string): string {
  return `arn:aws:${service}:eu-west-1:${account}:${resource}`;
}
