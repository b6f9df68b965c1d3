import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import type { AwsPlace } from '../place.ts';
import { typedResourceId } from '../resource-type-ids.ts';
import type { DetailedStack } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

/** A stack; all that it made and that an id can be told of is managed by it, stacks inside of it included. */
export function convertStack({ stack, resources }: DetailedStack, place: AwsPlace): Converted {
  const id = need(stack.StackId, 'StackId');
  const edges = new EdgeList(id, 'DescribeStacks').to('RUNS_AS', { to: stack.RoleARN || undefined, field: 'RoleARN' });
  for (const topic of textsIn(stack.NotificationARNs, 'NotificationARNs')) {
    edges.to('TARGETS', { to: topic, field: 'NotificationARNs', properties: { as: 'notification' } });
  }
  for (const { LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus } of objectsIn(
    resources,
    'resources',
  )) {
    if (ResourceStatus === 'DELETE_COMPLETE') continue;
    edges.from('MANAGED_BY', {
      from: typedResourceId(ResourceType ?? '', PhysicalResourceId ?? '', place),
      field: 'ListStackResources',
      properties: { logicalId: LogicalResourceId ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.cloudformation.stack',
      id,
      nativeId: need(stack.StackName, 'StackName'),
      tags: tagsOf(stack.Tags),
      state: stack.StackStatus,
      createdAt: stack.CreationTime,
      raw: { ...jsonObjectBody(stack), Resources: jsonBody(resources) },
    }),
    relationships: edges.edges,
  };
}
