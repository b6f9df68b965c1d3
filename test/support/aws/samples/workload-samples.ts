import { convertTask } from '#engine/discovery/providers/aws/ecs/convert-task.ts';
import { convertService, convertTaskDefinition } from '#engine/discovery/providers/aws/ecs/convert.ts';
import { convertCluster, convertNodegroup } from '#engine/discovery/providers/aws/eks/convert.ts';
import { convertEventSource, convertFunction } from '#engine/discovery/providers/aws/lambda/convert.ts';
import { tags, role, key, lambda, policy, sample, type Sample } from './sample.ts';

/** Items of functions, containers and clusters, with the fields their converters read. */
export const workloadSamples: readonly Sample[] = [
  sample(convertFunction, {
    configuration: {
      FunctionArn: lambda,
      FunctionName: 'f',
      Role: role,
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' },
      Layers: [{ Arn: 'arn:a:b:c:d:layer:l:1' }],
      DeadLetterConfig: { TargetArn: 'arn:q' },
    },
    policy,
    image: null,
    tags,
  }),
  sample(convertEventSource, {
    UUID: 'u',
    EventSourceArn: 'arn:q',
    FunctionArn: lambda,
    DestinationConfig: { OnFailure: { Destination: 'arn:d' } },
  }),
  sample(convertService, {
    serviceArn: 'arn:s',
    serviceName: 's',
    clusterArn: 'arn:c',
    taskDefinition: 'arn:t',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
    loadBalancers: [{ targetGroupArn: 'arn:tg' }],
    serviceRegistries: [{ registryArn: 'arn:r' }],
    tags: [{ key: 'a', value: 'b' }],
  }),
  sample(convertTaskDefinition, {
    definition: {
      taskDefinitionArn: 'arn:t/1',
      taskRoleArn: role,
      containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'S', valueFrom: 'p' }] }],
      volumes: [{ efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
    },
    tags: [],
  }),
  sample(convertTask, {
    taskArn: 'arn:t/1',
    clusterArn: 'arn:cluster/c',
    group: 'service:s',
    attachments: [{ details: [{ name: 'subnetId', value: 'subnet-1' }] }],
    tags: [],
  }),
  sample(convertCluster, {
    cluster: {
      name: 'k',
      arn: 'arn:k',
      roleArn: role,
      resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
      encryptionConfig: [{ provider: { keyArn: key } }],
      endpoint: 'https://k.example',
      tags,
    },
    accessEntries: [{ principalArn: role, kubernetesGroups: ['g'] }],
  }),
  sample(convertNodegroup, {
    group: {
      nodegroupName: 'n',
      clusterName: 'k',
      nodeRole: role,
      subnets: ['subnet-1'],
      launchTemplate: { id: 'lt-1', version: '1' },
      resources: { remoteAccessSecurityGroup: 'sg-1' },
      tags,
    },
    scalingGroups: [{ AutoScalingGroupARN: 'arn:asg' }],
  }),
];
