import { type AwsStep, awsStep } from '../aws-step.ts';
import { listDomains } from './client.ts';
import { convertDomain } from './convert.ts';

export const openSearchSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.es.domains',
    service: 'es',
    kind: 'aws.es.domain',
    relationships: ['CAN_ACCESS', 'ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
    permissions: ['es:ListDomainNames', 'es:DescribeDomains', 'es:ListTags'],
    list: listDomains,
    convert: convertDomain,
  }),
];
