import { type AwsStep, awsStep } from '../aws-step.ts';
import { listQueues } from './client.ts';
import { convertQueue } from './convert.ts';

export const sqsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.sqs.queues',
    service: 'sqs',
    kind: 'aws.sqs.queue',
    relationships: ['CAN_ACCESS', 'ENCRYPTED_BY', 'TARGETS'],
    permissions: ['sqs:ListQueues', 'sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
    list: listQueues,
    convert: convertQueue,
  }),
];
