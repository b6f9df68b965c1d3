import { body, document, reference, scalar, text } from '../readings.ts';
import type { NewPart, ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { tagsOf } from './tags.ts';

const queue: ResourceMapping = {
  kind: 'aws.sqs.queue',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const url = raw.text('QueueUrl', 'Url') ?? fact.nativeId;
    const name = raw.text('QueueName') ?? fact.id.split(':').at(-1) ?? url;
    const attribute = (key: string): string[] => [`Attributes.${key}`, key];
    const fifo = raw.flag(...attribute('FifoQueue')) === true;
    return {
      parts: [
        {
          type: 'aws_sqs_queue',
          name,
          importId: url,
          identities: { id: url, arn: fact.id },
          body: body({
            name: text(name),
            fifo_queue: scalar(fifo),
            content_based_deduplication: scalar(raw.flag(...attribute('ContentBasedDeduplication'))),
            delay_seconds: scalar(raw.number(...attribute('DelaySeconds'))),
            max_message_size: scalar(raw.number(...attribute('MaximumMessageSize'))),
            message_retention_seconds: scalar(raw.number(...attribute('MessageRetentionPeriod'))),
            receive_wait_time_seconds: scalar(raw.number(...attribute('ReceiveMessageWaitTimeSeconds'))),
            visibility_timeout_seconds: scalar(raw.number(...attribute('VisibilityTimeout'))),
            redrive_policy: document(raw.document(...attribute('RedrivePolicy'))),
            policy: document(raw.document(...attribute('Policy'))),
            kms_master_key_id: reference('aws_kms_key', raw.text(...attribute('KmsMasterKeyId'))),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const topic: ResourceMapping = {
  kind: 'aws.sns.topic',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = fact.id.split(':').at(-1) ?? fact.name;
    const policy = raw.document('Attributes.Policy', 'Policy');
    const main: NewPart = {
      type: 'aws_sns_topic',
      name,
      importId: fact.id,
      identities: { arn: fact.id, id: fact.id },
      body: body({
        name: text(name),
        display_name: text(raw.text('Attributes.DisplayName', 'DisplayName')),
        kms_master_key_id: reference('aws_kms_key', raw.text('Attributes.KmsMasterKeyId', 'KmsMasterKeyId')),
        policy: isDefaultPolicy(policy) ? undefined : document(policy),
        tags: tagsOf(fact),
      }),
    };
    return { parts: [main, ...raw.list('Subscriptions').flatMap((entry) => subscription(fact.id, entry))] };
  },
};

/** AWS gives every topic a policy that lets its own account use it. */
function isDefaultPolicy(policy: ReturnType<Raw['document']>): boolean {
  if (policy === null) return true;
  const id = typeof policy === 'object' && !Array.isArray(policy) ? policy['Id'] : null;
  return id === '__default_policy_ID';
}

function subscription(topicArn: string, raw: Raw): readonly NewPart[] {
  const arn = raw.text('SubscriptionArn');
  // Without an ARN it waits for its confirmation and cannot be imported.
  if (arn === null || !arn.startsWith('arn:')) return [];
  const endpoint = raw.text('Endpoint') ?? '';
  const protocol = raw.text('Protocol') ?? '';
  return [
    {
      type: 'aws_sns_topic_subscription',
      name: null,
      of: { id: topicArn, label: endpoint.startsWith('arn:') ? (endpoint.split(':').at(-1) ?? protocol) : protocol },
      importId: arn,
      identities: { arn, id: arn },
      body: body({
        topic_arn: reference('aws_sns_topic', topicArn),
        protocol: text(protocol),
        endpoint: reference(['aws_sqs_queue', 'aws_lambda_function'], endpoint),
        raw_message_delivery: scalar(raw.flag('Attributes.RawMessageDelivery', 'RawMessageDelivery')),
        filter_policy: document(raw.document('Attributes.FilterPolicy', 'FilterPolicy')),
      }),
    },
  ];
}

export const messagingMappings: readonly ResourceMapping[] = [queue, topic];

export const messagingTypes: readonly TypeAbout[] = [
  {
    type: 'aws_sqs_queue',
    noun: 'queue',
    boundary: 'application',
    defaults: {
      fifo_queue: false,
      content_based_deduplication: false,
      delay_seconds: 0,
      max_message_size: 262_144,
      message_retention_seconds: 345_600,
      receive_wait_time_seconds: 0,
      visibility_timeout_seconds: 30,
    },
  },
  { type: 'aws_sns_topic', noun: 'topic', boundary: 'application' },
  {
    type: 'aws_sns_topic_subscription',
    noun: 'subscription',
    boundary: 'application',
    defaults: { raw_message_delivery: false },
    stateOnly: [
      {
        attribute: 'endpoint_auto_confirms',
        why: 'Says only how the tool behaves while it subscribes; AWS keeps no such setting.',
      },
      {
        attribute: 'confirmation_timeout_in_minutes',
        why: 'Says only how long the tool waits while it subscribes; AWS keeps no such setting.',
      },
    ],
  },
];
