import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn } from '../place.ts';

export function convertAutoScalingGroup(group: AutoScalingGroup, place: AwsPlace): Converted {
  const nativeId = need(group.AutoScalingGroupName, 'AutoScalingGroupName');
  const id = need(group.AutoScalingGroupARN, 'AutoScalingGroupARN');
  const edges = new EdgeList(id, 'DescribeAutoScalingGroups');
  for (const subnet of (group.VPCZoneIdentifier ?? '').split(',')) {
    if (subnet.trim() === '') continue;
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet.trim()}`), field: 'VPCZoneIdentifier' });
  }
  const template = group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
  if (template?.LaunchTemplateId) {
    edges.to('DERIVED_FROM', {
      to: ec2Arn(place, `launch-template/${template.LaunchTemplateId}`),
      field: 'LaunchTemplate',
      properties: { version: template.Version ?? null },
    });
  }
  for (const instance of group.Instances ?? []) {
    if (instance.InstanceId === undefined) continue;
    edges.from('MANAGED_BY', { from: ec2Arn(place, `instance/${instance.InstanceId}`), field: 'Instances' });
  }
  for (const targetGroup of group.TargetGroupARNs ?? []) {
    edges.from('TARGETS', { from: targetGroup, field: 'TargetGroupARNs' });
  }
  edges.to('RUNS_AS', { to: group.ServiceLinkedRoleARN, field: 'ServiceLinkedRoleARN' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.autoscaling.autoscalinggroup',
      id,
      nativeId,
      name: nativeId,
      tags: tagsOf(group.Tags),
      state: group.Status,
      createdAt: group.CreatedTime,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}
