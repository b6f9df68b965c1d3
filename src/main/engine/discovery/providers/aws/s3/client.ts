import {
  type Bucket,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  type LoggingEnabled,
  type NotificationConfiguration,
  type PublicAccessBlockConfiguration,
  type ReplicationConfiguration,
  type ServerSideEncryptionConfiguration,
  S3Client,
} from '@aws-sdk/client-s3';
import { listed } from '../calls/aws-caller.ts';
import { AwsCallError } from '../calls/aws-error.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { homeRegion } from '../partitions.ts';

/** A bucket with the settings that S3 tells one by one; null where there is none. */
export interface DetailedBucket {
  readonly bucket: Bucket;
  readonly tags: Readonly<Record<string, string>>;
  readonly versioning: { readonly Status?: string | undefined; readonly MFADelete?: string | undefined } | null;
  readonly encryption: ServerSideEncryptionConfiguration | null;
  readonly publicAccessBlock: PublicAccessBlockConfiguration | null;
  readonly policy: string | null;
  readonly lifecycleRules: readonly object[] | null;
  readonly logging: LoggingEnabled | null;
  readonly notifications: NotificationConfiguration | null;
  readonly replication: ReplicationConfiguration | null;
}

/** Buckets are listed for all regions at once; each region's cell takes its own. */
export async function* listBuckets(context: AwsContext): AsyncGenerator<ItemPage<DetailedBucket>> {
  const { region } = context.place;
  const all = await context.session.once('s3.buckets', () => everyBucket(context));
  const here = all.filter((located) => located.region === region).map(({ bucket }) => bucket);
  const details = new DetailReader(context);
  yield* details.inParts(here, (bucket) => detailsOf(context, { details, bucket }));
}

interface LocatedBucket {
  readonly bucket: Bucket;
  readonly region: string;
}

async function everyBucket(context: AwsContext): Promise<readonly LocatedBucket[]> {
  const home = context.session.client(S3Client, homeRegion(context.place.partition));
  const pages = pagesOf(context.caller, {
    permission: 's3:ListAllMyBuckets',
    send: (ContinuationToken, options) =>
      home.send(new ListBucketsCommand({ MaxBuckets: 10_000, ContinuationToken }), options),
    next: (output) => output.ContinuationToken,
  });
  const located: LocatedBucket[] = [];
  for await (const { Buckets } of pages) {
    for (const bucket of listed(Buckets, 'Buckets')) {
      const region = bucket.BucketRegion ?? (await locationOf(context, home, bucket));
      if (region !== null) located.push({ bucket, region });
    }
  }
  return located;
}

/** The region of a bucket; null when it was deleted meanwhile. */
async function locationOf(context: AwsContext, home: S3Client, bucket: Bucket): Promise<string | null> {
  try {
    const { LocationConstraint } = await context.caller.call('s3:GetBucketLocation', (options) =>
      home.send(new GetBucketLocationCommand({ Bucket: bucket.Name }), options),
    );
    // S3's oldest names: nothing stands for the first region, EU for Ireland.
    if (!LocationConstraint) return homeRegion(context.place.partition);
    return LocationConstraint === 'EU' ? 'eu-west-1' : LocationConstraint;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'NoSuchBucket') return null;
    throw error;
  }
}

async function detailsOf(
  context: AwsContext,
  what: { readonly details: DetailReader; readonly bucket: Bucket },
): Promise<DetailedBucket> {
  const s3 = clientOf(context, S3Client);
  const { details, bucket } = what;
  const Bucket = bucket.Name;
  const gone = ['NoSuchBucket'];
  const tagging = await details.read({
    permission: 's3:GetBucketTagging',
    absent: ['NoSuchTagSet'],
    gone,
    send: (options) => s3.send(new GetBucketTaggingCommand({ Bucket }), options),
  });
  const versioning = await details.read({
    permission: 's3:GetBucketVersioning',
    gone,
    send: (options) => s3.send(new GetBucketVersioningCommand({ Bucket }), options),
  });
  const encryption = await details.read({
    permission: 's3:GetEncryptionConfiguration',
    absent: ['ServerSideEncryptionConfigurationNotFoundError'],
    gone,
    send: (options) => s3.send(new GetBucketEncryptionCommand({ Bucket }), options),
  });
  const publicAccess = await details.read({
    permission: 's3:GetBucketPublicAccessBlock',
    absent: ['NoSuchPublicAccessBlockConfiguration'],
    gone,
    send: (options) => s3.send(new GetPublicAccessBlockCommand({ Bucket }), options),
  });
  const policy = await details.read({
    permission: 's3:GetBucketPolicy',
    absent: ['NoSuchBucketPolicy'],
    gone,
    send: (options) => s3.send(new GetBucketPolicyCommand({ Bucket }), options),
  });
  const lifecycle = await details.read({
    permission: 's3:GetLifecycleConfiguration',
    absent: ['NoSuchLifecycleConfiguration'],
    gone,
    send: (options) => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), options),
  });
  const logging = await details.read({
    permission: 's3:GetBucketLogging',
    gone,
    send: (options) => s3.send(new GetBucketLoggingCommand({ Bucket }), options),
  });
  const notifications = await details.read({
    permission: 's3:GetBucketNotification',
    gone,
    send: (options) => s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }), options),
  });
  const replication = await details.read({
    permission: 's3:GetReplicationConfiguration',
    absent: ['ReplicationConfigurationNotFoundError'],
    gone,
    send: (options) => s3.send(new GetBucketReplicationCommand({ Bucket }), options),
  });
  return {
    bucket,
    tags: tagsOf(tagging?.TagSet),
    versioning: versioning === null ? null : { Status: versioning.Status, MFADelete: versioning.MFADelete },
    encryption: encryption?.ServerSideEncryptionConfiguration ?? null,
    publicAccessBlock: publicAccess?.PublicAccessBlockConfiguration ?? null,
    policy: policy?.Policy ?? null,
    lifecycleRules: lifecycle?.Rules ?? null,
    logging: logging?.LoggingEnabled ?? null,
    notifications,
    replication: replication?.ReplicationConfiguration ?? null,
  };
}
