import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn } from '../place.ts';
import type { DetailedGroup } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertAutoScalingGroup(detailed: DetailedGroup, place: AwsPlace): Converted {
  const { group, launchConfigurationArn } = detailed;
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
  edges.to('DERIVED_FROM', { to: launchConfigurationArn, field: 'LaunchConfigurationName' });
  for (const instance of objectsIn(group.Instances, 'Instances')) {
    if (instance.InstanceId === undefined) continue;
    edges.from('MANAGED_BY', { from: ec2Arn(place, `instance/${instance.InstanceId}`), field: 'Instances' });
  }
  for (const targetGroup of textsIn(group.TargetGroupARNs, 'TargetGroupARNs')) {
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

/** The older way to say what machines a group makes. */
export function convertLaunchConfiguration(configuration: LaunchConfiguration, place: AwsPlace): Converted {
  const nativeId = need(configuration.LaunchConfigurationName, 'LaunchConfigurationName');
  const id = need(configuration.LaunchConfigurationARN, 'LaunchConfigurationARN');
  const edges = new EdgeList(id, 'DescribeLaunchConfigurations');
  const { IamInstanceProfile: profile, ImageId: image, KeyName: key } = configuration;
  edges.to('DERIVED_FROM', { to: image && ec2Arn(place, `image/${image}`, ''), field: 'ImageId' });
  for (const group of textsIn(configuration.SecurityGroups, 'SecurityGroups')) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'SecurityGroups' });
  }
  const named =
    profile && arn({ ...place, region: 'global' }, { service: 'iam', resource: `instance-profile/${profile}` });
  edges.to('RUNS_AS', { to: profile?.startsWith('arn:') === true ? profile : named, field: 'IamInstanceProfile' });
  edges.to('REFERENCES', { to: key && ec2Arn(place, `key-pair/${key}`), field: 'KeyName' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.autoscaling.launchconfiguration',
      id,
      nativeId,
      name: nativeId,
      tags: {},
      createdAt: configuration.CreatedTime,
      raw: jsonObjectBody(configuration),
    }),
    relationships: edges.edges,
  };
}
