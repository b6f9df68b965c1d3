import {
  AttachLoadBalancerToSubnetsCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingClient,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateSnapshotCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
let mapped: Mapped;
let instance: string;
let volume: string;
let image: string;

beforeAll(async () => {
  const ec2 = new EC2Client(bench.config());
  const balancing = new ElasticLoadBalancingClient(bench.config());
  const vpc = required((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.5.0.0/16' }))).Vpc?.VpcId, 'VpcId');
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.5.0.0/24', AvailabilityZone: `${region}a` }),
  );
  const subnet = required(Subnet?.SubnetId, 'SubnetId');
  await ec2.send(new CreateKeyPairCommand({ KeyName: 'ops' }));
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
      KeyName: 'ops',
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'kubernetes.io/cluster/shop', Value: 'owned' }] }],
    }),
  );
  instance = required(Instances?.[0]?.InstanceId, 'InstanceId');
  const created = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 8 }));
  volume = required(created.VolumeId, 'VolumeId');
  await ec2.send(new CreateSnapshotCommand({ VolumeId: volume, Description: 'before the change' }));
  const made = await ec2.send(new CreateImageCommand({ InstanceId: instance, Name: 'golden' }));
  image = required(made.ImageId, 'ImageId');
  await balancing.send(
    new CreateLoadBalancerCommand({
      LoadBalancerName: 'old-shop',
      Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
      Subnets: [subnet],
      Tags: [{ Key: 'Owner', Value: 'm.olsen' }],
    }),
  );
  await balancing.send(new AttachLoadBalancerToSubnetsCommand({ LoadBalancerName: 'old-shop', Subnets: [subnet] }));
  await balancing.send(
    new RegisterInstancesWithLoadBalancerCommand({
      LoadBalancerName: 'old-shop',
      Instances: [{ InstanceId: instance }],
    }),
  );
  ec2.destroy();
  balancing.destroy();
  mapped = await bench.map('aws.ec2.', 'aws.elasticloadbalancing.');
});

test('only the account’s own images and snapshots are listed', () => {
  const images = mapped.resources.filter(({ kind }) => kind === 'aws.ec2.image');
  expect(images.map(({ nativeId, name }) => [nativeId, name])).toEqual([[image, 'golden']]);
  const snapshots = mapped.named('aws.ec2.snapshot');
  expect(snapshots['before the change']).toBeDefined();
  expect(mapped.edges('DERIVED_FROM', new RegExp(volume, 'u'))).toEqual([
    `snapshot/${snapshots['before the change']?.nativeId} → volume/${volume}`,
  ]);
  expect(mapped.edges('DERIVED_FROM', new RegExp(`image/${image}`, 'u')).length).toBeGreaterThan(0);
});

test('a machine names its key pair and the cluster it is a node of', () => {
  expect(mapped.edges('REFERENCES', new RegExp(instance, 'u'))).toEqual([`instance/${instance} → key-pair/ops`]);
  expect(Object.keys(mapped.named('aws.ec2.key-pair'))).toEqual(['ops']);
  expect(mapped.edges('MANAGED_BY', new RegExp(instance, 'u'))).toEqual([`instance/${instance} → cluster/shop`]);
});

test('a balancer of the first generation leads to its machines', () => {
  expect(mapped.edges('TARGETS', /loadbalancer\/old-shop/u)).toEqual([`loadbalancer/old-shop → instance/${instance}`]);
  const balancer = mapped.named('aws.elasticloadbalancing.classic-loadbalancer')['old-shop'];
  expect(balancer).toMatchObject({ public: true, tags: { Owner: 'm.olsen' } });
});
