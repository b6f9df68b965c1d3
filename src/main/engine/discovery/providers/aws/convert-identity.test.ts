import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, everywhere, place } from '#test/support/aws/place.ts';
import { convertCertificate } from './acm/convert.ts';
import { convertGroup, convertIdentityProvider, convertPolicy, convertRole, convertUser } from './iam/convert.ts';
import { allowsEverybody, grantsOf } from './policy-grants.ts';
import { convertSecret } from './secretsmanager/convert.ts';

const provider = `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC`;

function trusting(...statements: object[]): string {
  return encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

test('whom a role trusts may take it: accounts, roles and identity providers, not services', () => {
  const document = trusting(
    {
      Effect: 'Allow',
      Principal: { AWS: ['444455556666', `arn:aws:iam::${account}:role/ci`], Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { sub: 'x' } },
    },
    { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::777788889999:root' }, Action: 'sts:AssumeRole' },
  );
  const { resource, relationships } = convertRole(
    {
      role: {
        Path: '/',
        RoleName: 'deploy',
        RoleId: 'r',
        Arn: `arn:aws:iam::${account}:role/deploy`,
        CreateDate: new Date(0),
        AssumeRolePolicyDocument: document,
      },
      attached: [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
      inline: [],
    },
    everywhere,
  );
  expect(edgeLines(relationships)).toEqual([
    `444455556666:root -CAN_ACCESS-> ${account}:role/deploy`,
    `${account}:role/ci -CAN_ACCESS-> ${account}:role/deploy`,
    `${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC -CAN_ACCESS-> ${account}:role/deploy`,
    `${account}:role/deploy -REFERENCES-> aws:policy/ReadOnlyAccess`,
  ]);
  expect(relationships[2]?.properties).toEqual({
    as: 'trust',
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditional: true,
  });
  expect(resource.public).toBeNull();
});

test.each([
  [{ Effect: 'Allow', Principal: '*' }, true],
  [{ Effect: 'Allow', Principal: { AWS: '*' } }, true],
  [{ Effect: 'Allow', Principal: { AWS: '*' }, Condition: { Bool: {} } }, false],
  [{ Effect: 'Deny', Principal: '*' }, false],
])('the statement %j trusts everybody: %s', (statement, everybody) => {
  expect(allowsEverybody({ Statement: [statement] })).toBe(everybody);
  expect(grantsOf({ Statement: statement }, everywhere)).toEqual([]);
});

test.each([[null], [{}], [{ Statement: ['x', null] }]])('the trust policy %j names nobody', (document) => {
  expect(grantsOf(document, everywhere)).toEqual([]);
  expect(allowsEverybody(document)).toBe(false);
});

test.each([['{broken'], [[]], [1]])('what is no policy, %j, is not taken for one that names nobody', (document) => {
  expect(() => grantsOf(document, everywhere)).toThrow('A policy has another form than it should.');
  expect(() => allowsEverybody(document)).toThrow('A policy has another form than it should.');
});

test('a user is in groups and has policies, with its own policies as documents', () => {
  const { resource, relationships } = convertUser(
    {
      user: {
        UserName: 'ada',
        Arn: `arn:aws:iam::${account}:user/people/ada`,
        GroupList: ['admins', 'readers'],
        AttachedManagedPolicies: [{ PolicyArn: `arn:aws:iam::${account}:policy/own` }],
        UserPolicyList: [{ PolicyName: 'p', PolicyDocument: '%7B%22Version%22%3A%222012-10-17%22%7D' }],
      },
      // The path of a group is not in its name; one that could not be read goes by its name.
      groups: { admins: `arn:aws:iam::${account}:group/people/admins` },
    },
    everywhere,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:user/people/ada -REFERENCES-> ${account}:policy/own`,
    `${account}:group/people/admins -CONTAINS-> ${account}:user/people/ada`,
    `${account}:group/readers -CONTAINS-> ${account}:user/people/ada`,
  ]);
  expect(resource.raw).toMatchObject({
    UserPolicyList: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17' } }],
  });
  const group = convertGroup({ GroupName: 'admins', Arn: `arn:aws:iam::${account}:group/admins` }, everywhere);
  expect(group.resource.name).toBe('admins');
});

test('a policy shows the version that counts, and only that', () => {
  const { resource } = convertPolicy(
    {
      policy: {
        PolicyName: 'own',
        Arn: `arn:aws:iam::${account}:policy/own`,
        PolicyVersionList: [
          { VersionId: 'v1', Document: '{"old":1}' },
          { VersionId: 'v2', IsDefaultVersion: true, Document: '{"new":1}' },
        ],
      },
      tags: { Owner: 'it' },
    },
    everywhere,
  );
  expect(resource.raw).toMatchObject({ Document: { new: 1 } });
  expect(JSON.stringify(resource.raw)).not.toContain('old');
  expect(convertIdentityProvider({ arn: provider, provider: null }, everywhere).resource.nativeId).toBe(
    'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  );
});

test('a secret is a name with its key and rotation; a replica comes from its first region', () => {
  const id = arnHere('secretsmanager', 'secret:web-Ab1');
  const { resource, relationships } = convertSecret(
    {
      ARN: id,
      Name: 'web',
      KmsKeyId: 'k-1',
      RotationLambdaARN: arnHere('lambda', 'function:rotate'),
      PrimaryRegion: 'us-east-1',
      DeletedDate: new Date(0),
    },
    place,
  );
  expect(resource).toMatchObject({ nativeId: 'web', state: 'pending deletion' });
  expect(relationships.map(({ type, to }) => [type, to])).toEqual([
    ['ENCRYPTED_BY', arnHere('kms', 'key/k-1')],
    ['TARGETS', arnHere('lambda', 'function:rotate')],
    ['DERIVED_FROM', id.replace('eu-west-1', 'us-east-1')],
  ]);
});

test('a certificate is told by its name, with who uses it, also when it could not be described', () => {
  const summary = { CertificateArn: arnHere('acm', 'certificate/c-1'), DomainName: 'shop.example' };
  const balancer = arnHere('elasticloadbalancing', 'loadbalancer/app/web/1');
  const { resource, relationships } = convertCertificate(
    { summary, certificate: { ...summary, Status: 'ISSUED', InUseBy: [balancer] }, tags: {} },
    place,
  );
  expect(resource).toMatchObject({ name: 'shop.example', nativeId: 'c-1', state: 'ISSUED' });
  expect(edgeLines(relationships)).toEqual([
    `${account}:loadbalancer/app/web/1 -REFERENCES-> ${account}:certificate/c-1`,
  ]);
  expect(convertCertificate({ summary, certificate: null, tags: {} }, place).resource.name).toBe('shop.example');
});
