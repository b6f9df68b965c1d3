import { GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

export interface DetailedQueue {
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>> | null;
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listQueues(context: AwsContext): AsyncGenerator<ItemPage<DetailedQueue>> {
  const sqs = clientOf(context, SQSClient);
  const details = new DetailReader(context);
  const gone = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];
  const pages = pagesOf(context.caller, {
    permission: 'sqs:ListQueues',
    send: (NextToken, options) => sqs.send(new ListQueuesCommand({ MaxResults: 1000, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { QueueUrls } of pages) {
    // SQS alone leaves the list out when it is empty.
    yield* details.inParts(QueueUrls ?? [], async (url) => {
      const attributes = await details.read({
        permission: 'sqs:GetQueueAttributes',
        gone,
        send: (options) => sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }), options),
      });
      const tags = await details.read({
        permission: 'sqs:ListQueueTags',
        gone,
        send: (options) => sqs.send(new ListQueueTagsCommand({ QueueUrl: url }), options),
      });
      return { url, attributes: attributes?.Attributes ?? null, tags: tags?.Tags ?? {} };
    });
  }
}
