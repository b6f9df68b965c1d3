import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { region, serviceBench } from './service-bench.ts';

// What answers name by something that several may mean: a key by its alias, a prefix list without its owner.

const bench = serviceBench();
const group = { id: '', ofAws: '' };
let key: string;

beforeAll(async () => {
  const config = bench.config();
  const [kms, sqs, ec2] = [new KMSClient(config), new SQSClient(config), new EC2Client(config)];
  key = required((await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId, 'KeyId');
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/shop', TargetKeyId: key }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { KmsMasterKeyId: 'alias/shop' } }));
  const { PrefixLists } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  const list = PrefixLists?.find(({ PrefixListName }) => PrefixListName === `com.amazonaws.${region}.s3`);
  group.ofAws = required(list?.PrefixListId, 'prefix list of S3');
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  group.id = required(SecurityGroups?.[0]?.GroupId, 'GroupId');
  const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: group.ofAws }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [rule] }));
  for (const client of [kms, sqs, ec2]) client.destroy();
});

test('what is encrypted by an alias is encrypted by its key', async () => {
  const mapped = await bench.map('aws.sqs.', 'aws.kms.');
  expect(mapped.edges('ENCRYPTED_BY')).toEqual([`orders → key/${key}`]);
});

test('a prefix list that AWS keeps is no account’s', async () => {
  const { relationships } = await bench.map('aws.ec2.security-group');
  const from = relationships.filter(({ type }) => type === 'ALLOWS').map((edge) => edge.from);
  expect(from).toContain(`arn:aws:ec2:${region}:aws:prefix-list/${group.ofAws}`);
});
