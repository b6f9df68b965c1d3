import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, place } from '#test/support/aws/place.ts';
import { convertLaunchTemplate } from './ec2-compute/convert.ts';
import { convertTransitGateway } from './ec2-connectivity/convert-transit-gateway.ts';
import { convertTask } from './ecs/convert-task.ts';
import { convertKey } from './kms/convert.ts';
import { convertBucket } from './s3/convert.ts';
import { convertTopic } from './sns/convert.ts';
import { convertQueue } from './sqs/convert.ts';

const other = '444455556666';

/** Lets in the own account, another one, a role by its session, a deleted user and a service. */
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {
        AWS: [`arn:aws:iam::${account}:root`, other, `arn:aws:sts::${other}:assumed-role/reads/session`, 'AIDAEXAMPLE'],
        Service: 'cloudfront.amazonaws.com',
      },
      Action: 'x:Read',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
    { Effect: 'Deny', Principal: '*', Action: 'x:*', Resource: '*' },
  ],
});
const granted = (resource: string) => [
  `${other}:root -CAN_ACCESS-> ${resource}`,
  `${other}:role/reads -CAN_ACCESS-> ${resource}`,
];

test('whom the own policies of buckets, queues, topics and keys let in', () => {
  const bucket = convertBucket(
    {
      bucket: { Name: 'files' },
      tags: {},
      versioning: null,
      encryption: null,
      publicAccessBlock: null,
      policy,
      lifecycleRules: null,
      logging: { TargetBucket: 'logs', TargetPrefix: '' },
      notifications: null,
      replication: null,
    },
    place,
  );
  expect(edgeLines(bucket.relationships)).toEqual([':files -TARGETS-> :logs', ...granted(':files')]);
  expect(bucket.relationships.at(-1)?.properties).toEqual({ as: 'policy', actions: ['x:Read'], conditional: true });
  const queue = convertQueue({ url: `https://sqs/${account}/jobs`, attributes: { Policy: policy }, tags: {} }, place);
  expect(edgeLines(queue.relationships)).toEqual(granted(`${account}:jobs`));
  const key = convertKey(
    {
      entry: { KeyId: 'k', KeyArn: arnHere('kms', 'key/k') },
      metadata: null,
      rotation: null,
      policy,
      aliases: [],
      tags: {},
    },
    place,
  );
  expect(edgeLines(key.relationships)).toEqual(granted(`${account}:key/k`));
});

test('a subscription has a dead-letter queue and a role of its own', () => {
  const topic = convertTopic(
    {
      arn: arnHere('sns', 'told'),
      attributes: { Policy: policy },
      subscriptions: [
        {
          subscription: {
            Protocol: 'firehose',
            Endpoint: arnHere('firehose', 'deliverystream/d'),
            SubscriptionArn: 's',
          },
          attributes: {
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnHere('sqs', 'dead') }),
            SubscriptionRoleArn: `arn:aws:iam::${account}:role/puts`,
          },
        },
        { subscription: { Protocol: 'email', Endpoint: 'ann@shop.example' }, attributes: null },
      ],
      tags: {},
    },
    place,
  );
  expect(edgeLines(topic.relationships)).toEqual([
    `${account}:told -TARGETS-> ${account}:deliverystream/d`,
    `${account}:told -TARGETS-> ${account}:dead`,
    `${account}:told -RUNS_AS-> ${account}:role/puts`,
    ...granted(`${account}:told`),
  ]);
});

test('an alias says which key it is', () => {
  const aliases = [{ AliasName: 'alias/shop', AliasArn: arnHere('kms', 'alias/shop'), TargetKeyId: 'k' }];
  const edgesOf = (KeyManager: 'AWS' | 'CUSTOMER') => {
    const entry = { KeyId: 'k', KeyArn: arnHere('kms', 'key/k') };
    const metadata = { KeyId: 'k', KeyManager };
    return edgeLines(
      convertKey({ entry, metadata, rotation: null, policy: null, aliases, tags: {} }, place).relationships,
    );
  };
  expect(edgesOf('CUSTOMER')).toEqual([`${account}:alias/shop -REFERENCES-> ${account}:key/k`]);
  expect(edgesOf('AWS')).toEqual([]);
});

test('a transit gateway of somebody else is shared with whoever sees it', () => {
  const gateway = { TransitGatewayId: 'tgw-1', OwnerId: other };
  const seen = convertTransitGateway(gateway, place);
  expect(edgeLines(seen.relationships)).toEqual([`${account}:root -CAN_ACCESS-> ${other}:transit-gateway/tgw-1`]);
  expect(convertTransitGateway({ ...gateway, OwnerId: account }, place).relationships).toEqual([]);
});

test('a template leads to all that its machines will use', () => {
  const { relationships } = convertLaunchTemplate(
    {
      template: { LaunchTemplateId: 'lt-1' },
      latest: {
        LaunchTemplateData: {
          NetworkInterfaces: [{ SubnetId: 'subnet-1', Groups: ['sg-1'] }],
          BlockDeviceMappings: [{ Ebs: { KmsKeyId: 'alias/shop' } }],
          KeyName: 'ops',
        },
      },
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:launch-template/lt-1 -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:launch-template/lt-1 -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:launch-template/lt-1 -ENCRYPTED_BY-> ${account}:alias/shop`,
    `${account}:launch-template/lt-1 -REFERENCES-> ${account}:key-pair/ops`,
  ]);
});

test('a task runs for its service with an interface in the network; one on its own is part of the cluster', () => {
  const task = {
    taskArn: arnHere('ecs', 'task/shop/0123456789abcdef'),
    clusterArn: arnHere('ecs', 'cluster/shop'),
    taskDefinitionArn: arnHere('ecs', 'task-definition/web:3'),
    lastStatus: 'RUNNING',
  };
  const details = [
    { name: 'subnetId', value: 'subnet-1' },
    { name: 'networkInterfaceId', value: 'eni-1' },
  ];
  const served = convertTask({ ...task, group: 'service:web', attachments: [{ details }] }, place);
  const name = `${account}:task/shop/0123456789abcdef`;
  expect(served.resource).toMatchObject({ name: 'web 01234567', state: 'RUNNING' });
  expect(edgeLines(served.relationships)).toEqual([
    `${name} -MANAGED_BY-> ${account}:service/shop/web`,
    `${name} -DERIVED_FROM-> ${account}:task-definition/web:3`,
    `${name} -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:network-interface/eni-1 -ATTACHED_TO-> ${name}`,
  ]);
  expect(edgeLines(convertTask({ ...task, group: 'family:job' }, place).relationships)).toEqual([
    `${name} -DERIVED_FROM-> ${account}:task-definition/web:3`,
    `${account}:cluster/shop -CONTAINS-> ${name}`,
  ]);
});
