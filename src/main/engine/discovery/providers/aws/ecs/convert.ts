import type { Cluster, LoadBalancer, Service, Tag } from '@aws-sdk/client-ecs';
import { repositoryOf } from '../container-image.ts';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn } from '../place.ts';
import type { TaggedTaskDefinition } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertCluster(cluster: Cluster, place: AwsPlace): Converted {
  const id = need(cluster.clusterArn, 'clusterArn');
  return {
    resource: resourceFact(place, {
      kind: 'aws.ecs.cluster',
      id,
      nativeId: need(cluster.clusterName, 'clusterName'),
      tags: lowerCaseTags(cluster.tags),
      state: cluster.status,
      raw: jsonObjectBody(cluster),
    }),
    relationships: [],
  };
}

export function convertService(service: Service, place: AwsPlace): Converted {
  const id = need(service.serviceArn, 'serviceArn');
  const edges = new EdgeList(id, 'DescribeServices')
    .from('CONTAINS', { from: service.clusterArn, field: 'clusterArn' })
    .to('DERIVED_FROM', { to: service.taskDefinition, field: 'taskDefinition' })
    .to('RUNS_AS', { to: roleArn(place, service.roleArn), field: 'roleArn' });
  const network = service.networkConfiguration?.awsvpcConfiguration;
  for (const subnet of textsIn(network?.subnets, 'subnets')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'networkConfiguration.subnets' });
  }
  for (const group of textsIn(network?.securityGroups, 'securityGroups')) {
    edges.to('PROTECTED_BY', {
      to: ec2Arn(place, `security-group/${group}`),
      field: 'networkConfiguration.securityGroups',
    });
  }
  for (const balancer of objectsIn(service.loadBalancers, 'loadBalancers')) {
    edges.from('TARGETS', {
      from: balancerArn(place, balancer),
      field: 'loadBalancers',
      properties: { container: balancer.containerName ?? null, port: balancer.containerPort ?? null },
    });
  }
  for (const { registryArn } of objectsIn(service.serviceRegistries, 'serviceRegistries')) {
    edges.to('REFERENCES', { to: registryArn, field: 'serviceRegistries' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ecs.service',
      id,
      nativeId: need(service.serviceName, 'serviceName'),
      tags: lowerCaseTags(service.tags),
      state: service.status,
      createdAt: service.createdAt,
      raw: steadyService(service),
    }),
    relationships: edges.edges,
  };
}

/** What a service is set to; what happens to it from minute to minute is no part of its body. */
function steadyService(service: Service): ReturnType<typeof jsonObjectBody> {
  const { events: _events, deployments: _deployments, taskSets: _taskSets, ...lasting } = service;
  return jsonObjectBody(lasting);
}

export function convertTaskDefinition({ definition, tags }: TaggedTaskDefinition, place: AwsPlace): Converted {
  const id = need(definition.taskDefinitionArn, 'taskDefinitionArn');
  const edges = new EdgeList(id, 'DescribeTaskDefinition')
    .to('RUNS_AS', { to: roleArn(place, definition.taskRoleArn), field: 'taskRoleArn', properties: { as: 'task' } })
    .to('RUNS_AS', {
      to: roleArn(place, definition.executionRoleArn),
      field: 'executionRoleArn',
      properties: { as: 'execution' },
    });
  for (const container of objectsIn(definition.containerDefinitions, 'containerDefinitions')) {
    const properties = { container: container.name ?? null };
    edges.to('DERIVED_FROM', {
      to: repositoryOf(place, container.image),
      field: 'containerDefinitions.image',
      properties: { ...properties, image: container.image ?? null },
    });
    for (const { name, valueFrom } of objectsIn(container.secrets, 'secrets')) {
      edges.to('REFERENCES', {
        to: secretArn(place, valueFrom),
        field: 'containerDefinitions.secrets',
        properties: { ...properties, variable: name ?? null },
      });
    }
  }
  for (const { efsVolumeConfiguration: volume } of objectsIn(definition.volumes, 'volumes')) {
    edges.to('REFERENCES', {
      to:
        volume?.fileSystemId &&
        arn(place, { service: 'elasticfilesystem', resource: `file-system/${volume.fileSystemId}` }),
      field: 'volumes.efsVolumeConfiguration',
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ecs.task-definition',
      id,
      nativeId: id.split('/').at(-1) ?? id,
      tags: lowerCaseTags(tags),
      state: definition.status,
      createdAt: definition.registeredAt,
      raw: jsonObjectBody(definition),
    }),
    relationships: edges.edges,
  };
}

function balancerArn(place: AwsPlace, balancer: LoadBalancer): string | undefined {
  if (balancer.targetGroupArn) return balancer.targetGroupArn;
  const name = balancer.loadBalancerName;
  return name && arn(place, { service: 'elasticloadbalancing', resource: `loadbalancer/${name}` });
}

/** A role may be given by its name. */
function roleArn(place: AwsPlace, role: string | undefined): string | undefined {
  if (!role || role.startsWith('arn:')) return role || undefined;
  return arn({ ...place, region: 'global' }, { service: 'iam', resource: `role/${role}` });
}

/**
 * What a variable takes its value from: `arn:…:secret:NAME-x:KEY:STAGE:VERSION` is a part of a secret, a bare name a
 * parameter.
 */
function secretArn(place: AwsPlace, source: string | undefined): string | undefined {
  if (!source) return undefined;
  if (!source.startsWith('arn:'))
    return arn(place, { service: 'ssm', resource: `parameter/${source.replace(/^\//u, '')}` });
  return source.split(':').slice(0, 7).join(':');
}

export function lowerCaseTags(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries(
    objectsIn(tags, 'tags').flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? '']])),
  );
}
