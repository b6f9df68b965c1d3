import { type Converted, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import type { AwsPlace } from '../place.ts';
import type { DetailedKey } from './client.ts';

export function convertKey(key: DetailedKey, place: AwsPlace): Converted {
  const { metadata, aliases } = key;
  const alias = aliases[0]?.AliasName?.replace(/^alias\//u, '');
  return {
    resource: resourceFact(place, {
      kind: 'aws.kms.key',
      id: need(key.entry.KeyArn, 'KeyArn'),
      nativeId: need(key.entry.KeyId, 'KeyId'),
      name: alias ?? (metadata?.Description || undefined),
      tags: key.tags,
      state: metadata?.KeyState,
      createdAt: metadata?.CreationDate,
      raw: {
        ...(metadata === null ? jsonObjectBody(key.entry) : jsonObjectBody(metadata)),
        KeyRotationEnabled: key.rotation,
        Policy: policyBody(key.policy),
        Aliases: jsonBody(aliases),
      },
    }),
    relationships: [],
  };
}
