import { type AwsStep, awsStep } from '../aws-step.ts';
import {
  listGroups,
  listIdentityProviders,
  listInstanceProfiles,
  listPolicies,
  listRoles,
  listUsers,
} from './client.ts';
import {
  convertGroup,
  convertIdentityProvider,
  convertInstanceProfile,
  convertPolicy,
  convertRole,
  convertUser,
} from './convert.ts';

const service = 'iam';

export const iamSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.iam.roles',
    service,
    kind: 'aws.iam.role',
    global: true,
    relationships: ['CAN_ACCESS', 'REFERENCES'],
    permissions: ['iam:ListRoles', 'iam:GetAccountAuthorizationDetails'],
    list: listRoles,
    convert: convertRole,
  }),
  awsStep({
    id: 'aws.iam.users',
    service,
    kind: 'aws.iam.user',
    global: true,
    relationships: ['CONTAINS', 'REFERENCES'],
    permissions: ['iam:GetAccountAuthorizationDetails'],
    list: listUsers,
    convert: convertUser,
  }),
  awsStep({
    id: 'aws.iam.groups',
    service,
    kind: 'aws.iam.group',
    global: true,
    relationships: ['REFERENCES'],
    permissions: ['iam:GetAccountAuthorizationDetails'],
    list: listGroups,
    convert: convertGroup,
  }),
  awsStep({
    id: 'aws.iam.policies',
    service,
    kind: 'aws.iam.policy',
    global: true,
    relationships: [],
    permissions: ['iam:GetAccountAuthorizationDetails', 'iam:ListPolicyTags'],
    list: listPolicies,
    convert: convertPolicy,
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
  awsStep({
    id: 'aws.iam.identity-providers',
    service,
    kind: 'aws.iam.oidc-provider',
    global: true,
    relationships: [],
    permissions: ['iam:ListOpenIDConnectProviders', 'iam:GetOpenIDConnectProvider'],
    list: listIdentityProviders,
    convert: convertIdentityProvider,
  }),
];
