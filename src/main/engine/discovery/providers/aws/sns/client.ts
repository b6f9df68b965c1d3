import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

type Attributes = Readonly<Record<string, string>>;

export interface DetailedTopic {
  readonly arn: string;
  readonly attributes: Attributes | null;
  readonly subscriptions: readonly { readonly subscription: Subscription; readonly attributes: Attributes | null }[];
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listTopics(context: AwsContext): AsyncGenerator<ItemPage<DetailedTopic>> {
  const sns = clientOf(context, SNSClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'sns:ListTopics',
    send: (NextToken, options) => sns.send(new ListTopicsCommand({ NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { Topics } of pages) {
    const topics = listed(Topics, 'Topics').flatMap(({ TopicArn }) => (TopicArn === undefined ? [] : [TopicArn]));
    yield* details.inParts(topics, (topic) => detailsOf(context, { details, topic }));
  }
}

async function detailsOf(
  context: AwsContext,
  what: { readonly details: DetailReader; readonly topic: string },
): Promise<DetailedTopic> {
  const sns = clientOf(context, SNSClient);
  const { details, topic: TopicArn } = what;
  const gone = ['NotFound', 'NotFoundException', 'ResourceNotFound', 'ResourceNotFoundException'];
  const attributes = await details.read({
    permission: 'sns:GetTopicAttributes',
    gone,
    send: (options) => sns.send(new GetTopicAttributesCommand({ TopicArn }), options),
  });
  const tags = await details.read({
    permission: 'sns:ListTagsForResource',
    gone,
    send: (options) => sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }), options),
  });
  const subscribed = await details.readEvery({
    permission: 'sns:ListSubscriptionsByTopic',
    gone,
    send: (NextToken, options) => sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }), options),
    next: (output) => output.NextToken,
    items: ({ Subscriptions }) => listed(Subscriptions, 'Subscriptions'),
  });
  const subscriptions: DetailedTopic['subscriptions'][number][] = [];
  for (const subscription of subscribed ?? []) {
    subscriptions.push({ subscription, attributes: await subscriptionAttributes(context, details, subscription) });
  }
  return { arn: TopicArn, attributes: attributes?.Attributes ?? null, subscriptions, tags: tagsOf(tags?.Tags) };
}

async function subscriptionAttributes(
  context: AwsContext,
  details: DetailReader,
  subscription: Subscription,
): Promise<Attributes | null> {
  const { SubscriptionArn } = subscription;
  // Until it is confirmed a subscription has a word in place of its ARN, and no attributes.
  if (SubscriptionArn?.startsWith('arn:') !== true) return null;
  const sns = clientOf(context, SNSClient);
  const answer = await details.read({
    permission: 'sns:GetSubscriptionAttributes',
    absent: ['NotFound', 'NotFoundException'],
    send: (options) => sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }), options),
  });
  return answer?.Attributes ?? null;
}
