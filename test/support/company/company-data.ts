import { CreateTableCommand, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { CreateKeyCommand, EnableKeyRotationCommand } from '@aws-sdk/client-kms';
import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, keyTagList, tagList } from './company-tags.ts';

/** A key with yearly rotation; answers its ARN. */
export async function createKey(clients: CompanyClients, description: string, tags: Tags): Promise<string> {
  const { KeyMetadata: key } = await clients.kms.send(
    new CreateKeyCommand({ Description: description, Tags: keyTagList(tags) }),
  );
  await clients.kms.send(new EnableKeyRotationCommand({ KeyId: required(key?.KeyId, 'key') }));
  return required(key?.Arn, 'key ARN');
}

export interface DatabasePlan {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly keyArn: string;
  readonly size: string;
  /** Gibibytes. */
  readonly storage: number;
  readonly retentionDays: number;
  readonly multiZone: boolean;
  readonly tags: Tags;
}

/** A PostgreSQL instance in its subnet group; answers its identifier. */
export async function createDatabase(clients: CompanyClients, plan: DatabasePlan): Promise<string> {
  await clients.rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: `${plan.name}-database`,
      DBSubnetGroupDescription: `Private subnets of ${plan.name}`,
      SubnetIds: [...plan.subnetIds],
      Tags: tagList({ Name: `${plan.name}-database`, ...plan.tags }),
    }),
  );
  const identifier = `${plan.name}-orders`;
  await clients.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBName: 'orders',
      Engine: 'postgres',
      EngineVersion: '15.4',
      DBInstanceClass: plan.size,
      AllocatedStorage: plan.storage,
      StorageType: 'gp2',
      StorageEncrypted: true,
      KmsKeyId: plan.keyArn,
      MasterUsername: 'orders',
      MasterUserPassword: `seed-${plan.name}-password`,
      DBSubnetGroupName: `${plan.name}-database`,
      VpcSecurityGroupIds: [plan.securityGroupId],
      MultiAZ: plan.multiZone,
      BackupRetentionPeriod: plan.retentionDays,
      CopyTagsToSnapshot: true,
      Tags: tagList({ Name: identifier, ...plan.tags }),
    }),
  );
  return identifier;
}

export interface TablePlan {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly tags: Tags;
}

/** An on-demand table with point-in-time recovery; answers its ARN. */
export async function createTable(clients: CompanyClients, plan: TablePlan): Promise<string> {
  const keys = [plan.hashKey, ...(plan.rangeKey === undefined ? [] : [plan.rangeKey])];
  const { TableDescription: table } = await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: plan.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
      })),
      Tags: tagList({ Name: plan.name, ...plan.tags }),
    }),
  );
  await clients.dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: plan.name,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  return required(table?.TableArn, 'table ARN');
}

export interface BucketPlan {
  readonly name: string;
  readonly versioned: boolean;
  readonly encrypted: boolean;
  /** Blocks every kind of public access. */
  readonly closed: boolean;
  readonly tags: Tags;
}

/** A bucket; answers its ARN. */
export async function createBucket(clients: CompanyClients, plan: BucketPlan): Promise<string> {
  const { s3, region } = clients;
  const Bucket = plan.name;
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      // us-east-1 must not be named as a constraint.
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as const } }),
    }),
  );
  if (plan.versioned) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  if (plan.encrypted) {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
  }
  if (plan.closed) {
    const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
  }
  if (Object.keys(plan.tags).length > 0) {
    await s3.send(
      new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagList({ Name: Bucket, ...plan.tags }) } }),
    );
  }
  return `arn:aws:s3:::${Bucket}`;
}
