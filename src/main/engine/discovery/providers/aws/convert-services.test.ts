import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { convertAutoScalingGroup, convertLaunchConfiguration } from './autoscaling/convert.ts';
import { convertTable } from './dynamodb/convert.ts';
import { convertInstance, convertLaunchTemplate, convertVolume } from './ec2-compute/convert.ts';
import { convertListener, convertTargetGroup } from './elbv2/convert.ts';
import { convertInstanceProfile, convertRole } from './iam/convert.ts';
import { convertKey } from './kms/convert.ts';
import { convertFunction } from './lambda/convert.ts';
import type { AwsPlace } from './place.ts';
import { convertDatabase } from './rds/convert.ts';
import { convertBucket } from './s3/convert.ts';
import { convertTopic } from './sns/convert.ts';
import { convertQueue } from './sqs/convert.ts';

const account = '111122223333';
const place: AwsPlace = {
  partition: 'aws',
  accountId: account,
  scopeId: `aws:account:${account}`,
  region: 'eu-west-1',
  accountLabel: account,
};
const everywhere: AwsPlace = { ...place, region: 'global' };
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${account}:${resource}`;

test('an instance leads to its network, groups, profile, image and template', () => {
  const { resource, relationships } = convertInstance(
    {
      instance: {
        InstanceId: 'i-1',
        SubnetId: 'subnet-1',
        SecurityGroups: [{ GroupId: 'sg-1' }],
        IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/web` },
        ImageId: 'ami-1',
        State: { Name: 'running' },
        LaunchTime: new Date(1000),
        PrivateIpAddress: '10.0.0.4',
        Tags: [{ Key: 'aws:ec2launchtemplate:id', Value: 'lt-1' }],
      },
      ownerId: account,
      reservationId: 'r-1',
    },
    place,
  );
  expect(resource).toMatchObject({ state: 'running', createdAt: 1000, ip: '10.0.0.4', public: false });
  expect(edgeLines(relationships)).toEqual([
    `${account}:instance/i-1 -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:instance/i-1 -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:instance/i-1 -RUNS_AS-> ${account}:instance-profile/web`,
    `${account}:instance/i-1 -DERIVED_FROM-> :image/ami-1`,
    `${account}:instance/i-1 -DERIVED_FROM-> ${account}:launch-template/lt-1`,
  ]);
});

test('a volume hangs on its machine and key, whether the key is named by id, alias or ARN', () => {
  const keyOf = (KmsKeyId: string) =>
    convertVolume({ VolumeId: 'vol-1', KmsKeyId }, place).relationships.find(({ type }) => type === 'ENCRYPTED_BY')?.to;
  expect(keyOf('k-1')).toBe(arn('kms', 'key/k-1'));
  expect(keyOf('alias/aws/ebs')).toBe(arn('kms', 'alias/aws/ebs'));
  expect(keyOf(arn('kms', 'key/k-1'))).toBe(arn('kms', 'key/k-1'));
});

test('an alias is its key where that is known, in its own account and region alone', () => {
  const known = { ...place, keys: new Map([['alias/aws/ebs', arn('kms', 'key/k-9')]]) };
  const keyOf = (KmsKeyId: string) =>
    convertVolume({ VolumeId: 'vol-1', KmsKeyId }, known).relationships.find(({ type }) => type === 'ENCRYPTED_BY')?.to;
  expect(keyOf('alias/aws/ebs')).toBe(arn('kms', 'key/k-9'));
  expect(keyOf(arn('kms', 'alias/aws/ebs'))).toBe(arn('kms', 'key/k-9'));
  const elsewhere = `arn:aws:kms:eu-west-2:${account}:alias/aws/ebs`;
  expect(keyOf(elsewhere)).toBe(elsewhere);
  expect(keyOf('alias/other')).toBe(arn('kms', 'alias/other'));
});

test.each([
  ['ami-1', [`${account}:launch-template/lt-1 -DERIVED_FROM-> :image/ami-1`]],
  ['resolve:ssm:golden', [`${account}:launch-template/lt-1 -REFERENCES-> ${account}:parameter/golden`]],
  [
    'resolve:ssm:/images/golden:3',
    [`${account}:launch-template/lt-1 -REFERENCES-> ${account}:parameter/images/golden`],
  ],
  [
    `resolve:ssm:${arn('ssm', 'parameter/golden:prod')}`,
    [`${account}:launch-template/lt-1 -REFERENCES-> ${account}:parameter/golden`],
  ],
  // Whichever image of AWS's is the newest.
  ['resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', []],
])('a launch template may name its image by a parameter: %s', (ImageId, edges) => {
  const template = { template: { LaunchTemplateId: 'lt-1' }, latest: { LaunchTemplateData: { ImageId } } };
  expect(edgeLines(convertLaunchTemplate(template, place).relationships)).toEqual(edges);
});

test('the start-up script of a launch template never reaches the body', () => {
  const { resource } = convertLaunchTemplate(
    {
      template: { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web' },
      latest: { LaunchTemplateData: { UserData: 'c2VjcmV0', ImageId: 'ami-1' } },
    },
    place,
  );
  expect(JSON.stringify(resource.raw)).not.toContain('c2VjcmV0');
  expect(resource.raw).toMatchObject({ LatestVersion: { LaunchTemplateData: { ImageId: 'ami-1' } } });
});

test('a scaling group manages its machines and is aimed at by its target groups', () => {
  const group = {
    AutoScalingGroupName: 'web',
    AutoScalingGroupARN: arn('autoscaling', 'autoScalingGroup:u:autoScalingGroupName/web'),
    VPCZoneIdentifier: 'subnet-1, subnet-2',
    LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '3' },
    Instances: [
      {
        InstanceId: 'i-1',
        AvailabilityZone: 'a',
        LifecycleState: 'InService' as const,
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
      },
    ],
    TargetGroupARNs: [arn('elasticloadbalancing', 'targetgroup/web/1')],
    MinSize: 1,
    MaxSize: 1,
    DesiredCapacity: 1,
    DefaultCooldown: 1,
    AvailabilityZones: [],
    HealthCheckType: 'EC2',
    CreatedTime: new Date(0),
  };
  const { relationships } = convertAutoScalingGroup({ group, launchConfigurationArn: undefined }, place);
  expect(
    relationships.map(({ type, to, from }) => `${type} ${from.split(':').at(-1)} ${to.split(':').at(-1)}`),
  ).toEqual([
    'IN_NETWORK autoScalingGroupName/web subnet/subnet-1',
    'IN_NETWORK autoScalingGroupName/web subnet/subnet-2',
    'DERIVED_FROM autoScalingGroupName/web launch-template/lt-1',
    'MANAGED_BY instance/i-1 autoScalingGroupName/web',
    'TARGETS targetgroup/web/1 autoScalingGroupName/web',
  ]);
});

test('a scaling group without a template is made of its launch configuration', () => {
  const LaunchConfigurationARN = arn('autoscaling', 'launchConfiguration:u:launchConfigurationName/old');
  const group = {
    AutoScalingGroupName: 'old',
    AutoScalingGroupARN: arn('autoscaling', 'autoScalingGroup:u:autoScalingGroupName/old'),
    LaunchConfigurationName: 'old',
  };
  const made = convertAutoScalingGroup(
    { group: group as never, launchConfigurationArn: LaunchConfigurationARN },
    place,
  );
  expect(edgeLines(made.relationships)).toEqual([
    `${account}:autoScalingGroup:u:autoScalingGroupName/old -DERIVED_FROM-> ${account}:launchConfiguration:u:launchConfigurationName/old`,
  ]);
  const { resource, relationships } = convertLaunchConfiguration(
    {
      LaunchConfigurationName: 'old',
      LaunchConfigurationARN,
      ImageId: 'ami-1',
      InstanceType: 't3.micro',
      KeyName: 'ops',
      SecurityGroups: ['sg-1'],
      IamInstanceProfile: 'web',
      UserData: 'c2VjcmV0',
      CreatedTime: new Date(0),
    },
    place,
  );
  expect(resource).toMatchObject({ id: LaunchConfigurationARN, name: 'old', createdAt: 0 });
  expect(JSON.stringify(resource.raw)).not.toContain('c2VjcmV0');
  expect(relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([
    'DERIVED_FROM arn:aws:ec2:eu-west-1::image/ami-1',
    `PROTECTED_BY ${arn('ec2', 'security-group/sg-1')}`,
    `RUNS_AS arn:aws:iam::${account}:instance-profile/web`,
    `REFERENCES ${arn('ec2', 'key-pair/ops')}`,
  ]);
});

test('a listener is part of its balancer and leads to every target group of its rules once', () => {
  const target = arn('elasticloadbalancing', 'targetgroup/api/1');
  const { resource, relationships } = convertListener(
    {
      listener: {
        ListenerArn: arn('elasticloadbalancing', 'listener/app/web/1/2'),
        LoadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/web/1'),
        Protocol: 'HTTPS',
        Port: 443,
        DefaultActions: [
          { Type: 'forward', TargetGroupArn: target, ForwardConfig: { TargetGroups: [{ TargetGroupArn: target }] } },
        ],
        Certificates: [{ CertificateArn: arn('acm', 'certificate/c') }],
      },
      certificates: [
        { CertificateArn: arn('acm', 'certificate/c'), IsDefault: true },
        { CertificateArn: arn('acm', 'certificate/other-name'), IsDefault: false },
      ],
      rules: [{ Actions: [{ Type: 'forward', TargetGroupArn: target }] }],
      tags: {},
    },
    place,
  );
  expect(resource.name).toBe('web HTTPS:443');
  expect(edgeLines(relationships)).toEqual([
    `${account}:loadbalancer/app/web/1 -CONTAINS-> ${account}:listener/app/web/1/2`,
    `${account}:listener/app/web/1/2 -TARGETS-> ${account}:targetgroup/api/1`,
    `${account}:listener/app/web/1/2 -REFERENCES-> ${account}:certificate/c`,
    `${account}:listener/app/web/1/2 -REFERENCES-> ${account}:certificate/other-name`,
  ]);
  expect(relationships.at(-1)?.properties).toEqual({ as: 'sni' });
});

test.each([
  ['ip', '192.0.2.4', 'ip:192.0.2.4'],
  ['instance', 'i-1', arn('ec2', 'instance/i-1')],
  ['lambda', arn('lambda', 'function:f'), arn('lambda', 'function:f')],
  ['alb', arn('elasticloadbalancing', 'loadbalancer/app/web/1'), arn('elasticloadbalancing', 'loadbalancer/app/web/1')],
] as const)('a target of type %s is found by its id', (TargetType, Id, to) => {
  const { relationships } = convertTargetGroup(
    {
      group: { TargetGroupArn: arn('elasticloadbalancing', 'targetgroup/api/1'), TargetGroupName: 'api', TargetType },
      attributes: null,
      health: [{ Target: { Id, Port: 80 } }],
      tags: {},
    },
    place,
  );
  expect(relationships.map((edge) => edge.to)).toEqual([to]);
});

test('a replica leads to its source in the same or another region', () => {
  const sourceOf = (source: string) =>
    convertDatabase({ DBInstanceIdentifier: 'copy', ReadReplicaSourceDBInstanceIdentifier: source }, place)
      .relationships[0]?.to;
  expect(sourceOf('orders')).toBe(arn('rds', 'db:orders'));
  expect(sourceOf(`arn:aws:rds:us-east-1:${account}:db:orders`)).toBe(`arn:aws:rds:us-east-1:${account}:db:orders`);
});

test('a bucket stands without region and account in its id; only a full block proves it closed', () => {
  const settings = {
    bucket: { Name: 'files' },
    tags: {},
    versioning: null,
    encryption: null,
    policy: null,
    lifecycleRules: null,
    logging: null,
    notifications: { QueueConfigurations: [{ QueueArn: arn('sqs', 'files'), Events: [] }] },
    replication: null,
  };
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const closed = convertBucket({ ...settings, publicAccessBlock: all }, place);
  expect(closed.resource).toMatchObject({ id: 'arn:aws:s3:::files', region: 'eu-west-1', public: false });
  expect(closed.relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([`TARGETS ${arn('sqs', 'files')}`]);
  const unknown = convertBucket({ ...settings, publicAccessBlock: { ...all, BlockPublicPolicy: false } }, place);
  expect(unknown.resource.public).toBeNull();
  const replication = {
    Role: `arn:aws:iam::${account}:role/copy`,
    Rules: [
      {
        Status: 'Enabled' as const,
        Destination: { Bucket: 'arn:aws:s3:::copy', EncryptionConfiguration: { ReplicaKmsKeyID: arn('kms', 'key/k') } },
      },
    ],
  };
  const copied = convertBucket({ ...settings, publicAccessBlock: null, notifications: null, replication }, place);
  expect(copied.relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `RUNS_AS arn:aws:iam::${account}:role/copy`,
    'TARGETS arn:aws:s3:::copy',
    `REFERENCES ${arn('kms', 'key/k')}`,
  ]);
  expect(copied.relationships[1]?.properties).toEqual({ as: 'replica', status: 'Enabled' });
});

test('a table and its key; a table that may not be described is still there', () => {
  const TableArn = arn('dynamodb', 'table/carts');
  const { resource, relationships } = convertTable(
    {
      table: { TableName: 'carts', TableArn, SSEDescription: { KMSMasterKeyArn: arn('kms', 'key/k-1') } },
      backups: null,
      timeToLive: null,
      tags: {},
    },
    place,
  );
  expect(resource).toMatchObject({ id: TableArn, name: 'carts', raw: { ContinuousBackupsDescription: null } });
  expect(edgeLines(relationships)).toEqual([`${account}:table/carts -ENCRYPTED_BY-> ${account}:key/k-1`]);
});

test('a queue leads to its dead-letter queue; a policy that is no JSON leads nowhere', () => {
  const queue = (RedrivePolicy: string) =>
    convertQueue({ url: `https://sqs/${account}/orders`, attributes: { RedrivePolicy }, tags: {} }, place);
  const dead = arn('sqs', 'orders-failed');
  expect(queue(JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 5 })).relationships).toMatchObject([
    { type: 'TARGETS', to: dead, properties: { as: 'dead-letter' } },
  ]);
  expect(queue('{broken').relationships).toEqual([]);
  expect(queue('').resource).toMatchObject({ id: arn('sqs', 'orders'), nativeId: 'orders', createdAt: null });
});

test('a topic leads to subscribed queues; the password of an HTTP subscriber is removed', () => {
  const { resource, relationships } = convertTopic(
    {
      arn: arn('sns', 'events'),
      attributes: null,
      subscriptions: [
        { subscription: { Protocol: 'sqs', Endpoint: arn('sqs', 'orders'), SubscriptionArn: 's' }, attributes: null },
        {
          subscription: { Protocol: 'https', Endpoint: 'https://user:hidden@example.org/hook' },
          attributes: { Endpoint: 'https://user:hidden@example.org/hook' },
        },
      ],
      tags: {},
    },
    place,
  );
  expect(relationships.map(({ to }) => to)).toEqual([arn('sqs', 'orders'), 'dns:example.org']);
  expect(JSON.stringify(resource.raw)).not.toContain('hidden');
});

test('a function leads to its role, network and dead letters', () => {
  const { relationships } = convertFunction(
    {
      configuration: {
        FunctionName: 'f',
        FunctionArn: arn('lambda', 'function:f'),
        Role: `arn:aws:iam::${account}:role/f`,
        VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        DeadLetterConfig: { TargetArn: arn('sqs', 'dead') },
        Layers: [{ Arn: arn('lambda', 'layer:l:1') }],
        FileSystemConfigs: [{ Arn: arn('elasticfilesystem', 'access-point/fsap-1'), LocalMountPath: '/mnt' }],
      },
      policy: null,
      image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/team/f:1.2`,
      tags: {},
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:function:f -RUNS_AS-> ${account}:role/f`,
    `${account}:function:f -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:function:f -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:function:f -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:function:f -DERIVED_FROM-> ${account}:layer:l`,
    `${account}:function:f -DERIVED_FROM-> ${account}:repository/team/f`,
    `${account}:function:f -REFERENCES-> ${account}:access-point/fsap-1`,
    `${account}:function:f -TARGETS-> ${account}:dead`,
  ]);
});

test('a role shows its policies as documents; a profile runs as its role', () => {
  const role = {
    Path: '/',
    RoleName: 'web',
    RoleId: 'AROA1',
    Arn: `arn:aws:iam::${account}:role/web`,
    CreateDate: new Date(0),
    AssumeRolePolicyDocument: '%7B%22Version%22%3A%222012-10-17%22%7D',
  };
  const { resource, relationships } = convertRole(
    {
      role,
      attached: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      inline: [{ name: 'own', document: '%7B%22Statement%22%3A%5B%5D%7D' }],
    },
    everywhere,
  );
  expect(resource).toMatchObject({
    region: 'global',
    raw: {
      AssumeRolePolicyDocument: { Version: '2012-10-17' },
      InlinePolicies: [{ PolicyName: 'own', PolicyDocument: { Statement: [] } }],
    },
  });
  expect(edgeLines(relationships)).toEqual([`${account}:role/web -REFERENCES-> aws:policy/ReadOnlyAccess`]);
  const profile = convertInstanceProfile(
    {
      Path: '/',
      InstanceProfileName: 'web',
      InstanceProfileId: 'AIPA1',
      Arn: `arn:aws:iam::${account}:instance-profile/web`,
      CreateDate: new Date(0),
      Roles: [role],
    },
    everywhere,
  );
  expect(edgeLines(profile.relationships)).toEqual([`${account}:instance-profile/web -RUNS_AS-> ${account}:role/web`]);
});

test('a key is named by its alias, and is there even when nobody may describe it', () => {
  const entry = { KeyId: 'k-1', KeyArn: arn('kms', 'key/k-1') };
  const bare = { entry, metadata: null, rotation: null, policy: null, aliases: [], tags: {} };
  expect(convertKey(bare, place).resource).toMatchObject({ name: 'k-1', raw: { KeyId: 'k-1' } });
  expect(convertKey({ ...bare, aliases: [{ AliasName: 'alias/orders' }] }, place).resource.name).toBe('orders');
});
