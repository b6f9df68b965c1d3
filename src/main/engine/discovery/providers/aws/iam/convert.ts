import type { Json } from '#shared/base/json.ts';
import type { GroupDetail, InstanceProfile } from '@aws-sdk/client-iam';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody, policyBody } from '../json-body.ts';
import { arn, type AwsPlace } from '../place.ts';
import type { DetailedIdentityProvider, DetailedRole, DetailedUser, TaggedPolicy } from './client.ts';
import { allowsEverybody, grantsOf } from '../policy-grants.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertRole({ role, attached, inline }: DetailedRole, place: AwsPlace): Converted {
  const id = need(role.Arn, 'Arn');
  const edges = new EdgeList(id, 'ListRoles');
  const trust = policyBody(role.AssumeRolePolicyDocument);
  for (const { principal, actions, conditional } of grantsOf(trust, place)) {
    edges.from('CAN_ACCESS', {
      from: principal,
      field: 'AssumeRolePolicyDocument',
      properties: { as: 'trust', actions: [...actions], conditional },
    });
  }
  for (const { PolicyArn } of objectsIn(attached, 'AttachedManagedPolicies'))
    edges.to('REFERENCES', { to: PolicyArn, field: 'AttachedManagedPolicies' });
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
      public: allowsEverybody(trust) ? true : undefined,
      raw: {
        ...jsonObjectBody(role),
        AssumeRolePolicyDocument: trust,
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
  for (const { Arn } of objectsIn(profile.Roles, 'Roles')) edges.to('RUNS_AS', { to: Arn, field: 'Roles' });
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
        Roles: objectsIn(profile.Roles, 'Roles').map(({ Arn, RoleName }) => ({
          Arn: Arn ?? null,
          RoleName: RoleName ?? null,
        })),
      },
    }),
    relationships: edges.edges,
  };
}

export function convertUser({ user, groups }: DetailedUser, place: AwsPlace): Converted {
  const id = need(user.Arn, 'Arn');
  const edges = new EdgeList(id, 'GetAccountAuthorizationDetails');
  for (const { PolicyArn } of objectsIn(user.AttachedManagedPolicies, 'AttachedManagedPolicies')) {
    edges.to('REFERENCES', { to: PolicyArn, field: 'AttachedManagedPolicies' });
  }
  edges.to('REFERENCES', {
    to: user.PermissionsBoundary?.PermissionsBoundaryArn,
    field: 'PermissionsBoundary',
    properties: { as: 'permissions-boundary' },
  });
  for (const group of textsIn(user.GroupList, 'GroupList')) {
    const from = groups[group] ?? arn(place, { service: 'iam', resource: `group/${group}` });
    edges.from('CONTAINS', { from, field: 'GroupList' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.user',
      id,
      nativeId: need(user.UserName, 'UserName'),
      tags: tagsOf(user.Tags),
      createdAt: user.CreateDate,
      raw: { ...jsonObjectBody(user), UserPolicyList: policiesBody(user.UserPolicyList) },
    }),
    relationships: edges.edges,
  };
}

export function convertGroup(group: GroupDetail, place: AwsPlace): Converted {
  const id = need(group.Arn, 'Arn');
  const edges = new EdgeList(id, 'GetAccountAuthorizationDetails');
  for (const { PolicyArn } of objectsIn(group.AttachedManagedPolicies, 'AttachedManagedPolicies')) {
    edges.to('REFERENCES', { to: PolicyArn, field: 'AttachedManagedPolicies' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.group',
      id,
      nativeId: need(group.GroupName, 'GroupName'),
      tags: {},
      createdAt: group.CreateDate,
      raw: { ...jsonObjectBody(group), GroupPolicyList: policiesBody(group.GroupPolicyList) },
    }),
    relationships: edges.edges,
  };
}

/** A policy that the account made, with the document of the version that counts. */
export function convertPolicy({ policy, tags }: TaggedPolicy, place: AwsPlace): Converted {
  const { PolicyVersionList: versions, ...lasting } = policy;
  const current = versions?.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
  const id = need(policy.Arn, 'Arn');
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.policy',
      id,
      nativeId: policy.PolicyName ?? id.slice(id.lastIndexOf('/') + 1),
      tags,
      createdAt: policy.CreateDate,
      raw: { ...jsonObjectBody(lasting), Document: policyBody(current?.Document) },
    }),
    relationships: [],
  };
}

export function convertIdentityProvider({ arn: id, provider }: DetailedIdentityProvider, place: AwsPlace): Converted {
  const { $metadata: _metadata, ...body } = provider ?? { $metadata: {} };
  const url = id.slice(id.indexOf('/') + 1);
  return {
    resource: resourceFact(place, {
      kind: 'aws.iam.oidc-provider',
      id,
      nativeId: url,
      tags: tagsOf(provider?.Tags),
      createdAt: provider?.CreateDate,
      raw: { Arn: id, ...jsonObjectBody(body) },
    }),
    relationships: [],
  };
}

function policiesBody(
  list:
    readonly { readonly PolicyName?: string | undefined; readonly PolicyDocument?: string | undefined }[] | undefined,
): Json {
  return objectsIn(list, 'PolicyList').map(({ PolicyName, PolicyDocument }) => ({
    PolicyName: PolicyName ?? null,
    PolicyDocument: policyBody(PolicyDocument),
  }));
}
