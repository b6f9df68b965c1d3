import { type AwsStep, awsStep } from '../aws-step.ts';
import { listAccessPoints, listFileSystems } from './client.ts';
import { convertAccessPoint, convertFileSystem } from './convert.ts';

const service = 'elasticfilesystem';

export const efsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.elasticfilesystem.file-systems',
    service,
    kind: 'aws.elasticfilesystem.file-system',
    relationships: ['ATTACHED_TO', 'CAN_ACCESS', 'ENCRYPTED_BY', 'IN_NETWORK', 'PROTECTED_BY'],
    permissions: [
      'elasticfilesystem:DescribeFileSystems',
      'elasticfilesystem:DescribeFileSystemPolicy',
      'elasticfilesystem:DescribeMountTargetSecurityGroups',
      'elasticfilesystem:DescribeMountTargets',
    ],
    list: listFileSystems,
    convert: convertFileSystem,
  }),
  awsStep({
    id: 'aws.elasticfilesystem.access-points',
    service,
    kind: 'aws.elasticfilesystem.access-point',
    relationships: ['CONTAINS'],
    permissions: ['elasticfilesystem:DescribeAccessPoints'],
    list: listAccessPoints,
    convert: convertAccessPoint,
  }),
];
