import { deadLetterQueue } from '../dead-letter.ts';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, policyBody } from '../json-body.ts';
import { arn, type AwsPlace, keyId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { DetailedQueue } from './client.ts';

export function convertQueue({ url, attributes, tags }: DetailedQueue, place: AwsPlace): Converted {
  const name = need(url.split('/').at(-1), 'QueueUrl');
  const id = attributes?.['QueueArn'] ?? arn(place, { service: 'sqs', resource: name });
  const edges = new EdgeList(id, 'GetQueueAttributes');
  const key = attributes?.['KmsMasterKeyId'];
  if (key) edges.to('ENCRYPTED_BY', { to: keyId(place, key), field: 'KmsMasterKeyId' });
  edges.to('TARGETS', {
    to: deadLetterQueue(attributes?.['RedrivePolicy']),
    field: 'RedrivePolicy',
    properties: { as: 'dead-letter' },
  });
  const policy = policyBody(attributes?.['Policy']);
  addGrants(edges, policy, { place, field: 'Policy' });
  const created = Number(attributes?.['CreatedTimestamp']);
  return {
    resource: resourceFact(place, {
      kind: 'aws.sqs.queue',
      id,
      nativeId: name,
      tags,
      createdAt: Number.isFinite(created) ? new Date(created * 1000) : undefined,
      raw: { QueueUrl: url, QueueName: name, Attributes: jsonBody(attributes) },
    }),
    relationships: edges.edges,
  };
}
