import { type AwsStep, awsStep } from '../aws-step.ts';
import { listSecrets } from './client.ts';
import { convertSecret } from './convert.ts';

export const secretsManagerSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.secretsmanager.secrets',
    service: 'secretsmanager',
    kind: 'aws.secretsmanager.secret',
    relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'TARGETS'],
    permissions: ['secretsmanager:ListSecrets'],
    list: listSecrets,
    convert: convertSecret,
  }),
];
