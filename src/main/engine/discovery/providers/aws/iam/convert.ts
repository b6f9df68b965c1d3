import type { InstanceProfile } from '@aws-sdk/client-iam';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import type { AwsPlace } from '../place.ts';
import type { DetailedRole } from './client.ts';

export function convertRole({ role, attached, inline }: DetailedRole, place: AwsPlace): Converted {
  const id = need(role.Arn, 'Arn');
  const edges = new EdgeList(id, 'ListRoles');
  for (const { PolicyArn } of attached) edges.to('REFERENCES', { to: PolicyArn, field: 'ListAttachedRolePolicies' });
  edges.to('REFERENCES', {
    to: role.PermissionsBoundary?.PermissionsBoundaryArn,
    field: 'PermissionsBoundary',
    properties: { as: 'permissions-boundary' },
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.role',
      id,
      nativeId: need(role.RoleName, 'RoleName'),
      tags: tagsOf(role.Tags),
      createdAt: role.CreateDate,
      raw: {
        ...jsonObjectBody(role),
        AssumeRolePolicyDocument: policyBody(role.AssumeRolePolicyDocument),
        AttachedPolicies: jsonBody(attached),
        InlinePolicies: inline.map(({ name, document }) => ({
          PolicyName: name,
          PolicyDocument: policyBody(document),
        })),
      },
    }),
    relationships: edges.edges,
  };
}

export function convertInstanceProfile(profile: InstanceProfile, place: AwsPlace): Converted {
  const id = need(profile.Arn, 'Arn');
  const edges = new EdgeList(id, 'ListInstanceProfiles');
  for (const { Arn } of profile.Roles ?? []) edges.to('RUNS_AS', { to: Arn, field: 'Roles' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.instance-profile',
      id,
      nativeId: need(profile.InstanceProfileName, 'InstanceProfileName'),
      tags: tagsOf(profile.Tags),
      createdAt: profile.CreateDate,
      raw: {
        ...jsonObjectBody(profile),
        // The roles have bodies of their own.
        Roles: (profile.Roles ?? []).map(({ Arn, RoleName }) => ({ Arn: Arn ?? null, RoleName: RoleName ?? null })),
      },
    }),
    relationships: edges.edges,
  };
}
