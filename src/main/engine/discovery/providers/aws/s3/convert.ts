import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import { type AwsPlace, bucketArn, keyId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedBucket } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertBucket(detailed: DetailedBucket, place: AwsPlace): Converted {
  const { bucket, encryption, notifications } = detailed;
  const nativeId = need(bucket.Name, 'Name');
  const id = bucketArn(place, nativeId);
  const edges = new EdgeList(id, 'ListBuckets');
  for (const rule of objectsIn(encryption?.Rules, 'Rules')) {
    const key = rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
    if (key) edges.to('ENCRYPTED_BY', { to: keyId(place, key), field: 'GetBucketEncryption' });
  }
  const field = 'GetBucketNotificationConfiguration';
  for (const { LambdaFunctionArn } of objectsIn(
    notifications?.LambdaFunctionConfigurations,
    'LambdaFunctionConfigurations',
  )) {
    edges.to('TARGETS', { to: LambdaFunctionArn, field });
  }
  for (const { QueueArn } of objectsIn(notifications?.QueueConfigurations, 'QueueConfigurations'))
    edges.to('TARGETS', { to: QueueArn, field });
  for (const { TopicArn } of objectsIn(notifications?.TopicConfigurations, 'TopicConfigurations'))
    edges.to('TARGETS', { to: TopicArn, field });
  const logs = detailed.logging?.TargetBucket;
  edges.to('TARGETS', {
    to: logs && bucketArn(place, logs),
    field: 'GetBucketLogging',
    properties: { as: 'logs' },
  });
  const { replication } = detailed;
  edges.to('RUNS_AS', { to: replication?.Role, field: 'GetBucketReplication' });
  for (const { Destination: to, Status } of objectsIn(replication?.Rules, 'Rules')) {
    const properties = { as: 'replica', status: Status ?? null };
    edges.to('TARGETS', { to: to?.Bucket, field: 'GetBucketReplication', properties });
    const key = to?.EncryptionConfiguration?.ReplicaKmsKeyID;
    edges.to('REFERENCES', { to: key && keyId(place, key), field: 'GetBucketReplication' });
  }
  const policy = policyBody(detailed.policy);
  addGrants(edges, policy, { place, field: 'GetBucketPolicy' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.s3.bucket',
      id,
      nativeId,
      tags: detailed.tags,
      createdAt: bucket.CreationDate,
      // Closed is known for sure; open depends on policies and lists that are not weighed here.
      public: blocksAll(detailed.publicAccessBlock) ? false : undefined,
      raw: {
        ...jsonObjectBody(bucket),
        BucketRegion: place.region,
        Versioning: jsonBody(detailed.versioning),
        ServerSideEncryptionConfiguration: jsonBody(encryption),
        PublicAccessBlockConfiguration: jsonBody(detailed.publicAccessBlock),
        Policy: policy,
        LifecycleRules: jsonBody(detailed.lifecycleRules),
        LoggingEnabled: jsonBody(detailed.logging),
        NotificationConfiguration: jsonBody(notifications),
        ReplicationConfiguration: jsonBody(replication),
      },
    }),
    relationships: edges.edges,
  };
}

function blocksAll(block: PublicAccessBlockConfiguration | null): boolean {
  return (
    block?.BlockPublicAcls === true &&
    block.BlockPublicPolicy === true &&
    block.IgnorePublicAcls === true &&
    block.RestrictPublicBuckets === true
  );
}
