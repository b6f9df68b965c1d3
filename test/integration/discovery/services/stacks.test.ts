import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
const hush = 'not-for-anybody';
let mapped: Mapped;

const template = {
  Parameters: { DatabasePassword: { Type: 'String', NoEcho: true } },
  Resources: {
    Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.8.0.0/16' } },
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'stack-files' } },
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'stack-jobs' } },
    Told: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'stack-told' } },
  },
};

beforeAll(async () => {
  const config = bench.config();
  const [cloudFormation, s3, cloudTrail] = [
    new CloudFormationClient(config),
    new S3Client({ ...config, forcePathStyle: true }),
    new CloudTrailClient(config),
  ];
  await cloudFormation.send(
    new CreateStackCommand({
      StackName: 'shop',
      TemplateBody: JSON.stringify(template),
      Parameters: [{ ParameterKey: 'DatabasePassword', ParameterValue: hush }],
      Tags: [{ Key: 'Team', Value: 'web' }],
    }),
  );
  await s3.send(
    new CreateBucketCommand({ Bucket: 'trails', CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await cloudTrail.send(new CreateTrailCommand({ Name: 'all', S3BucketName: 'trails' }));
  for (const client of [cloudFormation, s3, cloudTrail]) client.destroy();
  mapped = await bench.map('aws.cloudformation.', 'aws.cloudtrail.', 'aws.s3.', 'aws.sqs.', 'aws.sns.', 'aws.ec2.vpc');
});

test('what a stack made is managed by it, and is the same resource as the one its service lists', () => {
  const stack = mapped.named('aws.cloudformation.stack')['shop'];
  expect(stack).toMatchObject({ category: 'stack', tags: { Team: 'web' } });
  const managed = mapped.relationships.filter(({ type, to }) => type === 'MANAGED_BY' && to === stack?.id);
  const known = new Map(mapped.resources.map(({ id, kind }) => [id, kind]));
  expect([...new Set(managed.map(({ from }) => known.get(from) ?? 'nothing listed'))].sort()).toEqual([
    'aws.ec2.vpc',
    'aws.s3.bucket',
    'aws.sns.topic',
    'aws.sqs.queue',
  ]);
  expect(JSON.stringify(mapped.resources)).not.toContain(hush);
});

test('a trail leads to the bucket it is written to', () => {
  expect(mapped.edges('TARGETS', /trail\/all/u)).toEqual(['trail/all → trails']);
});
