import type { Volume } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { addressId, arn, type AwsPlace, ec2Arn, keyId } from '../place.ts';
import type { ReservedInstance, VersionedTemplate } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertInstance(reserved: ReservedInstance, place: AwsPlace): Converted {
  const { instance, ownerId: owner } = reserved;
  const nativeId = need(instance.InstanceId, 'InstanceId');
  const id = ec2Arn(place, `instance/${nativeId}`, owner);
  const tags = tagsOf(instance.Tags);
  const edges = new EdgeList(id, 'DescribeInstances');
  if (instance.SubnetId) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${instance.SubnetId}`, owner), field: 'SubnetId' });
  }
  if (instance.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${instance.VpcId}`, owner), field: 'VpcId' });
  for (const { GroupId } of objectsIn(instance.SecurityGroups, 'SecurityGroups')) {
    if (GroupId === undefined) continue;
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${GroupId}`, owner), field: 'SecurityGroups' });
  }
  edges.to('RUNS_AS', { to: instance.IamInstanceProfile?.Arn, field: 'IamInstanceProfile.Arn' });
  // Images may be AWS's own or shared and no account lists them all, so their ARN names no owner.
  if (instance.ImageId)
    edges.to('DERIVED_FROM', { to: ec2Arn(place, `image/${instance.ImageId}`, ''), field: 'ImageId' });
  const template = tags['aws:ec2launchtemplate:id'];
  if (template !== undefined) {
    edges.to('DERIVED_FROM', { to: ec2Arn(place, `launch-template/${template}`, owner), field: 'Tags' });
  }
  const cluster = clusterOf(tags);
  if (cluster !== undefined) {
    edges.to('MANAGED_BY', { to: arn(place, { service: 'eks', resource: `cluster/${cluster}` }), field: 'Tags' });
  }
  if (instance.KeyName) {
    edges.to('REFERENCES', { to: ec2Arn(place, `key-pair/${instance.KeyName}`, owner), field: 'KeyName' });
  }
  if (instance.PublicIpAddress) {
    edges.to('HAS_ADDRESS', { to: addressId(instance.PublicIpAddress), field: 'PublicIpAddress' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.instance',
      id,
      nativeId,
      tags,
      zone: instance.Placement?.AvailabilityZone,
      state: instance.State?.Name,
      createdAt: instance.LaunchTime,
      public: Boolean(instance.PublicIpAddress),
      ip: instance.PublicIpAddress || instance.PrivateIpAddress,
      raw: {
        ...jsonObjectBody(instance),
        OwnerId: reserved.ownerId ?? null,
        ReservationId: reserved.reservationId ?? null,
      },
    }),
    relationships: edges.edges,
  };
}

/** The Kubernetes cluster a machine is a node of: EKS says so in one tag, other ways of making nodes in another. */
function clusterOf(tags: Readonly<Record<string, string>>): string | undefined {
  const named = tags['aws:eks:cluster-name'] ?? tags['eks:cluster-name'];
  if (named !== undefined) return named;
  const owned = Object.entries(tags).find(([key, value]) => key.startsWith(clusterTag) && value === 'owned');
  return owned?.[0].slice(clusterTag.length);
}

const clusterTag = 'kubernetes.io/cluster/';

export function convertVolume(volume: Volume, place: AwsPlace): Converted {
  const nativeId = need(volume.VolumeId, 'VolumeId');
  const id = ec2Arn(place, `volume/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeVolumes');
  for (const { InstanceId, Device } of objectsIn(volume.Attachments, 'Attachments')) {
    if (InstanceId === undefined) continue;
    edges.to('ATTACHED_TO', {
      to: ec2Arn(place, `instance/${InstanceId}`),
      field: 'Attachments',
      properties: { device: Device ?? null },
    });
  }
  if (volume.KmsKeyId) edges.to('ENCRYPTED_BY', { to: keyId(place, volume.KmsKeyId), field: 'KmsKeyId' });
  // As images, snapshots may belong to somebody else; their ARN names no owner.
  if (volume.SnapshotId) {
    edges.to('DERIVED_FROM', { to: ec2Arn(place, `snapshot/${volume.SnapshotId}`, ''), field: 'SnapshotId' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.volume',
      id,
      nativeId,
      tags: tagsOf(volume.Tags),
      zone: volume.AvailabilityZone,
      state: volume.State,
      createdAt: volume.CreateTime,
      raw: jsonObjectBody(volume),
    }),
    relationships: edges.edges,
  };
}

/**
 * A parameter that holds the id of an image, as `NAME`, `NAME:VERSION` or ARN. Undefined for AWS's own (`/aws/service/…`),
 * which stand for whichever image is the newest.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html
 */
function parameterId(place: AwsPlace, written: string): string | undefined {
  if (written.startsWith('arn:')) return written.split(':').slice(0, 6).join(':');
  const name = written.replace(/:[^:/]+$/u, '');
  return name.startsWith('/aws/')
    ? undefined
    : arn(place, { service: 'ssm', resource: `parameter/${name.replace(/^\//u, '')}` });
}

export function convertLaunchTemplate({ template, latest }: VersionedTemplate, place: AwsPlace): Converted {
  const nativeId = need(template.LaunchTemplateId, 'LaunchTemplateId');
  const id = ec2Arn(place, `launch-template/${nativeId}`);
  const data = latest?.LaunchTemplateData;
  const edges = new EdgeList(id, 'DescribeLaunchTemplateVersions');
  const groups = [
    ...textsIn(data?.SecurityGroupIds, 'SecurityGroupIds'),
    ...objectsIn(data?.NetworkInterfaces, 'NetworkInterfaces').flatMap(({ Groups }) => textsIn(Groups, 'Groups')),
  ];
  for (const group of new Set(groups)) {
    edges.to('PROTECTED_BY', {
      to: ec2Arn(place, `security-group/${group}`),
      field: 'LaunchTemplateData.SecurityGroupIds',
    });
  }
  if (data?.ImageId) {
    const parameter = /^resolve:ssm:(.+)$/u.exec(data.ImageId)?.[1];
    if (parameter === undefined) {
      edges.to('DERIVED_FROM', { to: ec2Arn(place, `image/${data.ImageId}`, ''), field: 'LaunchTemplateData.ImageId' });
    } else edges.to('REFERENCES', { to: parameterId(place, parameter), field: 'LaunchTemplateData.ImageId' });
  }
  edges.to('RUNS_AS', { to: data?.IamInstanceProfile?.Arn, field: 'LaunchTemplateData.IamInstanceProfile.Arn' });
  for (const { SubnetId } of objectsIn(data?.NetworkInterfaces, 'NetworkInterfaces')) {
    edges.to('IN_NETWORK', {
      to: SubnetId && ec2Arn(place, `subnet/${SubnetId}`),
      field: 'LaunchTemplateData.NetworkInterfaces',
    });
  }
  for (const { Ebs } of objectsIn(data?.BlockDeviceMappings, 'BlockDeviceMappings')) {
    edges.to('ENCRYPTED_BY', {
      to: Ebs?.KmsKeyId && keyId(place, Ebs.KmsKeyId),
      field: 'LaunchTemplateData.BlockDeviceMappings',
    });
  }
  edges.to('REFERENCES', {
    to: data?.KeyName && ec2Arn(place, `key-pair/${data.KeyName}`),
    field: 'LaunchTemplateData.KeyName',
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.launch-template',
      id,
      nativeId,
      name: template.LaunchTemplateName,
      tags: tagsOf(template.Tags),
      createdAt: template.CreateTime,
      raw: { ...jsonObjectBody(template), LatestVersion: jsonBody(latest) },
    }),
    relationships: edges.edges,
  };
}
