import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, place } from '#test/support/aws/place.ts';
import { convertStack } from './cloudformation/convert.ts';
import { convertTrail } from './cloudtrail/convert.ts';
import { typedResourceId } from './resource-type-ids.ts';

const id = arnHere('cloudformation', 'stack/shop/1-2');

test('what a stack made is managed by it, what it deleted is not', () => {
  const made = { LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const };
  const { resource, relationships } = convertStack(
    {
      stack: {
        StackId: id,
        StackName: 'shop',
        CreationTime: new Date(0),
        StackStatus: 'UPDATE_COMPLETE',
        RoleARN: `arn:aws:iam::${account}:role/deploys`,
        NotificationARNs: [arnHere('sns', 'told')],
        Parameters: [{ ParameterKey: 'DatabasePassword', ParameterValue: 'hush' }],
      },
      resources: [
        { ...made, LogicalResourceId: 'Net', PhysicalResourceId: 'vpc-1', ResourceType: 'AWS::EC2::VPC' },
        {
          ...made,
          LogicalResourceId: 'Inner',
          PhysicalResourceId: arnHere('cloudformation', 'stack/inner/3'),
          ResourceType: 'AWS::CloudFormation::Stack',
        },
        { ...made, LogicalResourceId: 'Rule', PhysicalResourceId: 'x', ResourceType: 'Custom::Thing' },
        {
          ...made,
          LogicalResourceId: 'Old',
          PhysicalResourceId: 'vpc-0',
          ResourceType: 'AWS::EC2::VPC',
          ResourceStatus: 'DELETE_COMPLETE',
        },
      ],
    },
    place,
  );
  expect(resource).toMatchObject({ kind: 'aws.cloudformation.stack', category: 'stack', state: 'UPDATE_COMPLETE' });
  expect(JSON.stringify(resource.raw)).not.toContain('hush');
  expect(edgeLines(relationships)).toEqual([
    `${account}:stack/shop/1-2 -RUNS_AS-> ${account}:role/deploys`,
    `${account}:stack/shop/1-2 -TARGETS-> ${account}:told`,
    `${account}:vpc/vpc-1 -MANAGED_BY-> ${account}:stack/shop/1-2`,
    `${account}:stack/inner/3 -MANAGED_BY-> ${account}:stack/shop/1-2`,
  ]);
  expect(relationships[2]?.properties).toEqual({ logicalId: 'Net' });
});

test.each([
  ['AWS::EC2::Subnet', 'subnet-1', arnHere('ec2', 'subnet/subnet-1')],
  ['AWS::EC2::EIP', 'eipalloc-1', arnHere('ec2', 'elastic-ip/eipalloc-1')],
  ['AWS::EC2::EIP', '192.0.2.1', undefined],
  ['AWS::S3::Bucket', 'uploads', 'arn:aws:s3:::uploads'],
  ['AWS::SQS::Queue', `https://sqs.eu-west-1.amazonaws.com/${account}/jobs`, arnHere('sqs', 'jobs')],
  ['AWS::SNS::Topic', arnHere('sns', 'told'), arnHere('sns', 'told')],
  ['AWS::Lambda::Function', 'f', arnHere('lambda', 'function:f')],
  ['AWS::Lambda::LayerVersion', arnHere('lambda', 'layer:l:3'), arnHere('lambda', 'layer:l')],
  ['AWS::IAM::Role', 'r', `arn:aws:iam::${account}:role/r`],
  ['AWS::RDS::DBInstance', 'db', arnHere('rds', 'db:db')],
  ['AWS::Route53::HostedZone', 'Z1', 'arn:aws:route53:::hostedzone/Z1'],
  ['AWS::ApiGateway::RestApi', 'a1', 'arn:aws:apigateway:eu-west-1::/restapis/a1'],
  ['AWS::ApiGatewayV2::Api', 'h1', 'arn:aws:apigateway:eu-west-1::/apis/h1'],
  ['AWS::CloudFront::Distribution', 'E1', `arn:aws:cloudfront::${account}:distribution/E1`],
  ['AWS::EC2::VPC', '', undefined],
  ['Custom::Thing', 'x', undefined],
])('%s %s is %s', (type, physical, known) => {
  expect(typedResourceId(type, physical, place)).toBe(known);
});

test('a trail is written to a bucket, a log and a topic', () => {
  const { relationships } = convertTrail(
    {
      Name: 'all',
      TrailARN: arnHere('cloudtrail', 'trail/all'),
      S3BucketName: 'trails',
      CloudWatchLogsLogGroupArn: arnHere('logs', 'log-group:trail:*'),
      CloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/logs`,
      SnsTopicARN: arnHere('sns', 'told'),
      KmsKeyId: 'k',
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:trail/all -TARGETS-> :trails`,
    `${account}:trail/all -TARGETS-> ${account}:log-group:trail`,
    `${account}:trail/all -TARGETS-> ${account}:told`,
    `${account}:trail/all -RUNS_AS-> ${account}:role/logs`,
    `${account}:trail/all -ENCRYPTED_BY-> ${account}:key/k`,
  ]);
});
