import type { Json, JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';

/** What one instance of the small shop in these tests is like. */
export interface ShopOptions {
  readonly account: string;
  readonly region: string;
  /** Prefix of every name. */
  readonly name: string;
  readonly cidr: string;
  /** Zone letters with a private subnet, as the number of their range inside the network. */
  readonly privateZones: Readonly<Record<string, number>>;
  readonly visibility: number;
  readonly size: string;
}

export const northShop: ShopOptions = {
  account: '111111111111',
  region: 'us-east-1',
  name: 'shop-us-east-1',
  cidr: '10.1.0.0/16',
  privateZones: { a: 100, b: 101 },
  visibility: 60,
  size: 'db.m5.large',
};

export const southShop: ShopOptions = {
  account: '111111111111',
  region: 'eu-west-1',
  name: 'shop-eu-west-1',
  cidr: '10.2.0.0/16',
  privateZones: { a: 100, b: 101, c: 102 },
  visibility: 45,
  size: 'db.t3.medium',
};

export interface FactOptions {
  readonly kind: string;
  readonly id: string;
  readonly nativeId: string;
  readonly raw: JsonObject;
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly region?: string;
}

/** One resource as discovery hands it on. */
export function factIn(place: Pick<ShopOptions, 'account' | 'region'>, options: FactOptions): ResourceFact {
  const tags = options.tags ?? {};
  return {
    id: options.id,
    cloud: 'aws',
    kind: options.kind,
    category: 'other',
    name: tags['Name'] ?? options.name ?? options.nativeId,
    nativeId: options.nativeId,
    scopeId: `aws:account:${place.account}`,
    region: options.region ?? place.region,
    zone: null,
    state: null,
    createdAt: null,
    public: null,
    cidr: null,
    ip: null,
    tags: { ...tags },
    raw: options.raw,
  };
}

/** A small shop: network, private subnets with their table, two groups, a database with its group, queues, a role. */
export function shopFacts(shop: ShopOptions): readonly ResourceFact[] {
  const tag = (name: string): Record<string, string> => ({ Name: name, Application: 'shop', Stack: shop.name });
  const id = (short: string): string => `${short}-${shop.region}`;
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${shop.region}:${shop.account}:${resource}`;
  const make = (options: FactOptions): ResourceFact => factIn(shop, options);
  const [network = '', size = ''] = shop.cidr.split('/');
  const prefix = network.split('.').slice(0, 2).join('.');
  const zones = Object.entries(shop.privateZones);
  const groupRule = (port: number, sources: JsonObject): JsonObject => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    ...sources,
  });
  const allOut: Json = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  const queue = (name: string, attributes: JsonObject): ResourceFact =>
    make({
      kind: 'aws.sqs.queue',
      id: arn('sqs', name),
      nativeId: name,
      raw: { QueueUrl: `https://sqs.test/${shop.account}/${name}`, QueueName: name, Attributes: attributes },
      tags: tag(name),
    });
  return [
    make({
      kind: 'aws.ec2.vpc',
      id: arn('ec2', `vpc/${id('vpc')}`),
      nativeId: id('vpc'),
      raw: { VpcId: id('vpc'), CidrBlock: `${network}/${size}`, EnableDnsSupport: true, EnableDnsHostnames: true },
      tags: tag(shop.name),
    }),
    ...zones.map(([zone, number]) =>
      make({
        kind: 'aws.ec2.subnet',
        id: arn('ec2', `subnet/${id(`subnet-${zone}`)}`),
        nativeId: id(`subnet-${zone}`),
        raw: {
          VpcId: id('vpc'),
          CidrBlock: `${prefix}.${number}.0/24`,
          AvailabilityZone: `${shop.region}${zone}`,
          MapPublicIpOnLaunch: false,
        },
        tags: tag(`${shop.name}-private-${zone}`),
      }),
    ),
    make({
      kind: 'aws.ec2.route-table',
      id: arn('ec2', `route-table/${id('rtb')}`),
      nativeId: id('rtb'),
      raw: {
        VpcId: id('vpc'),
        Routes: [{ GatewayId: 'local', DestinationCidrBlock: shop.cidr }],
        Associations: zones.map(([zone]) => ({ SubnetId: id(`subnet-${zone}`), Main: false })),
      },
      tags: tag(`${shop.name}-private`),
    }),
    make({
      kind: 'aws.ec2.security-group',
      id: arn('ec2', `security-group/${id('sg-web')}`),
      nativeId: id('sg-web'),
      raw: {
        GroupName: `${shop.name}-web`,
        Description: 'Visitors',
        VpcId: id('vpc'),
        IpPermissions: [groupRule(443, { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'web' }] })],
        IpPermissionsEgress: allOut,
      },
      tags: tag(`${shop.name}-web`),
    }),
    make({
      kind: 'aws.ec2.security-group',
      id: arn('ec2', `security-group/${id('sg-data')}`),
      nativeId: id('sg-data'),
      raw: {
        GroupName: `${shop.name}-data`,
        Description: 'Application to database',
        VpcId: id('vpc'),
        IpPermissions: [
          groupRule(5432, { UserIdGroupPairs: [{ GroupId: id('sg-web') }], IpRanges: [{ CidrIp: shop.cidr }] }),
        ],
        IpPermissionsEgress: allOut,
      },
      tags: tag(`${shop.name}-data`),
    }),
    make({
      kind: 'aws.rds.subgrp',
      id: arn('rds', `subgrp:${shop.name}-database`),
      nativeId: `${shop.name}-database`,
      raw: {
        DBSubnetGroupName: `${shop.name}-database`,
        DBSubnetGroupDescription: 'Private subnets',
        Subnets: zones.map(([zone]) => ({ SubnetIdentifier: id(`subnet-${zone}`) })),
      },
      tags: tag(`${shop.name}-database`),
    }),
    make({
      kind: 'aws.rds.db',
      id: arn('rds', `db:${shop.name}-orders`),
      nativeId: `${shop.name}-orders`,
      raw: {
        DBInstanceIdentifier: `${shop.name}-orders`,
        DBInstanceClass: shop.size,
        Engine: 'postgres',
        EngineVersion: '15.4',
        AllocatedStorage: 20,
        DBName: 'orders',
        MasterUsername: 'orders',
        MultiAZ: false,
        Endpoint: { Address: `${shop.name}.db.test`, Port: 5432 },
        DBSubnetGroup: { DBSubnetGroupName: `${shop.name}-database` },
        VpcSecurityGroups: [{ VpcSecurityGroupId: id('sg-data') }],
      },
      tags: tag(`${shop.name}-orders`),
    }),
    queue(`${shop.name}-failed`, { VisibilityTimeout: '30', MessageRetentionPeriod: '1209600' }),
    queue(`${shop.name}-orders`, {
      VisibilityTimeout: String(shop.visibility),
      MessageRetentionPeriod: '345600',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', `${shop.name}-failed`), maxReceiveCount: 5 }),
    }),
    make({
      kind: 'aws.iam.role',
      id: `arn:aws:iam::${shop.account}:role/${shop.name}-worker`,
      nativeId: `${shop.name}-worker`,
      raw: {
        RoleName: `${shop.name}-worker`,
        Path: '/',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        InlinePolicies: [
          {
            PolicyName: `${shop.name}-worker-access`,
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['sqs:*'], Resource: [arn('sqs', `${shop.name}-orders`)] }],
            },
          },
        ],
      },
      tags: tag(`${shop.name}-worker`),
      region: 'global',
    }),
  ];
}

/** A relationship as discovery hands it on. */
export function edge(type: RelationshipFact['type'], from: string, to: string): RelationshipFact {
  return { type, from, to, source: 'test', confidence: 1, properties: {} };
}
