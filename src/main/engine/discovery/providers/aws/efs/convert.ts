import type { AccessPointDescription } from '@aws-sdk/client-efs';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, keyId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedFileSystem } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertFileSystem(detailed: DetailedFileSystem, place: AwsPlace): Converted {
  const { fileSystem, mountTargets, policy } = detailed;
  const nativeId = need(fileSystem.FileSystemId, 'FileSystemId');
  const id = fileSystem.FileSystemArn ?? fileSystemArn(place, nativeId, fileSystem.OwnerId);
  const edges = new EdgeList(id, 'DescribeFileSystems').to('ENCRYPTED_BY', {
    to: fileSystem.KmsKeyId && keyId(place, fileSystem.KmsKeyId),
    field: 'KmsKeyId',
  });
  for (const { target, securityGroups } of objectsIn(mountTargets, 'mountTargets')) {
    const properties = { mountTarget: target.MountTargetId ?? null, ip: target.IpAddress ?? null };
    edges.to('IN_NETWORK', {
      to: target.SubnetId && ec2Arn(place, `subnet/${target.SubnetId}`),
      field: 'DescribeMountTargets.SubnetId',
      properties,
    });
    edges.from('ATTACHED_TO', {
      from: target.NetworkInterfaceId && ec2Arn(place, `network-interface/${target.NetworkInterfaceId}`),
      field: 'DescribeMountTargets.NetworkInterfaceId',
    });
    for (const group of textsIn(securityGroups, 'SecurityGroups')) {
      edges.to('PROTECTED_BY', {
        to: ec2Arn(place, `security-group/${group}`),
        field: 'DescribeMountTargetSecurityGroups',
        properties,
      });
    }
  }
  const allowed = policyBody(policy);
  addGrants(edges, allowed, { place, field: 'DescribeFileSystemPolicy' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticfilesystem.file-system',
      id,
      nativeId,
      name: fileSystem.Name,
      tags: tagsOf(fileSystem.Tags),
      zone: fileSystem.AvailabilityZoneName,
      state: fileSystem.LifeCycleState,
      createdAt: fileSystem.CreationTime,
      raw: {
        ...jsonObjectBody(fileSystem),
        MountTargets: jsonBody(
          mountTargets?.map(({ target, securityGroups }) => ({ ...target, SecurityGroups: securityGroups })) ?? null,
        ),
        Policy: allowed,
      },
    }),
    relationships: edges.edges,
  };
}

export function convertAccessPoint(point: AccessPointDescription, place: AwsPlace): Converted {
  const nativeId = need(point.AccessPointId, 'AccessPointId');
  const id = point.AccessPointArn ?? arn(place, { service: 'elasticfilesystem', resource: `access-point/${nativeId}` });
  const edges = new EdgeList(id, 'DescribeAccessPoints').from('CONTAINS', {
    from: point.FileSystemId && fileSystemArn(place, point.FileSystemId, point.OwnerId),
    field: 'FileSystemId',
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticfilesystem.access-point',
      id,
      nativeId,
      name: point.Name,
      tags: tagsOf(point.Tags),
      state: point.LifeCycleState,
      raw: jsonObjectBody(point),
    }),
    relationships: edges.edges,
  };
}

function fileSystemArn(place: AwsPlace, id: string, owner: string | undefined): string {
  return arn(place, { service: 'elasticfilesystem', resource: `file-system/${id}`, owner: owner ?? place.accountId });
}
