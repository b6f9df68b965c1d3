import type { FargateProfile } from '@aws-sdk/client-eks';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, keyId, nameId } from '../place.ts';
import type { DetailedCluster, DetailedNodegroup } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertCluster({ cluster, accessEntries }: DetailedCluster, place: AwsPlace): Converted {
  const nativeId = need(cluster.name, 'name');
  const id = cluster.arn ?? clusterArn(place, nativeId);
  const edges = new EdgeList(id, 'DescribeCluster').to('RUNS_AS', { to: cluster.roleArn, field: 'roleArn' });
  const network = cluster.resourcesVpcConfig;
  edges.to('IN_NETWORK', {
    to: network?.vpcId && ec2Arn(place, `vpc/${network.vpcId}`),
    field: 'resourcesVpcConfig.vpcId',
  });
  for (const subnet of textsIn(network?.subnetIds, 'subnetIds')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'resourcesVpcConfig.subnetIds' });
  }
  for (const group of new Set([
    ...textsIn(network?.securityGroupIds, 'securityGroupIds'),
    network?.clusterSecurityGroupId,
  ])) {
    edges.to('PROTECTED_BY', {
      to: group && ec2Arn(place, `security-group/${group}`),
      field: 'resourcesVpcConfig.securityGroupIds',
    });
  }
  for (const { provider } of objectsIn(cluster.encryptionConfig, 'encryptionConfig')) {
    edges.to('ENCRYPTED_BY', { to: provider?.keyArn && keyId(place, provider.keyArn), field: 'encryptionConfig' });
  }
  const host = cluster.endpoint?.replace(/^https:\/\//u, '');
  edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'endpoint' });
  for (const { principalArn, kubernetesGroups } of objectsIn(accessEntries, 'accessEntries')) {
    edges.from('CAN_ACCESS', {
      from: principalArn,
      field: 'ListAccessEntries',
      properties: { groups: [...textsIn(kubernetesGroups, 'kubernetesGroups')] },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.eks.cluster',
      id,
      nativeId,
      tags: cluster.tags ?? {},
      state: cluster.status,
      createdAt: cluster.createdAt,
      public: network?.endpointPublicAccess,
      raw: { ...jsonObjectBody(cluster), AccessEntries: jsonBody(accessEntries) },
    }),
    relationships: edges.edges,
  };
}

export function convertNodegroup({ group, scalingGroups }: DetailedNodegroup, place: AwsPlace): Converted {
  const nativeId = need(group.nodegroupName, 'nodegroupName');
  const cluster = need(group.clusterName, 'clusterName');
  const id = group.nodegroupArn ?? arn(place, { service: 'eks', resource: `nodegroup/${cluster}/${nativeId}` });
  const edges = new EdgeList(id, 'DescribeNodegroup')
    .from('CONTAINS', { from: clusterArn(place, cluster), field: 'clusterName' })
    .to('RUNS_AS', { to: group.nodeRole, field: 'nodeRole' });
  for (const subnet of textsIn(group.subnets, 'subnets')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'subnets' });
  }
  const template = group.launchTemplate;
  edges.to('DERIVED_FROM', {
    to: template?.id && ec2Arn(place, `launch-template/${template.id}`),
    field: 'launchTemplate',
    properties: { version: template?.version ?? null },
  });
  for (const { AutoScalingGroupARN } of objectsIn(scalingGroups, 'autoScalingGroups')) {
    edges.from('MANAGED_BY', { from: AutoScalingGroupARN, field: 'resources.autoScalingGroups' });
  }
  const remote = group.resources?.remoteAccessSecurityGroup;
  edges.to('PROTECTED_BY', {
    to: remote && ec2Arn(place, `security-group/${remote}`),
    field: 'resources.remoteAccessSecurityGroup',
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.eks.nodegroup',
      id,
      nativeId,
      tags: group.tags ?? {},
      state: group.status,
      createdAt: group.createdAt,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}

export function convertFargateProfile(profile: FargateProfile, place: AwsPlace): Converted {
  const nativeId = need(profile.fargateProfileName, 'fargateProfileName');
  const cluster = need(profile.clusterName, 'clusterName');
  const id =
    profile.fargateProfileArn ?? arn(place, { service: 'eks', resource: `fargateprofile/${cluster}/${nativeId}` });
  const edges = new EdgeList(id, 'DescribeFargateProfile')
    .from('CONTAINS', { from: clusterArn(place, cluster), field: 'clusterName' })
    .to('RUNS_AS', { to: profile.podExecutionRoleArn, field: 'podExecutionRoleArn' });
  for (const subnet of textsIn(profile.subnets, 'subnets')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'subnets' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.eks.fargateprofile',
      id,
      nativeId,
      tags: profile.tags ?? {},
      state: profile.status,
      createdAt: profile.createdAt,
      raw: jsonObjectBody(profile),
    }),
    relationships: edges.edges,
  };
}

function clusterArn(place: AwsPlace, name: string): string {
  return arn(place, { service: 'eks', resource: `cluster/${name}` });
}
