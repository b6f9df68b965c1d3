import type { Image, KeyPairInfo, Snapshot } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, keyId } from '../place.ts';
import { objectsIn } from '../lists.ts';

/** What stands for the volume of a snapshot that was copied or imported. */
const noVolume = 'vol-ffffffff';

export function convertSnapshot(snapshot: Snapshot, place: AwsPlace): Converted {
  const nativeId = need(snapshot.SnapshotId, 'SnapshotId');
  const id = ec2Arn(place, `snapshot/${nativeId}`, '');
  const edges = new EdgeList(id, 'DescribeSnapshots');
  const { VolumeId: volume, KmsKeyId: key } = snapshot;
  if (volume && volume !== noVolume)
    edges.to('DERIVED_FROM', { to: ec2Arn(place, `volume/${volume}`), field: 'VolumeId' });
  edges.to('ENCRYPTED_BY', { to: key && keyId(place, key), field: 'KmsKeyId' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.snapshot',
      id,
      nativeId,
      name: snapshot.Description || undefined,
      tags: tagsOf(snapshot.Tags),
      state: snapshot.State,
      createdAt: snapshot.StartTime,
      raw: jsonObjectBody(snapshot),
    }),
    relationships: edges.edges,
  };
}

export function convertImage(image: Image, place: AwsPlace): Converted {
  const nativeId = need(image.ImageId, 'ImageId');
  const id = ec2Arn(place, `image/${nativeId}`, '');
  const edges = new EdgeList(id, 'DescribeImages');
  for (const { Ebs } of objectsIn(image.BlockDeviceMappings, 'BlockDeviceMappings')) {
    edges.to('DERIVED_FROM', {
      to: Ebs?.SnapshotId && ec2Arn(place, `snapshot/${Ebs.SnapshotId}`, ''),
      field: 'BlockDeviceMappings',
    });
  }
  const created = image.CreationDate === undefined ? undefined : new Date(image.CreationDate);
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.image',
      id,
      nativeId,
      name: image.Name,
      tags: tagsOf(image.Tags),
      state: image.State,
      createdAt: created === undefined || Number.isNaN(created.getTime()) ? undefined : created,
      public: image.Public,
      raw: jsonObjectBody(image),
    }),
    relationships: edges.edges,
  };
}

/** A key pair by its name: that is how instances and templates name it. */
export function convertKeyPair(pair: KeyPairInfo, place: AwsPlace): Converted {
  const nativeId = need(pair.KeyName, 'KeyName');
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.key-pair',
      id: ec2Arn(place, `key-pair/${nativeId}`),
      nativeId,
      tags: tagsOf(pair.Tags),
      createdAt: pair.CreateTime,
      raw: jsonObjectBody(pair),
    }),
    relationships: [],
  };
}
