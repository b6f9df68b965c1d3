import { type AwsStep, awsStep } from '../aws-step.ts';
import { listInstances, listLaunchTemplates, listVolumes } from './client.ts';
import { convertInstance, convertLaunchTemplate, convertVolume } from './convert.ts';

const service = 'ec2';

export const ec2ComputeSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.ec2.instances',
    service,
    kind: 'aws.ec2.instance',
    relationships: ['DERIVED_FROM', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
    permissions: ['ec2:DescribeInstances'],
    list: listInstances,
    convert: convertInstance,
  }),
  awsStep({
    id: 'aws.ec2.volumes',
    service,
    kind: 'aws.ec2.volume',
    relationships: ['ATTACHED_TO', 'DERIVED_FROM', 'ENCRYPTED_BY'],
    permissions: ['ec2:DescribeVolumes'],
    list: listVolumes,
    convert: convertVolume,
  }),
  awsStep({
    id: 'aws.ec2.launch-templates',
    service,
    kind: 'aws.ec2.launch-template',
    relationships: ['DERIVED_FROM', 'PROTECTED_BY', 'RUNS_AS'],
    permissions: ['ec2:DescribeLaunchTemplates', 'ec2:DescribeLaunchTemplateVersions'],
    list: listLaunchTemplates,
    convert: convertLaunchTemplate,
  }),
];
