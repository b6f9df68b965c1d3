import type { JsonObject } from '#shared/base/json.ts';
import { type Converted, EdgeList, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody, removed } from '../json-body.ts';
import { type AwsPlace, keyId } from '../place.ts';
import type { DetailedTopic } from './client.ts';

export function convertTopic({ arn: id, attributes, subscriptions, tags }: DetailedTopic, place: AwsPlace): Converted {
  const edges = new EdgeList(id, 'ListTopics');
  const key = attributes?.['KmsMasterKeyId'];
  if (key) edges.to('ENCRYPTED_BY', { to: keyId(place, key), field: 'GetTopicAttributes.KmsMasterKeyId' });
  for (const { subscription } of subscriptions) {
    if (subscription.Endpoint?.startsWith('arn:') !== true) continue;
    edges.to('TARGETS', {
      to: subscription.Endpoint,
      field: 'ListSubscriptionsByTopic.Endpoint',
      properties: { protocol: subscription.Protocol ?? null, subscription: subscription.SubscriptionArn ?? null },
    });
  }
  const name = id.split(':').at(-1) ?? id;
  return {
    resource: resourceFact(place, {
      kind: 'aws.sns.topic',
      id,
      nativeId: name,
      tags,
      raw: {
        TopicArn: id,
        Attributes: jsonBody(attributes),
        Subscriptions: subscriptions.map((detailed) => ({
          ...withoutPassword(jsonObjectBody(detailed.subscription)),
          Attributes: detailed.attributes === null ? null : withoutPassword(jsonObjectBody(detailed.attributes)),
        })),
      },
    }),
    relationships: edges.edges,
  };
}

/** An HTTP endpoint may carry a user and password in its address. */
function withoutPassword(body: JsonObject): JsonObject {
  const { Endpoint: endpoint } = body;
  if (typeof endpoint !== 'string') return body;
  return { ...body, Endpoint: endpoint.replace(/^(https?:\/\/)[^/@]+@/u, `$1${removed}@`) };
}
