import type { Task } from '@aws-sdk/client-ecs';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn } from '../place.ts';
import { lowerCaseTags } from './convert.ts';
import { objectsIn } from '../lists.ts';

/** A task that runs: by a service or on its own, with an interface in the network where it has one. */
export function convertTask(task: Task, place: AwsPlace): Converted {
  const id = need(task.taskArn, 'taskArn');
  const edges = new EdgeList(id, 'DescribeTasks')
    .to('MANAGED_BY', { to: serviceOf(task), field: 'group' })
    .to('DERIVED_FROM', { to: task.taskDefinitionArn, field: 'taskDefinitionArn' })
    .to('ATTACHED_TO', { to: task.containerInstanceArn || undefined, field: 'containerInstanceArn' });
  // What a service runs is part of the cluster by its service.
  if (serviceOf(task) === undefined) edges.from('CONTAINS', { from: task.clusterArn, field: 'clusterArn' });
  for (const { details } of objectsIn(task.attachments, 'attachments')) {
    for (const { name, value } of objectsIn(details, 'details')) {
      if (name === 'subnetId')
        edges.to('IN_NETWORK', { to: value && ec2Arn(place, `subnet/${value}`), field: 'attachments' });
      if (name === 'networkInterfaceId') {
        edges.from('ATTACHED_TO', { from: value && ec2Arn(place, `network-interface/${value}`), field: 'attachments' });
      }
    }
  }
  const nativeId = id.split('/').at(-1) ?? id;
  return {
    resource: resourceFact(place, {
      kind: 'aws.ecs.task',
      id,
      nativeId,
      name: task.group === undefined ? undefined : `${task.group.replace(/^[a-z]+:/u, '')} ${nativeId.slice(0, 8)}`,
      tags: lowerCaseTags(task.tags),
      zone: task.availabilityZone,
      state: task.lastStatus,
      createdAt: task.createdAt,
      raw: jsonObjectBody(task),
    }),
    relationships: edges.edges,
  };
}

/** `service:web` in the cluster `arn:…:cluster/shop` is `arn:…:service/shop/web`. */
function serviceOf({ group, clusterArn }: Task): string | undefined {
  const service = /^service:(.+)$/u.exec(group ?? '')?.[1];
  return service === undefined ? undefined : clusterArn?.replace(/:cluster\/(.+)$/u, `:service/$1/${service}`);
}
