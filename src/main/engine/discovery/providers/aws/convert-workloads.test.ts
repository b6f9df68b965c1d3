import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, place } from '#test/support/aws/place.ts';
import { repositoryOf } from './container-image.ts';
import { convertService, convertTaskDefinition } from './ecs/convert.ts';
import { convertCluster, convertFargateProfile, convertNodegroup } from './eks/convert.ts';
import { convertEventSource, convertLayer } from './lambda/convert.ts';

test.each([
  [`${account}.dkr.ecr.eu-west-1.amazonaws.com/web:1`, arnHere('ecr', 'repository/web')],
  [`${account}.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b@sha256:00`, `arn:aws:ecr:cn-north-1:${account}:repository/a/b`],
  ['docker.io/library/nginx:1.27', undefined],
  [undefined, undefined],
])('the image %s is kept in %s', (image, repository) => {
  expect(repositoryOf(place, image)).toBe(repository);
});

test('a source of events leads to the function itself, and a stream is its table', () => {
  const { resource, relationships } = convertEventSource(
    {
      UUID: 'u-1',
      EventSourceArn: arnHere('dynamodb', 'table/orders/stream/2026-01-01T00:00:00.000'),
      FunctionArn: arnHere('lambda', 'function:project:live'),
      State: 'Enabled',
      DestinationConfig: { OnFailure: { Destination: arnHere('sqs', 'dead') } },
    },
    place,
  );
  expect(resource).toMatchObject({ nativeId: 'u-1', name: 'project', state: 'Enabled' });
  expect(edgeLines(relationships)).toEqual([
    `${account}:event-source-mapping:u-1 -TARGETS-> ${account}:function:project`,
    `${account}:table/orders -TARGETS-> ${account}:event-source-mapping:u-1`,
    `${account}:event-source-mapping:u-1 -TARGETS-> ${account}:dead`,
  ]);
  expect(convertLayer({ LayerArn: arnHere('lambda', 'layer:l'), LayerName: 'l' }, place).resource.nativeId).toBe('l');
});

test('a service runs a task definition in its network; target groups lead to it', () => {
  const { resource, relationships } = convertService(
    {
      serviceArn: arnHere('ecs', 'service/shop/web'),
      serviceName: 'web',
      clusterArn: arnHere('ecs', 'cluster/shop'),
      taskDefinition: arnHere('ecs', 'task-definition/web:7'),
      roleArn: 'ecsServiceRole',
      loadBalancers: [
        {
          targetGroupArn: arnHere('elasticloadbalancing', 'targetgroup/web/1'),
          containerName: 'web',
          containerPort: 80,
        },
        { loadBalancerName: 'old' },
      ],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
      events: [{ id: 'e', message: 'has reached a steady state' }],
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:cluster/shop -CONTAINS-> ${account}:service/shop/web`,
    `${account}:service/shop/web -DERIVED_FROM-> ${account}:task-definition/web:7`,
    `${account}:service/shop/web -RUNS_AS-> ${account}:role/ecsServiceRole`,
    `${account}:service/shop/web -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:service/shop/web -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:targetgroup/web/1 -TARGETS-> ${account}:service/shop/web`,
    `${account}:loadbalancer/old -TARGETS-> ${account}:service/shop/web`,
  ]);
  expect(JSON.stringify(resource.raw)).not.toContain('steady state');
});

test('a task definition runs as two roles, from an image, with named secrets and no values', () => {
  const { resource, relationships } = convertTaskDefinition(
    {
      definition: {
        taskDefinitionArn: arnHere('ecs', 'task-definition/web:7'),
        taskRoleArn: `arn:aws:iam::${account}:role/web`,
        executionRoleArn: `arn:aws:iam::${account}:role/start`,
        containerDefinitions: [
          {
            name: 'web',
            image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/web:7`,
            environment: [{ name: 'DB_PASSWORD', value: 'hush' }],
            secrets: [
              { name: 'TOKEN', valueFrom: `${arnHere('secretsmanager', 'secret:web-Ab1')}:token::` },
              { name: 'FLAG', valueFrom: '/web/flag' },
            ],
          },
        ],
        volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
      },
      tags: [{ key: 'Application', value: 'shop' }],
    },
    place,
  );
  expect(resource).toMatchObject({ nativeId: 'web:7', tags: { Application: 'shop' } });
  expect(JSON.stringify(resource.raw)).toContain('DB_PASSWORD');
  expect(JSON.stringify(resource.raw)).not.toContain('hush');
  expect(edgeLines(relationships)).toEqual([
    `${account}:task-definition/web:7 -RUNS_AS-> ${account}:role/web`,
    `${account}:task-definition/web:7 -RUNS_AS-> ${account}:role/start`,
    `${account}:task-definition/web:7 -DERIVED_FROM-> ${account}:repository/web`,
    `${account}:task-definition/web:7 -REFERENCES-> ${account}:secret:web-Ab1`,
    `${account}:task-definition/web:7 -REFERENCES-> ${account}:parameter/web/flag`,
    `${account}:task-definition/web:7 -REFERENCES-> ${account}:file-system/fs-1`,
  ]);
});

test('a Kubernetes cluster says who may enter it and with which key its secrets are kept', () => {
  const { resource, relationships } = convertCluster(
    {
      cluster: {
        name: 'shop',
        arn: arnHere('eks', 'cluster/shop'),
        roleArn: `arn:aws:iam::${account}:role/eks`,
        endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
        resourcesVpcConfig: {
          vpcId: 'vpc-1',
          subnetIds: ['subnet-1'],
          securityGroupIds: ['sg-1'],
          clusterSecurityGroupId: 'sg-1',
          endpointPublicAccess: true,
        },
        encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: arnHere('kms', 'key/k-1') } }],
      },
      accessEntries: [{ principalArn: `arn:aws:iam::${account}:role/ops`, kubernetesGroups: ['admins'] }],
    },
    place,
  );
  expect(resource.public).toBe(true);
  expect(edgeLines(relationships)).toEqual([
    `${account}:cluster/shop -RUNS_AS-> ${account}:role/eks`,
    `${account}:cluster/shop -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:cluster/shop -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:cluster/shop -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:cluster/shop -ENCRYPTED_BY-> ${account}:key/k-1`,
    `${account}:cluster/shop -HAS_ADDRESS-> dns:abc.gr7.eu-west-1.eks.amazonaws.com`,
    `${account}:role/ops -CAN_ACCESS-> ${account}:cluster/shop`,
  ]);
});

test('a node group is part of its cluster, made from a template, and manages its scaling groups', () => {
  const scaling = arnHere('autoscaling', 'autoScalingGroup:u:autoScalingGroupName/eks-nodes');
  const { relationships } = convertNodegroup(
    {
      group: {
        nodegroupName: 'nodes',
        clusterName: 'shop',
        nodegroupArn: arnHere('eks', 'nodegroup/shop/nodes/u'),
        nodeRole: `arn:aws:iam::${account}:role/node`,
        subnets: ['subnet-1'],
        launchTemplate: { id: 'lt-1', version: '3' },
      },
      scalingGroups: [
        {
          AutoScalingGroupName: 'eks-nodes',
          AutoScalingGroupARN: scaling,
          MinSize: 1,
          MaxSize: 1,
          DesiredCapacity: 1,
          DefaultCooldown: 1,
          AvailabilityZones: [],
          HealthCheckType: 'EC2',
          CreatedTime: new Date(0),
        },
      ],
    },
    place,
  );
  expect(relationships.map(({ type, from, to }) => [type, from.split(':').at(-1), to.split(':').at(-1)])).toEqual([
    ['CONTAINS', 'cluster/shop', 'nodegroup/shop/nodes/u'],
    ['RUNS_AS', 'nodegroup/shop/nodes/u', 'role/node'],
    ['IN_NETWORK', 'nodegroup/shop/nodes/u', 'subnet/subnet-1'],
    ['DERIVED_FROM', 'nodegroup/shop/nodes/u', 'launch-template/lt-1'],
    ['MANAGED_BY', 'autoScalingGroupName/eks-nodes', 'nodegroup/shop/nodes/u'],
  ]);
  const profile = convertFargateProfile(
    { clusterName: 'shop', fargateProfileName: 'jobs', podExecutionRoleArn: `arn:aws:iam::${account}:role/pod` },
    place,
  );
  expect(edgeLines(profile.relationships)).toEqual([
    `${account}:cluster/shop -CONTAINS-> ${account}:fargateprofile/shop/jobs`,
    `${account}:fargateprofile/shop/jobs -RUNS_AS-> ${account}:role/pod`,
  ]);
});
