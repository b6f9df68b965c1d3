import { type AwsStep, awsStep } from '../aws-step.ts';
import { listClusters, listFargateProfiles, listNodegroups } from './client.ts';
import { convertCluster, convertFargateProfile, convertNodegroup } from './convert.ts';

const service = 'eks';

export const eksSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.eks.clusters',
    service,
    kind: 'aws.eks.cluster',
    relationships: ['CAN_ACCESS', 'ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'RUNS_AS'],
    permissions: ['eks:ListClusters', 'eks:DescribeAccessEntry', 'eks:DescribeCluster', 'eks:ListAccessEntries'],
    list: listClusters,
    convert: convertCluster,
  }),
  awsStep({
    id: 'aws.eks.nodegroups',
    service,
    kind: 'aws.eks.nodegroup',
    relationships: ['CONTAINS', 'DERIVED_FROM', 'IN_NETWORK', 'MANAGED_BY', 'PROTECTED_BY', 'RUNS_AS'],
    permissions: [
      'eks:ListNodegroups',
      'autoscaling:DescribeAutoScalingGroups',
      'eks:DescribeNodegroup',
      'eks:ListClusters',
    ],
    list: listNodegroups,
    convert: convertNodegroup,
  }),
  awsStep({
    id: 'aws.eks.fargate-profiles',
    service,
    kind: 'aws.eks.fargateprofile',
    relationships: ['CONTAINS', 'IN_NETWORK', 'RUNS_AS'],
    permissions: ['eks:ListFargateProfiles', 'eks:DescribeFargateProfile', 'eks:ListClusters'],
    list: listFargateProfiles,
    convert: convertFargateProfile,
  }),
];
