import { type AwsStep, awsStep } from '../aws-step.ts';
import { listImages, listInstances, listKeyPairs, listLaunchTemplates, listSnapshots, listVolumes } from './client.ts';
import { convertInstance, convertLaunchTemplate, convertVolume } from './convert.ts';
import { convertImage, convertKeyPair, convertSnapshot } from './convert-images.ts';

const service = 'ec2';

export const ec2ComputeSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.ec2.instances',
    service,
    kind: 'aws.ec2.instance',
    relationships: ['DERIVED_FROM', 'HAS_ADDRESS', 'IN_NETWORK', 'MANAGED_BY', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
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
    relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
    permissions: ['ec2:DescribeLaunchTemplates', 'ec2:DescribeLaunchTemplateVersions'],
    list: listLaunchTemplates,
    convert: convertLaunchTemplate,
  }),
  awsStep({
    id: 'aws.ec2.snapshots',
    service,
    kind: 'aws.ec2.snapshot',
    relationships: ['DERIVED_FROM', 'ENCRYPTED_BY'],
    permissions: ['ec2:DescribeSnapshots'],
    list: listSnapshots,
    convert: convertSnapshot,
  }),
  awsStep({
    id: 'aws.ec2.images',
    service,
    kind: 'aws.ec2.image',
    relationships: ['DERIVED_FROM'],
    permissions: ['ec2:DescribeImages'],
    list: listImages,
    convert: convertImage,
  }),
  awsStep({
    id: 'aws.ec2.key-pairs',
    service,
    kind: 'aws.ec2.key-pair',
    relationships: [],
    permissions: ['ec2:DescribeKeyPairs'],
    list: listKeyPairs,
    convert: convertKeyPair,
  }),
];
