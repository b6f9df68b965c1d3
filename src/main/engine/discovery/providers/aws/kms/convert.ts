import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import type { AwsPlace } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedKey } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertKey(key: DetailedKey, place: AwsPlace): Converted {
  const { metadata, aliases } = key;
  const alias = aliases[0]?.AliasName?.replace(/^alias\//u, '');
  const id = need(key.entry.KeyArn, 'KeyArn');
  const edges = new EdgeList(id, 'ListKeys');
  const policy = policyBody(key.policy);
  addGrants(edges, policy, { place, field: 'GetKeyPolicy' });
  // Much is encrypted by an alias, and only this says which key that is.
  for (const { AliasArn } of metadata?.KeyManager === 'AWS' ? [] : objectsIn(aliases, 'Aliases')) {
    edges.from('REFERENCES', { from: AliasArn, field: 'ListAliases' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.kms.key',
      id,
      nativeId: need(key.entry.KeyId, 'KeyId'),
      name: alias ?? (metadata?.Description || undefined),
      tags: key.tags,
      state: metadata?.KeyState,
      createdAt: metadata?.CreationDate,
      raw: {
        ...(metadata === null ? jsonObjectBody(key.entry) : jsonObjectBody(metadata)),
        KeyRotationEnabled: key.rotation,
        Policy: policy,
        Aliases: jsonBody(aliases),
      },
    }),
    relationships: edges.edges,
  };
}
