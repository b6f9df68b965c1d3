import { canonicalId } from '../../canonical-id.ts';

/** Where a step lists: one account in one region (`global` for services without regions). */
export interface AwsPlace {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  readonly scopeId: string;
  readonly region: string;
  /** Name and number, for messages. */
  readonly accountLabel: string;
}

/** The ARN of an EC2 resource; `owner` when the answer names another account than the one that asked. */
export function ec2Arn(place: AwsPlace, resource: string, owner?: string): string {
  return arn(place, { service: 'ec2', resource, owner: owner ?? place.accountId });
}

/** An ARN in this place. */
export function arn(
  place: AwsPlace,
  parts: { readonly service: string; readonly resource: string; readonly owner?: string },
): string {
  return canonicalId({
    cloud: 'aws',
    partition: place.partition,
    service: parts.service,
    region: place.region === 'global' ? '' : place.region,
    owner: parts.owner ?? place.accountId,
    resource: parts.resource,
  });
}

export function addressId(ip: string): string {
  return canonicalId({ cloud: 'other', space: 'ip', value: ip });
}

export function rangeId(cidr: string): string {
  return canonicalId({ cloud: 'other', space: 'cidr', value: cidr });
}

/**
 * The canonical id of a KMS key as other services name it: an ARN, an alias or a bare id. An alias stays an alias
 * (`alias/aws/s3`), because which key it names is not in the answer.
 */
export function keyId(place: AwsPlace, reference: string): string {
  if (reference.startsWith('arn:')) return reference;
  const resource = reference.startsWith('alias/') ? reference : `key/${reference}`;
  return arn(place, { service: 'kms', resource });
}
