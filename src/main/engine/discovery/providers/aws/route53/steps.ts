import { type AwsStep, awsStep } from '../aws-step.ts';
import { listRecords, listZones } from './client.ts';
import { convertRecord, convertZone } from './convert.ts';

const service = 'route53';

export const route53Steps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.route53.hosted-zones',
    service,
    kind: 'aws.route53.hostedzone',
    relationships: ['ATTACHED_TO'],
    permissions: ['route53:ListHostedZones', 'route53:GetHostedZone', 'route53:ListTagsForResources'],
    global: true,
    list: listZones,
    convert: convertZone,
  }),
  awsStep({
    id: 'aws.route53.record-sets',
    service,
    kind: 'aws.route53.recordset',
    relationships: ['CONTAINS', 'HAS_ADDRESS', 'REFERENCES', 'TARGETS'],
    permissions: ['route53:ListResourceRecordSets', 'route53:ListHostedZones'],
    global: true,
    list: listRecords,
    convert: convertRecord,
  }),
];
