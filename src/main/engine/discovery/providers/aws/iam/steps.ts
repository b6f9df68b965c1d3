import { type AwsStep, awsStep } from '../aws-step.ts';
import { listInstanceProfiles, listRoles } from './client.ts';
import { convertInstanceProfile, convertRole } from './convert.ts';

const service = 'iam';

export const iamSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.iam.roles',
    service,
    kind: 'aws.iam.role',
    global: true,
    relationships: ['REFERENCES'],
    permissions: [
      'iam:ListRoles',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
    ],
    list: listRoles,
    convert: convertRole,
  }),
  awsStep({
    id: 'aws.iam.instance-profiles',
    service,
    kind: 'aws.iam.instance-profile',
    global: true,
    relationships: ['RUNS_AS'],
    permissions: ['iam:ListInstanceProfiles'],
    list: listInstanceProfiles,
    convert: convertInstanceProfile,
  }),
];
