import type { ResourceFact } from '#shared/model/index.ts';
import { blocks, body, document, incidental, reference, scalar, set, text, type OpenBody } from '../readings.ts';
import type { Dialect, NewPart, ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { nameOf, tagsOf } from './tags.ts';

const table: ResourceMapping = {
  kind: 'aws.dynamodb.table',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('TableName') ?? fact.nativeId;
    const key = (source: Raw, type: string) =>
      text(
        source
          .list('KeySchema')
          .find((entry) => entry.text('KeyType') === type)
          ?.text('AttributeName'),
      );
    const provisioned = raw.text('BillingModeSummary.BillingMode') !== 'PAY_PER_REQUEST';
    const capacity = (source: Raw): OpenBody =>
      provisioned
        ? {
            read_capacity: scalar(source.number('ProvisionedThroughput.ReadCapacityUnits')),
            write_capacity: scalar(source.number('ProvisionedThroughput.WriteCapacityUnits')),
          }
        : {};
    const index = (source: Raw): OpenBody => ({
      name: text(source.text('IndexName')),
      range_key: key(source, 'RANGE'),
      projection_type: text(source.text('Projection.ProjectionType')),
      non_key_attributes: set(source.texts('Projection.NonKeyAttributes').map(text)),
    });
    const streams = raw.flag('StreamSpecification.StreamEnabled') === true;
    return {
      parts: [
        {
          type: 'aws_dynamodb_table',
          name,
          importId: name,
          identities: { name, id: name, arn: fact.id, stream_arn: raw.text('LatestStreamArn') ?? '' },
          body: body({
            name: text(name),
            billing_mode: text(provisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST'),
            ...capacity(raw),
            hash_key: key(raw, 'HASH'),
            range_key: key(raw, 'RANGE'),
            attribute: blocks(
              raw.list('AttributeDefinitions').map((entry) => ({
                name: text(entry.text('AttributeName')),
                type: text(entry.text('AttributeType')),
              })),
            ),
            global_secondary_index: blocks(
              raw
                .list('GlobalSecondaryIndexes')
                .map((entry) => ({ ...index(entry), hash_key: key(entry, 'HASH'), ...capacity(entry) })),
            ),
            local_secondary_index: blocks(raw.list('LocalSecondaryIndexes').map(index)),
            stream_enabled: streams ? scalar(true) : undefined,
            stream_view_type: streams ? text(raw.text('StreamSpecification.StreamViewType')) : undefined,
            ttl: blocks(
              raw.text('TimeToLiveDescription.TimeToLiveStatus') === 'ENABLED'
                ? [{ attribute_name: text(raw.text('TimeToLiveDescription.AttributeName')), enabled: scalar(true) }]
                : [],
            ),
            point_in_time_recovery: blocks(
              raw.text(
                'ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus',
                'ContinuousBackups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus',
              ) === 'ENABLED'
                ? [{ enabled: scalar(true) }]
                : [],
            ),
            server_side_encryption: blocks(
              raw.text('SSEDescription.Status') === 'ENABLED' ? [{ enabled: scalar(true) }] : [],
            ),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const bucket: ResourceMapping = {
  kind: 'aws.s3.bucket',
  convert(fact, { dialect }) {
    const raw = rawOf(fact.raw);
    const name = raw.text('Name') ?? fact.nativeId;
    const identities = { id: name, bucket: name, arn: fact.id };
    const { inline, separate } = bucketSettings(name, raw, dialect);
    return {
      parts: [
        {
          type: 'aws_s3_bucket',
          name: fact.tags['Name'] ?? name,
          importId: name,
          identities,
          body: body({ bucket: text(name), ...inline, tags: tagsOf(fact) }),
        },
        ...separate,
        ...publicAccess(name, raw),
        ...bucketPolicy(name, raw),
      ],
    };
  },
};

/** Versioning and encryption: blocks of the bucket until version 3 of the provider, resources of their own since 4. */
function bucketSettings(
  name: string,
  raw: Raw,
  dialect: Dialect,
): { readonly inline: OpenBody; readonly separate: readonly NewPart[] } {
  const versioning = raw.text('Versioning.Status', 'Versioning', 'VersioningStatus');
  const rule = raw.list('Encryption.Rules', 'ServerSideEncryptionConfiguration.Rules')[0];
  const encryption =
    rule === undefined
      ? []
      : [
          {
            sse_algorithm: text(rule.text('ApplyServerSideEncryptionByDefault.SSEAlgorithm')),
            kms_master_key_id: reference('aws_kms_key', rule.text('ApplyServerSideEncryptionByDefault.KMSMasterKeyID')),
          },
        ];
  const rules = encryption.map((settings) => ({ apply_server_side_encryption_by_default: blocks([settings]) }));
  if (!dialect.has('aws_s3_bucket_versioning')) {
    return {
      inline: {
        versioning: blocks(versioning === 'Enabled' ? [{ enabled: scalar(true) }] : []),
        server_side_encryption_configuration: blocks(rules.length === 0 ? [] : [{ rule: blocks(rules) }]),
      },
      separate: [],
    };
  }
  const separate: NewPart[] = [];
  const add = (type: string, attributes: OpenBody): void => {
    separate.push({
      type,
      name: null,
      of: { id: name, label: '' },
      importId: name,
      identities: {},
      body: body({ bucket: reference('aws_s3_bucket', name), ...attributes }),
    });
  };
  if (versioning !== null) {
    add('aws_s3_bucket_versioning', { versioning_configuration: blocks([{ status: text(versioning) }]) });
  }
  if (rules.length > 0) add('aws_s3_bucket_server_side_encryption_configuration', { rule: blocks(rules) });
  return { inline: {}, separate };
}

function publicAccess(name: string, raw: Raw): readonly NewPart[] {
  const path = ['PublicAccessBlock', 'PublicAccessBlockConfiguration', 'PublicAccess'].find(
    (candidate) => raw.flag(`${candidate}.BlockPublicAcls`) !== null,
  );
  if (path === undefined) return [];
  return [
    {
      type: 'aws_s3_bucket_public_access_block',
      name: null,
      of: { id: name, label: '' },
      importId: name,
      identities: {},
      body: body({
        bucket: reference('aws_s3_bucket', name),
        block_public_acls: scalar(raw.flag(`${path}.BlockPublicAcls`)),
        block_public_policy: scalar(raw.flag(`${path}.BlockPublicPolicy`)),
        ignore_public_acls: scalar(raw.flag(`${path}.IgnorePublicAcls`)),
        restrict_public_buckets: scalar(raw.flag(`${path}.RestrictPublicBuckets`)),
      }),
    },
  ];
}

function bucketPolicy(name: string, raw: Raw): readonly NewPart[] {
  const policy = raw.document('Policy');
  if (policy === null) return [];
  return [
    {
      type: 'aws_s3_bucket_policy',
      name: null,
      of: { id: name, label: '' },
      importId: name,
      identities: {},
      body: body({ bucket: reference('aws_s3_bucket', name), policy: document(policy) }),
    },
  ];
}

const volume: ResourceMapping = {
  kind: 'aws.ec2.volume',
  convert(fact: ResourceFact) {
    const raw = rawOf(fact.raw);
    if (raw.list('Attachments').some((attachment) => attachment.flag('DeleteOnTermination') === true)) {
      return { leftOut: 'A disk that comes and goes with its instance.' };
    }
    const type = raw.text('VolumeType');
    const chosenSpeed = type === 'io1' || type === 'io2' || type === 'gp3';
    return {
      parts: [
        {
          type: 'aws_ebs_volume',
          name: nameOf(fact),
          zone: raw.text('AvailabilityZone'),
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id },
          body: body({
            availability_zone: text(raw.text('AvailabilityZone')),
            size: scalar(raw.number('Size')),
            type: text(type),
            iops: chosenSpeed ? scalar(raw.number('Iops')) : undefined,
            encrypted: scalar(raw.flag('Encrypted')),
            kms_key_id: reference('aws_kms_key', raw.text('KmsKeyId')),
            snapshot_id: incidental(text(raw.text('SnapshotId'))),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

export const storageMappings: readonly ResourceMapping[] = [table, bucket, volume];

export const storageTypes: readonly TypeAbout[] = [
  {
    type: 'aws_dynamodb_table',
    noun: 'table',
    boundary: 'data',
    defaults: { billing_mode: 'PROVISIONED' },
    choices: ['billing_mode'],
  },
  {
    type: 'aws_s3_bucket',
    noun: 'bucket',
    boundary: 'data',
    stateOnly: [
      { attribute: 'acl', why: 'The provider does not read it back; the access list of the bucket stays as it is.' },
      {
        attribute: 'force_destroy',
        why: 'Says only whether the tool may empty the bucket before it deletes it; AWS keeps no such setting.',
      },
    ],
  },
  { type: 'aws_s3_bucket_versioning', noun: 'bucket_versioning', boundary: 'data' },
  { type: 'aws_s3_bucket_server_side_encryption_configuration', noun: 'bucket_encryption', boundary: 'data' },
  { type: 'aws_s3_bucket_public_access_block', noun: 'bucket_public_access', boundary: 'data' },
  { type: 'aws_s3_bucket_policy', noun: 'bucket_policy', boundary: 'data' },
  { type: 'aws_ebs_volume', noun: 'volume', boundary: 'compute', defaults: { encrypted: false }, choices: ['type'] },
];
