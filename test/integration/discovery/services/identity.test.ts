import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, serviceBench } from './service-bench.ts';

const bench = serviceBench();
const hush = 'not-for-anybody';
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
});
let mapped: Mapped;

beforeAll(async () => {
  const config = bench.config();
  const [iam, secrets, acm] = [new IAMClient(config), new SecretsManagerClient(config), new ACMClient(config)];
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'read-uploads',
      PolicyDocument: document,
      Tags: [{ Key: 'Owner', Value: 'it' }],
    }),
  );
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: 'sts:AssumeRole' }],
  };
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'deploy',
      Description: 'for the build server',
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Tags: [{ Key: 'Application', Value: 'ci' }],
    }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'deploy', PolicyArn: required(Policy?.Arn, 'policy') }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'own', PolicyDocument: document }));
  await iam.send(new CreateGroupCommand({ GroupName: 'people' }));
  await iam.send(new CreateUserCommand({ UserName: 'ada' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'people', UserName: 'ada' }));
  await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: 'https://ci.example', ThumbprintList: ['0'.repeat(40)] }),
  );
  await secrets.send(new CreateSecretCommand({ Name: 'web/token', SecretString: hush }));
  await acm.send(new RequestCertificateCommand({ DomainName: 'shop.example', KeyAlgorithm: 'EC_prime256v1' }));
  for (const client of [iam, secrets, acm]) client.destroy();
  mapped = await bench.map('aws.iam.', 'aws.secretsmanager.', 'aws.acm.');
});

test('a role is complete though its details come from another call', () => {
  const role = mapped.named('aws.iam.role')['deploy'];
  expect(role).toMatchObject({
    tags: { Application: 'ci' },
    raw: {
      Description: 'for the build server',
      MaxSessionDuration: 7200,
      InlinePolicies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17' } }],
    },
  });
  expect(mapped.edges('REFERENCES', /role\/deploy/u)).toEqual(['role/deploy → policy/read-uploads']);
  expect(mapped.edges('CAN_ACCESS')).toEqual(['root → role/deploy']);
});

test('users, groups, own policies and identity providers are there; published policies are not', () => {
  expect(mapped.edges('CONTAINS')).toEqual(['group/people → user/ada']);
  const policies = mapped.named('aws.iam.policy');
  expect(Object.keys(policies)).toEqual(['read-uploads']);
  expect(policies['read-uploads']).toMatchObject({ tags: { Owner: 'it' }, raw: { Document: JSON.parse(document) } });
  expect(Object.keys(mapped.named('aws.iam.oidc-provider'))).toEqual(['ci.example']);
});

test('secrets are names and certificates of every key type are found', () => {
  expect(Object.keys(mapped.named('aws.secretsmanager.secret'))).toEqual(['web/token']);
  expect(JSON.stringify(mapped.resources)).not.toContain(hush);
  expect(Object.keys(mapped.named('aws.acm.certificate'))).toEqual(['shop.example']);
});
