import { type AwsStep, awsStep } from '../aws-step.ts';
import { listTopics } from './client.ts';
import { convertTopic } from './convert.ts';

export const snsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.sns.topics',
    service: 'sns',
    kind: 'aws.sns.topic',
    relationships: ['CAN_ACCESS', 'ENCRYPTED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: [
      'sns:ListTopics',
      'sns:GetSubscriptionAttributes',
      'sns:GetTopicAttributes',
      'sns:ListSubscriptionsByTopic',
      'sns:ListTagsForResource',
    ],
    list: listTopics,
    convert: convertTopic,
  }),
];
