import type { JsonObject } from '#shared/base/json.ts';
import { type Converted, EdgeList, resourceFact } from '../facts.ts';
import { hostId } from '../../../address-ids.ts';
import { deadLetterQueue } from '../dead-letter.ts';
import { jsonBody, jsonObjectBody, policyBody, removed } from '../json-body.ts';
import { type AwsPlace, keyId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedTopic } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertTopic({ arn: id, attributes, subscriptions, tags }: DetailedTopic, place: AwsPlace): Converted {
  const edges = new EdgeList(id, 'ListTopics');
  const key = attributes?.['KmsMasterKeyId'];
  if (key) edges.to('ENCRYPTED_BY', { to: keyId(place, key), field: 'GetTopicAttributes.KmsMasterKeyId' });
  for (const { subscription, attributes: settings } of objectsIn(subscriptions, 'Subscriptions')) {
    edges
      .to('TARGETS', {
        to: subscriberOf(subscription.Endpoint),
        field: 'ListSubscriptionsByTopic.Endpoint',
        properties: { protocol: subscription.Protocol ?? null, subscription: subscription.SubscriptionArn ?? null },
      })
      .to('TARGETS', {
        to: deadLetterQueue(settings?.['RedrivePolicy']),
        field: 'GetSubscriptionAttributes.RedrivePolicy',
        properties: { as: 'dead-letter', subscription: subscription.SubscriptionArn ?? null },
      })
      .to('RUNS_AS', {
        to: settings?.['SubscriptionRoleArn'] || undefined,
        field: 'GetSubscriptionAttributes.SubscriptionRoleArn',
      });
  }
  addGrants(edges, policyBody(attributes?.['Policy']), { place, field: 'GetTopicAttributes.Policy' });
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

/** A queue, a function, a stream, or the host of a web address; people with mail and telephones are no resources. */
function subscriberOf(endpoint: string | undefined): string | undefined {
  if (endpoint?.startsWith('arn:') === true) return endpoint;
  return endpoint?.startsWith('http') === true ? hostId(endpoint) : undefined;
}

/** An HTTP endpoint may carry a user and password in its address. */
function withoutPassword(body: JsonObject): JsonObject {
  const { Endpoint: endpoint } = body;
  if (typeof endpoint !== 'string') return body;
  return { ...body, Endpoint: endpoint.replace(/^(https?:\/\/)[^/@]+@/u, `$1${removed}@`) };
}
