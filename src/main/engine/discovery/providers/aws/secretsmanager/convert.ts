import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, keyId } from '../place.ts';

export function convertSecret(secret: SecretListEntry, place: AwsPlace): Converted {
  const id = need(secret.ARN, 'ARN');
  const edges = new EdgeList(id, 'ListSecrets')
    .to('ENCRYPTED_BY', { to: secret.KmsKeyId && keyId(place, secret.KmsKeyId), field: 'KmsKeyId' })
    .to('TARGETS', {
      to: secret.RotationLambdaARN || undefined,
      field: 'RotationLambdaARN',
      properties: { as: 'rotation' },
    });
  if (secret.PrimaryRegion !== undefined && secret.PrimaryRegion !== place.region) {
    const primary = id.split(':').with(3, secret.PrimaryRegion).join(':');
    edges.to('DERIVED_FROM', { to: primary, field: 'PrimaryRegion' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.secretsmanager.secret',
      id,
      nativeId: need(secret.Name, 'Name'),
      tags: tagsOf(secret.Tags),
      state: secret.DeletedDate === undefined ? undefined : 'pending deletion',
      createdAt: secret.CreatedDate,
      raw: jsonObjectBody(secret),
    }),
    relationships: edges.edges,
  };
}
