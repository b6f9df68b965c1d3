import type { Trail } from '@aws-sdk/client-cloudtrail';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, bucketArn, keyId } from '../place.ts';

/** A trail of who called what, with the places it is written to. */
export function convertTrail(trail: Trail, place: AwsPlace): Converted {
  const id = need(trail.TrailARN, 'TrailARN');
  const logs = { as: 'logs' };
  const edges = new EdgeList(id, 'DescribeTrails')
    .to('TARGETS', {
      to: trail.S3BucketName && bucketArn(place, trail.S3BucketName),
      field: 'S3BucketName',
      properties: logs,
    })
    .to('TARGETS', {
      to: trail.CloudWatchLogsLogGroupArn?.replace(/:\*$/u, '') || undefined,
      field: 'CloudWatchLogsLogGroupArn',
      properties: logs,
    })
    .to('TARGETS', {
      to: trail.SnsTopicARN || undefined,
      field: 'SnsTopicARN',
      properties: { as: 'notification' },
    })
    .to('RUNS_AS', { to: trail.CloudWatchLogsRoleArn || undefined, field: 'CloudWatchLogsRoleArn' })
    .to('ENCRYPTED_BY', { to: trail.KmsKeyId && keyId(place, trail.KmsKeyId), field: 'KmsKeyId' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.cloudtrail.trail',
      id,
      nativeId: need(trail.Name, 'Name'),
      tags: {},
      raw: jsonObjectBody(trail),
    }),
    relationships: edges.edges,
  };
}
