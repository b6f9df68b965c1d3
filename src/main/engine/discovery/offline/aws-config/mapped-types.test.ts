import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { censusTypes } from '../../providers/aws/census/config-types.ts';
import { configItem } from './config-item.ts';
import { convertItem } from './convert-item.ts';
import { mappedTypes } from './mapped-types.ts';

const [account, region] = ['111122223333', 'eu-west-1'];
const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;

function converted(resourceType: string, more: JsonObject) {
  return convertItem(configItem({ resourceType, awsAccountId: account, awsRegion: region, ...more }));
}

test('every type that a live run lists and Config records is read by its own converter', () => {
  const types = Object.values(censusTypes).flatMap((known) => known.types);
  expect(types.filter((type) => !mappedTypes.has(type))).toEqual([]);
});

test.each<[string, JsonObject, string, string, readonly string[]]>([
  [
    'AWS::EC2::VPCPeeringConnection',
    {
      resourceId: 'pcx-1',
      configuration: {
        vpcPeeringConnectionId: 'pcx-1',
        requesterVpcInfo: { ownerId: account, vpcId: 'vpc-1', region },
        accepterVpcInfo: { ownerId: account, vpcId: 'vpc-2', region },
      },
    },
    'aws.ec2.vpc-peering-connection',
    arn('ec2', 'vpc-peering-connection/pcx-1'),
    ['PEERED_WITH vpc/vpc-1', 'PEERED_WITH vpc/vpc-2'],
  ],
  [
    'AWS::EC2::TransitGateway',
    { resourceId: 'tgw-1', configuration: { Id: 'tgw-1', AmazonSideAsn: 64512 } },
    'aws.ec2.transit-gateway',
    arn('ec2', 'transit-gateway/tgw-1'),
    [],
  ],
  [
    'AWS::ECS::Service',
    {
      resourceId: arn('ecs', 'service/shop/web'),
      ARN: arn('ecs', 'service/shop/web'),
      configuration: {
        ServiceArn: arn('ecs', 'service/shop/web'),
        ServiceName: 'web',
        Cluster: arn('ecs', 'cluster/shop'),
        TaskDefinition: arn('ecs', 'task-definition/web:3'),
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] } },
      },
    },
    'aws.ecs.service',
    arn('ecs', 'service/shop/web'),
    [
      'CONTAINS service/shop/web',
      'DERIVED_FROM task-definition/web:3',
      'IN_NETWORK subnet/subnet-1',
      'PROTECTED_BY security-group/sg-1',
    ],
  ],
  [
    'AWS::EKS::Cluster',
    {
      resourceId: 'shop',
      ARN: arn('eks', 'cluster/shop'),
      configuration: {
        Name: 'shop',
        Arn: arn('eks', 'cluster/shop'),
        RoleArn: `arn:aws:iam::${account}:role/shop`,
        ResourcesVpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: [] },
      },
    },
    'aws.eks.cluster',
    arn('eks', 'cluster/shop'),
    ['IN_NETWORK subnet/subnet-1', 'RUNS_AS role/shop'],
  ],
  [
    'AWS::EFS::FileSystem',
    {
      resourceId: 'fs-1',
      ARN: arn('elasticfilesystem', 'file-system/fs-1'),
      configuration: { FileSystemId: 'fs-1', KmsKeyId: arn('kms', 'key/k') },
    },
    'aws.elasticfilesystem.file-system',
    arn('elasticfilesystem', 'file-system/fs-1'),
    ['ENCRYPTED_BY key/k'],
  ],
  [
    'AWS::AutoScaling::LaunchConfiguration',
    {
      resourceId: arn('autoscaling', 'launchConfiguration:u:launchConfigurationName/old'),
      configuration: {
        launchConfigurationName: 'old',
        launchConfigurationARN: arn('autoscaling', 'launchConfiguration:u:launchConfigurationName/old'),
        imageId: 'ami-1',
        securityGroups: ['sg-1'],
        userData: 'c2VjcmV0',
      },
    },
    'aws.autoscaling.launchconfiguration',
    arn('autoscaling', 'launchConfiguration:u:launchConfigurationName/old'),
    ['DERIVED_FROM image/ami-1', 'PROTECTED_BY security-group/sg-1'],
  ],
  [
    'AWS::IAM::User',
    {
      resourceId: 'AIDA1',
      awsRegion: 'global',
      ARN: `arn:aws:iam::${account}:user/people/ada`,
      configuration: {
        userName: 'ada',
        arn: `arn:aws:iam::${account}:user/people/ada`,
        groupList: ['admins'],
        attachedManagedPolicies: [{ policyName: 'own', policyArn: `arn:aws:iam::${account}:policy/own` }],
      },
    },
    'aws.iam.user',
    `arn:aws:iam::${account}:user/people/ada`,
    ['CONTAINS user/people/ada', 'REFERENCES policy/own'],
  ],
  [
    'AWS::CloudFormation::Stack',
    {
      resourceId: arn('cloudformation', 'stack/shop/1'),
      configuration: {
        stackId: arn('cloudformation', 'stack/shop/1'),
        stackName: 'shop',
        stackStatus: 'CREATE_COMPLETE',
      },
    },
    'aws.cloudformation.stack',
    arn('cloudformation', 'stack/shop/1'),
    [],
  ],
])('%s becomes what a live run makes of it', (type, item, kind, id, edges) => {
  const { resource, relationships } = converted(type, item);
  expect(resource).toMatchObject({ kind, id });
  expect(resource).not.toHaveProperty('sparse');
  expect(JSON.stringify(resource.raw)).not.toContain('c2VjcmV0');
  expect(relationships.map((edge) => `${edge.type} ${edge.to.split(':').slice(5).join(':')}`).sort()).toEqual(edges);
});

test('an item by schema that leaves out what the converter needs is kept as it tells itself', () => {
  const ARN = arn('ecs', 'cluster/shop');
  const { resource } = converted('AWS::ECS::Cluster', { resourceId: ARN, ARN, configuration: { Settings: 7 } });
  expect(resource).toMatchObject({ id: ARN, kind: 'aws.ecs.cluster', sparse: true });
});

test('a bucket that is copied leads to its copy', () => {
  const { relationships } = converted('AWS::S3::Bucket', {
    resourceId: 'files',
    configuration: { name: 'files' },
    supplementaryConfiguration: {
      BucketReplicationConfiguration: JSON.stringify({
        roleARN: `arn:aws:iam::${account}:role/copy`,
        rules: { all: { status: 'Enabled', destinationConfig: { bucketARN: 'arn:aws:s3:::copy' } } },
      }),
    },
  });
  expect(relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([
    `RUNS_AS arn:aws:iam::${account}:role/copy`,
    'TARGETS arn:aws:s3:::copy',
  ]);
});
