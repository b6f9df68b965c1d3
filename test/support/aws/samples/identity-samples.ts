import { convertCertificate } from '#engine/discovery/providers/aws/acm/convert.ts';
import { convertPolicy, convertRole, convertUser } from '#engine/discovery/providers/aws/iam/convert.ts';
import { convertKey } from '#engine/discovery/providers/aws/kms/convert.ts';
import { convertSecret } from '#engine/discovery/providers/aws/secretsmanager/convert.ts';
import { Tags, tags, role, key, lambda, policy, sample, type Sample } from './sample.ts';

/** Items of who may do what, and secrets, with the fields their converters read. */
export const identitySamples: readonly Sample[] = [
  sample(convertRole, {
    role: {
      Arn: role,
      RoleName: 'runs',
      AssumeRolePolicyDocument: encodeURIComponent(policy),
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:p' },
      Tags,
    },
    attached: [{ PolicyArn: 'arn:p' }],
    inline: [{ name: 'a', document: policy }],
  }),
  sample(convertUser, {
    user: {
      Arn: 'arn:u',
      UserName: 'ada',
      GroupList: ['g', 'h'],
      AttachedManagedPolicies: [{ PolicyArn: 'arn:p' }],
      UserPolicyList: [{ PolicyName: 'p', PolicyDocument: policy }],
      Tags,
    },
    groups: { g: 'arn:g' },
  }),
  sample(convertPolicy, {
    policy: { Arn: 'arn:p', PolicyName: 'p', PolicyVersionList: [{ IsDefaultVersion: true, Document: policy }] },
    tags,
  }),
  sample(convertKey, {
    entry: { KeyArn: key, KeyId: 'k' },
    metadata: { KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
    policy,
    aliases: [{ AliasName: 'alias/a', AliasArn: 'arn:a' }],
    tags,
  }),
  sample(convertSecret, {
    ARN: 'arn:a:b:c:d:secret:s',
    Name: 's',
    KmsKeyId: key,
    RotationLambdaARN: lambda,
    PrimaryRegion: 'us-east-1',
    Tags,
  }),
  sample(convertCertificate, {
    summary: { CertificateArn: 'arn:c/1', DomainName: 'a.example' },
    certificate: { InUseBy: ['arn:lb'], Status: 'ISSUED' },
    tags,
  }),
];
