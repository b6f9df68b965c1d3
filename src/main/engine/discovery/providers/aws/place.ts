import { canonicalId } from '../../canonical-id.ts';

/** Where something lies that is seen here but belongs to somebody else. */
export interface ForeignPlace {
  readonly owner: string;
  readonly region: string;
}

/** Where a step lists: one account in one region (`global` for services without regions). */
export interface AwsPlace {
  /** `aws`, `aws-cn`, `aws-us-gov` and so on. */
  readonly partition: string;
  readonly accountId: string;
  readonly scopeId: string;
  readonly region: string;
  /** Name and number, for messages. */
  readonly accountLabel: string;
  /**
   * Networks, subnets, gateways, peerings and prefix lists of other accounts by native id: shared ones are named here
   * without their owner. Absent until something here may name one.
   */
  readonly foreign?: ReadonlyMap<string, ForeignPlace>;
  /** The keys that aliases stand for here, by alias (`alias/shop`); absent until something here may be encrypted. */
  readonly keys?: ReadonlyMap<string, string>;
}

/**
 * The ARN of an EC2 resource such as `subnet/subnet-1`; `owner` when the answer names another account than the one
 * that asked. What is known to be another account's goes by its true owner whatever the answer says.
 */
export function ec2Arn(place: AwsPlace, resource: string, owner?: string): string {
  const foreign = place.foreign?.get(resource.slice(resource.indexOf('/') + 1));
  if (foreign !== undefined)
    return arn({ ...place, region: foreign.region }, { service: 'ec2', resource, owner: foreign.owner });
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

/** Buckets have no account and no region in their ARNs: their names are unique in a partition. */
export function bucketArn({ partition }: AwsPlace, name: string): string {
  return canonicalId({ cloud: 'aws', partition, service: 's3', region: '', owner: '', resource: name });
}

/** The canonical id of a name in DNS: lower case, without the dot at its end. */
export function nameId(name: string): string {
  return canonicalId({ cloud: 'other', space: 'dns', value: name.toLowerCase().replace(/\.$/u, '') });
}

export function rangeId(cidr: string): string {
  return canonicalId({ cloud: 'other', space: 'cidr', value: cidr });
}

/**
 * The canonical id of a KMS key as other services name it: an ARN, an alias or a bare id. An alias (`alias/aws/s3`)
 * means its key where that is known, and stays an alias elsewhere.
 */
export function keyId(place: AwsPlace, reference: string): string {
  const resource = reference.startsWith('alias/') ? reference : `key/${reference}`;
  const id = reference.startsWith('arn:') ? reference : arn(place, { service: 'kms', resource });
  const [, alias = ''] = /:(alias\/.+)$/u.exec(id) ?? [];
  const key = place.keys?.get(alias);
  return key !== undefined && id === arn(place, { service: 'kms', resource: alias }) ? key : id;
}
