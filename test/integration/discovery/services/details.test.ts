import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateInstanceProfileCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

// What hangs on resources and is told by a call of its own.

const bench = serviceBench();
let mapped: Mapped;
let subnets: string[];
let group: string;
let certificates: readonly string[];

beforeAll(async () => {
  const config = bench.config();
  await makeNetwork(config);
  await makeListener(config);
  await makeMachines(config);
  await makeReplication(config);
  mapped = await bench.map('aws.elasticloadbalancing.', 'aws.autoscaling.', 'aws.s3.');
});

type Config = ReturnType<typeof bench.config>;

async function makeNetwork(config: Config): Promise<void> {
  const ec2 = new EC2Client(config);
  const vpc = required((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc?.VpcId, 'VpcId');
  subnets = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpc, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `${region}${zone}` }),
    );
    subnets.push(required(Subnet?.SubnetId, 'SubnetId'));
  }
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: vpc }),
  );
  group = required(GroupId, 'GroupId');
  await ec2.send(new CreateKeyPairCommand({ KeyName: 'ops' }));
  ec2.destroy();
}

/** A listener with the certificate it answers with, and two more that it chooses from by the name a visitor asks for. */
async function makeListener(config: Config): Promise<void> {
  const [balancing, acm] = [new ElasticLoadBalancingV2Client(config), new ACMClient(config)];
  const made: string[] = [];
  for (const DomainName of ['shop.example', 'shop.test', 'old.example']) {
    const { CertificateArn } = await acm.send(new RequestCertificateCommand({ DomainName }));
    made.push(required(CertificateArn, 'certificate'));
  }
  certificates = made;
  const { LoadBalancers } = await balancing.send(new CreateLoadBalancerCommand({ Name: 'web', Subnets: subnets }));
  const answer = { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'ok' };
  const { Listeners } = await balancing.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: made[0] }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: answer }],
    }),
  );
  await balancing.send(
    new AddListenerCertificatesCommand({
      ListenerArn: Listeners?.[0]?.ListenerArn,
      Certificates: made.slice(1).map((CertificateArn) => ({ CertificateArn })),
    }),
  );
  for (const client of [balancing, acm]) client.destroy();
}

/** A group that makes its machines the older way. */
async function makeMachines(config: Config): Promise<void> {
  const [autoScaling, iam] = [new AutoScalingClient(config), new IAMClient(config)];
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'web' }));
  await autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: 'web-7',
      ImageId: 'ami-12c6146b',
      InstanceType: 't3.micro',
      KeyName: 'ops',
      IamInstanceProfile: 'web',
      SecurityGroups: [group],
      UserData: Buffer.from('export TOKEN=not-for-anybody').toString('base64'),
    }),
  );
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web',
      LaunchConfigurationName: 'web-7',
      MinSize: 0,
      MaxSize: 2,
      VPCZoneIdentifier: subnets.join(','),
    }),
  );
  for (const client of [autoScaling, iam]) client.destroy();
}

/** A bucket that is copied into another one. */
async function makeReplication(config: Config): Promise<void> {
  const [s3, iam] = [new S3Client({ ...config, forcePathStyle: true }), new IAMClient(config)];
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'copies', AssumeRolePolicyDocument: '{}' }));
  for (const Bucket of ['orders', 'orders-copy']) {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'orders',
      ReplicationConfiguration: {
        Role: required(Role?.Arn, 'role'),
        Rules: [
          {
            ID: 'all',
            Priority: 1,
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: 'arn:aws:s3:::orders-copy' },
          },
        ],
      },
    }),
  );
  for (const client of [s3, iam]) client.destroy();
}

test('a listener refers to every certificate it may answer with', () => {
  const references = mapped.relationships.filter(
    ({ type, from }) => type === 'REFERENCES' && from.includes(':listener/'),
  );
  expect([...new Set(references.map(({ to }) => to))].sort()).toEqual([...certificates].sort());
});

test('a launch configuration says what machines its group makes', () => {
  expect(
    mapped.edges('DERIVED_FROM', /autoScalingGroup/u).map((edge) => edge.replaceAll(/:[0-9a-f-]{36}:/gu, ':x:')),
  ).toEqual(['autoScalingGroup:x:autoScalingGroupName/web → launchConfiguration:x:launchConfigurationName/web-7']);
  const configuration = /launchConfigurationName\/web-7/u;
  const ends = (type: string): readonly string[] =>
    mapped
      .edges(type, configuration)
      .flatMap((edge) => (edge.startsWith('launchConfiguration') ? edge.split(' → ')[1] : []) ?? []);
  expect(ends('DERIVED_FROM')).toEqual(['image/ami-12c6146b']);
  expect(ends('PROTECTED_BY')).toEqual([`security-group/${group}`]);
  expect(ends('RUNS_AS')).toEqual(['instance-profile/web']);
  expect(ends('REFERENCES')).toEqual(['key-pair/ops']);
  expect(JSON.stringify(mapped.resources)).not.toContain(Buffer.from('export TOKEN').toString('base64').slice(0, 12));
});

test('a bucket that is replicated leads to its copy, by a role', () => {
  expect(mapped.edges('TARGETS', /orders/u)).toEqual(['orders → orders-copy']);
  expect(mapped.edges('RUNS_AS', /orders/u)).toEqual(['orders → role/copies']);
  expect(mapped.named('aws.s3.bucket')['orders']?.raw).toMatchObject({
    ReplicationConfiguration: { Rules: [{ ID: 'all', Status: 'Enabled' }] },
  });
});
