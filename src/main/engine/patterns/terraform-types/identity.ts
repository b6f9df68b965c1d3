import { body, document, reference, scalar, text } from '../readings.ts';
import type { NewPart, ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { nameOf, tagsOf } from './tags.ts';

const key: ResourceMapping = {
  kind: 'aws.kms.key',
  convert(fact) {
    const raw = rawOf(fact.raw);
    if (raw.text('KeyManager') === 'AWS') return { leftOut: 'A key that AWS makes and manages.' };
    const state = raw.text('KeyState');
    if (state === 'PendingDeletion') return { leftOut: 'The key waits for its deletion.' };
    const id = raw.text('KeyId') ?? fact.nativeId;
    const policy = raw.document('Policy');
    const aliases = raw
      .list('Aliases')
      .map((alias) => alias.text('AliasName'))
      .filter((name) => name !== null);
    const main: NewPart = {
      type: 'aws_kms_key',
      name: nameOf(fact) ?? aliases[0]?.replace(/^alias\//, '') ?? null,
      importId: id,
      identities: { arn: fact.id, key_id: id },
      body: body({
        description: text(raw.text('Description')),
        enable_key_rotation: scalar(raw.flag('KeyRotationEnabled', 'Rotation.KeyRotationEnabled', 'RotationEnabled')),
        is_enabled: scalar(raw.flag('Enabled')),
        policy: isOwnPolicy(policy) ? document(policy) : undefined,
        tags: tagsOf(fact),
      }),
    };
    return {
      parts: [
        main,
        ...aliases.map((name): NewPart => ({
          type: 'aws_kms_alias',
          name: name.replace(/^alias\//, ''),
          importId: name,
          identities: { name },
          body: body({ name: text(name), target_key_id: reference('aws_kms_key', id) }),
        })),
      ],
    };
  },
};

/** The policy every new key has gives all rights to its own account; only another one is worth writing down. */
function isOwnPolicy(policy: ReturnType<Raw['document']>): boolean {
  if (policy === null || typeof policy !== 'object' || Array.isArray(policy)) return false;
  return policy['Id'] !== 'key-default-1';
}

const role: ResourceMapping = {
  kind: 'aws.iam.role',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const path = raw.text('Path');
    if (path?.startsWith('/aws-service-role/') === true)
      return { leftOut: 'A role that an AWS service makes for itself.' };
    const name = raw.text('RoleName') ?? fact.name;
    const main: NewPart = {
      type: 'aws_iam_role',
      name,
      importId: name,
      identities: { name, arn: fact.id, id: name },
      body: body({
        name: text(name),
        path: text(path),
        description: text(raw.text('Description')),
        assume_role_policy: document(raw.document('AssumeRolePolicyDocument')),
        max_session_duration: scalar(raw.number('MaxSessionDuration')),
        permissions_boundary: text(raw.text('PermissionsBoundary.PermissionsBoundaryArn')),
        tags: tagsOf(fact),
      }),
    };
    return { parts: [main, ...inlinePolicies(name, raw), ...attachments(name, raw)] };
  },
};

function inlinePolicies(roleName: string, raw: Raw): readonly NewPart[] {
  return raw.list('InlinePolicies', 'RolePolicyList', 'Policies').flatMap((policy): NewPart[] => {
    const name = policy.text('PolicyName', 'Name');
    const rules = policy.document('PolicyDocument', 'Document');
    if (name === null || rules === null) return [];
    return [
      {
        type: 'aws_iam_role_policy',
        name,
        importId: `${roleName}:${name}`,
        identities: {},
        body: body({ name: text(name), role: reference('aws_iam_role', roleName), policy: document(rules) }),
      },
    ];
  });
}

function attachments(roleName: string, raw: Raw): readonly NewPart[] {
  return raw.list('AttachedPolicies', 'AttachedManagedPolicies').flatMap((policy): NewPart[] => {
    const arn = policy.text('PolicyArn');
    if (arn === null) return [];
    return [
      {
        type: 'aws_iam_role_policy_attachment',
        name: null,
        of: { id: roleName, label: arn.split('/').at(-1) ?? 'policy' },
        importId: `${roleName}/${arn}`,
        identities: {},
        body: body({ role: reference('aws_iam_role', roleName), policy_arn: text(arn) }),
      },
    ];
  });
}

const instanceProfile: ResourceMapping = {
  kind: 'aws.iam.instance-profile',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('InstanceProfileName') ?? fact.nativeId;
    return {
      parts: [
        {
          type: 'aws_iam_instance_profile',
          name,
          importId: name,
          identities: { name, arn: fact.id, id: name },
          body: body({
            name: text(name),
            path: text(raw.text('Path')),
            role: reference('aws_iam_role', raw.text('Roles.0.RoleName')),
          }),
        },
      ],
    };
  },
};

export const identityMappings: readonly ResourceMapping[] = [key, role, instanceProfile];

export const identityTypes: readonly TypeAbout[] = [
  { type: 'aws_kms_key', noun: 'key', boundary: 'data', defaults: { is_enabled: true, enable_key_rotation: false } },
  { type: 'aws_kms_alias', noun: 'key_alias', boundary: 'data' },
  {
    type: 'aws_iam_role',
    noun: 'role',
    boundary: 'application',
    defaults: { path: '/', max_session_duration: 3600 },
  },
  { type: 'aws_iam_instance_profile', noun: 'instance_profile', boundary: 'application', defaults: { path: '/' } },
  { type: 'aws_iam_role_policy', noun: 'role_policy', boundary: 'application' },
  { type: 'aws_iam_role_policy_attachment', noun: 'role_policy_attachment', boundary: 'application' },
];
