import { convertBucket } from '../../providers/aws/s3/convert.ts';
import { convertInstanceProfile, convertRole } from '../../providers/aws/iam/convert.ts';
import { convertKey } from '../../providers/aws/kms/convert.ts';
import { convertSecurityGroup } from '../../providers/aws/ec2-network/convert-security-group.ts';
import type { Converted } from '../../providers/aws/facts.ts';
import type { AwsPlace } from '../../providers/aws/place.ts';
import { isObject, listOf, objectOf } from '../json-fields.ts';
import type { ConfigItem } from './config-item.ts';
import { type AnswerBody, answerBody, sdkShape } from './sdk-shape.ts';

// Types whose items differ from the SDK's answers in more than the spelling of names.

export function tagList({ tags }: Pick<ConfigItem, 'tags'>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function lowerCaseTagList({ tags }: Pick<ConfigItem, 'tags'>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function securityGroupOf(body: AnswerBody, item: ConfigItem, place: AwsPlace): Converted {
  const { IpPermissions: ingress, IpPermissionsEgress: egress } = body;
  const permissions = {
    IpPermissions: listOf(ingress).map(permissionOf),
    IpPermissionsEgress: listOf(egress).map(permissionOf),
  };
  return convertSecurityGroup(answerBody({ ...body, ...permissions, Tags: tagList(item) }), place);
}

/** Address ranges stand under another name, and once more as texts. */
function permissionOf(value: unknown): object {
  const { Ipv4Ranges: ranges, IpRanges: texts, ...rest } = answerBody(value);
  const ofTexts = listOf(texts).map((range) => (typeof range === 'string' ? { CidrIp: range } : range));
  return { ...rest, IpRanges: ranges ?? ofTexts };
}

export function bucketOf(body: AnswerBody, { supplementary, tags }: ConfigItem, place: AwsPlace): Converted {
  const part = (name: string): AnswerBody | null => {
    const value = supplementary[name];
    return isObject(value) ? sdkShape(value) : null;
  };
  const encryption = part('ServerSideEncryptionConfiguration');
  const rules = listOf(encryption?.['Rules']).map(encryptionRuleOf);
  return convertBucket(
    {
      bucket: body,
      tags,
      versioning: part('BucketVersioningConfiguration'),
      encryption: encryption === null ? null : { Rules: rules as never },
      publicAccessBlock: part('PublicAccessBlockConfiguration'),
      policy: textIn(objectOf(supplementary['BucketPolicy'])['policyText']),
      lifecycleRules: part('BucketLifecycleConfiguration')?.['Rules'] ?? null,
      logging: loggingOf(part('BucketLoggingConfiguration')),
      notifications: null,
      replication: replicationOf(part('BucketReplicationConfiguration')),
    },
    place,
  );
}

/** Config has names of its own for where the log of a bucket goes. */
function loggingOf(body: AnswerBody | null): Parameters<typeof convertBucket>[0]['logging'] {
  if (body === null) return null;
  const { DestinationBucketName: bucket, LogFilePrefix: prefix, ...rest } = body;
  return { TargetBucket: bucket, TargetPrefix: prefix, ...rest };
}

/** Where a bucket is copied to; the rules stand by their names in a map. */
function replicationOf(body: AnswerBody | null): Parameters<typeof convertBucket>[0]['replication'] {
  if (body === null) return null;
  const rules = Object.values(answerBody(body['Rules'])).map((rule) => {
    const { DestinationConfig: destination, Status: status } = answerBody(rule);
    return { Destination: { Bucket: answerBody(destination)['BucketARN'] }, Status: status };
  });
  return { Role: body['RoleARN'], Rules: rules };
}

function encryptionRuleOf(value: unknown): object {
  const rule = answerBody(value);
  const by = answerBody(rule['ApplyServerSideEncryptionByDefault'] ?? {});
  const shaped = {
    SSEAlgorithm: by['SSEAlgorithm'] ?? by['SseAlgorithm'],
    KMSMasterKeyID: by['KMSMasterKeyID'] ?? by['KmsMasterKeyID'] ?? by['KmsMasterKeyId'],
  };
  return { ...rule, ApplyServerSideEncryptionByDefault: shaped };
}

export function roleOf(body: AnswerBody, item: ConfigItem, place: AwsPlace): Converted {
  const { RolePolicyList: inline, AttachedManagedPolicies: attached, InstanceProfileList: _profiles, ...rest } = body;
  const role = answerBody({ ...rest, Tags: tagList(item) });
  const policies = listOf(inline).map((policy) => {
    const { PolicyName: name, PolicyDocument: document } = answerBody(policy);
    return { name: textIn(name) ?? '', document: textIn(document) };
  });
  return convertRole({ role: role as never, attached: attached ?? [], inline: policies }, place);
}

export function instanceProfileOf(body: AnswerBody, item: ConfigItem, place: AwsPlace): Converted {
  // Newer items name the roles only, and a role's path is not in its name.
  const roles = listOf(body['Roles']).filter(isObject);
  const profile = { ...body, Arn: body['Arn'] ?? item.arn, Roles: roles, Tags: tagList(item) };
  return convertInstanceProfile(profile as never, place);
}

export function keyOf(body: AnswerBody, { arn, id, supplementary, tags }: ConfigItem, place: AwsPlace): Converted {
  const rotation = supplementary['KeyRotationStatus'];
  const entry = answerBody({ KeyId: body['KeyId'] ?? id, KeyArn: body['Arn'] ?? arn });
  return convertKey(
    {
      entry,
      metadata: { ...entry, ...body } as never,
      rotation: typeof rotation === 'boolean' ? rotation : null,
      policy: textIn(supplementary['Policy']),
      aliases: [],
      tags,
    },
    place,
  );
}

/** Attributes are texts in the SDK's answers. */
export function attributesOf(body: AnswerBody): Record<string, string> {
  return Object.fromEntries(
    Object.entries<unknown>(body).flatMap(([name, value]) => {
      if (value === undefined || value === null || value instanceof Date) return [];
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const];
    }),
  );
}

/** A document as text again, where unwrapping made an object of it. */
export function textIn(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
