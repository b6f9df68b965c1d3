import { z } from 'zod';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody } from '../json-body.ts';
import { arn, type AwsPlace, keyId } from '../place.ts';
import type { DetailedQueue } from './client.ts';

const redrivePolicy = z.object({ deadLetterTargetArn: z.string() });

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

function deadLetterQueue(policy: string | undefined): string | undefined {
  if (policy === undefined || policy === '') return undefined;
  try {
    return redrivePolicy.safeParse(JSON.parse(policy)).data?.deadLetterTargetArn;
  } catch {
    // A policy that is no JSON names no queue; it stays readable in the body.
    return undefined;
  }
}
