import { arn, type AwsPlace, bucketArn } from '../../providers/aws/place.ts';
import { ec2TypeId } from '../../providers/aws/resource-type-ids.ts';

/**
 * The canonical id of what Config names by type and id. What has no ARN that could be made gets an id of its own,
 * `aws:AWS::Service::Type:account:region:id`, which at least is the same wherever it is named.
 */
export function itemId(type: string, id: string, place: AwsPlace): string {
  if (id.startsWith('arn:')) return id;
  const ec2Id = ec2TypeId(type, id, place);
  if (ec2Id !== undefined) return ec2Id;
  if (type === 'AWS::S3::Bucket') return bucketArn(place, id);
  if (type === 'AWS::KMS::Key') return arn(place, { service: 'kms', resource: `key/${id}` });
  return `aws:${type}:${place.accountId}:${place.region}:${id}`;
}
