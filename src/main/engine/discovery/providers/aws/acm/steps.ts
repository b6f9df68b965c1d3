import { type AwsStep, awsStep } from '../aws-step.ts';
import { listCertificates } from './client.ts';
import { convertCertificate } from './convert.ts';

export const acmSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.acm.certificates',
    service: 'acm',
    kind: 'aws.acm.certificate',
    relationships: ['DERIVED_FROM', 'REFERENCES'],
    permissions: ['acm:ListCertificates', 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'],
    list: listCertificates,
    convert: convertCertificate,
  }),
];
