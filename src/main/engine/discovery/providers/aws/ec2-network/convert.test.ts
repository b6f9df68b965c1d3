import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import type { AwsPlace } from '../place.ts';
import {
  convertAddress,
  convertInternetGateway,
  convertNatGateway,
  convertNetworkInterface,
  convertSubnet,
  convertVpc,
} from './convert.ts';
import { convertRouteTable } from './convert-routes.ts';
import { convertSecurityGroup } from './convert-security-group.ts';

const place: AwsPlace = {
  partition: 'aws',
  accountId: '111122223333',
  scopeId: 'aws:account:111122223333',
  region: 'eu-west-1',
  accountLabel: 'production (111122223333)',
};
const owner = '444455556666';

test('a VPC has its ranges as addresses and its DNS settings in the body', () => {
  const { resource, relationships } = convertVpc(
    {
      vpc: {
        VpcId: 'vpc-1',
        OwnerId: '111122223333',
        State: 'available',
        CidrBlock: '10.0.0.0/16',
        CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16' }, { CidrBlock: '10.1.0.0/16' }],
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8::/56' }],
        Tags: [{ Key: 'Name', Value: 'main' }],
      },
      dnsSupport: true,
      dnsHostnames: null,
    },
    place,
  );
  expect(resource).toMatchObject({
    id: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1',
    kind: 'aws.ec2.vpc',
    category: 'network',
    name: 'main',
    nativeId: 'vpc-1',
    cidr: '10.0.0.0/16',
    state: 'available',
    raw: { EnableDnsSupport: true, EnableDnsHostnames: null },
  });
  expect(edgeLines(relationships)).toEqual([
    '111122223333:vpc/vpc-1 -HAS_ADDRESS-> cidr:10.0.0.0/16',
    '111122223333:vpc/vpc-1 -HAS_ADDRESS-> cidr:10.1.0.0/16',
    '111122223333:vpc/vpc-1 -HAS_ADDRESS-> cidr:2001:db8::/56',
  ]);
});

test('a subnet shared by another account keeps its owner, so that all who see it see one node', () => {
  const { resource, relationships } = convertSubnet(
    { SubnetId: 'subnet-1', VpcId: 'vpc-1', OwnerId: owner, AvailabilityZone: 'eu-west-1a', MapPublicIpOnLaunch: true },
    place,
  );
  expect(resource).toMatchObject({
    id: `arn:aws:ec2:eu-west-1:${owner}:subnet/subnet-1`,
    scopeId: `aws:account:${owner}`,
    zone: 'eu-west-1a',
    public: true,
  });
  expect(edgeLines(relationships)).toEqual([
    `${owner}:vpc/vpc-1 -CONTAINS-> ${owner}:subnet/subnet-1`,
    `${owner}:subnet/subnet-1 -IN_NETWORK-> ${owner}:vpc/vpc-1`,
  ]);
});

test('gateways hang where they are attached', () => {
  expect(
    edgeLines(
      convertInternetGateway(
        { InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1', State: 'attached' }] },
        place,
      ).relationships,
    ),
  ).toEqual(['111122223333:internet-gateway/igw-1 -ATTACHED_TO-> 111122223333:vpc/vpc-1']);
  expect(convertInternetGateway({ InternetGatewayId: 'igw-2' }, place).resource.state).toBe('detached');
  const nat = convertNatGateway(
    {
      NatGatewayId: 'nat-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      ConnectivityType: 'public',
      NatGatewayAddresses: [{ AllocationId: 'eipalloc-1', PublicIp: '192.0.2.1' }],
    },
    place,
  );
  expect(nat.resource).toMatchObject({ public: true, ip: '192.0.2.1' });
  expect(edgeLines(nat.relationships)).toEqual([
    '111122223333:natgateway/nat-1 -IN_NETWORK-> 111122223333:subnet/subnet-1',
    '111122223333:natgateway/nat-1 -IN_NETWORK-> 111122223333:vpc/vpc-1',
    '111122223333:natgateway/nat-1 -HAS_ADDRESS-> 111122223333:elastic-ip/eipalloc-1',
  ]);
});

test('addresses and interfaces lead to what they belong to; private addresses are no nodes', () => {
  expect(convertAddress({ PublicIp: '192.0.2.9', AllocationId: 'eipalloc-9' }, place).resource).toMatchObject({
    name: '192.0.2.9',
    state: 'unassociated',
    ip: '192.0.2.9',
  });
  const { resource, relationships } = convertNetworkInterface(
    {
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      Groups: [{ GroupId: 'sg-1' }],
      PrivateIpAddress: '10.0.0.4',
      Attachment: { InstanceId: 'i-1', InstanceOwnerId: '111122223333', DeviceIndex: 0 },
      Association: { PublicIp: '192.0.2.7' },
    },
    place,
  );
  expect(resource).toMatchObject({ ip: '192.0.2.7', public: true });
  expect(edgeLines(relationships)).toEqual([
    '111122223333:network-interface/eni-1 -IN_NETWORK-> 111122223333:subnet/subnet-1',
    '111122223333:network-interface/eni-1 -PROTECTED_BY-> 111122223333:security-group/sg-1',
    '111122223333:network-interface/eni-1 -ATTACHED_TO-> 111122223333:instance/i-1',
    '111122223333:network-interface/eni-1 -HAS_ADDRESS-> ip:192.0.2.7',
  ]);
});

test('each route leads to its target with its destination; the local route leads nowhere', () => {
  const { relationships } = convertRouteTable(
    {
      RouteTableId: 'rtb-1',
      VpcId: 'vpc-1',
      Associations: [
        { SubnetId: 'subnet-1', RouteTableAssociationId: 'rtbassoc-1', Main: false },
        { RouteTableAssociationId: 'rtbassoc-2', Main: true },
      ],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' },
        { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' },
        { DestinationCidrBlock: '10.2.0.0/16', VpcPeeringConnectionId: 'pcx-1' },
        { DestinationCidrBlock: '10.3.0.0/16', TransitGatewayId: 'tgw-1' },
        { DestinationCidrBlock: '10.4.0.0/16', NatGatewayId: 'nat-1' },
        { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1' },
        { DestinationCidrBlock: '10.5.0.0/16', GatewayId: 'vgw-1' },
      ],
    },
    place,
  );
  const table = '111122223333:route-table/rtb-1';
  expect(edgeLines(relationships)).toEqual([
    `${table} -IN_NETWORK-> 111122223333:vpc/vpc-1`,
    `${table} -ATTACHED_TO-> 111122223333:subnet/subnet-1`,
    `${table} -ATTACHED_TO-> 111122223333:vpc/vpc-1`,
    `${table} -ROUTES_TO-> 111122223333:internet-gateway/igw-1`,
    `${table} -ROUTES_TO-> 111122223333:egress-only-internet-gateway/eigw-1`,
    `${table} -ROUTES_TO-> 111122223333:vpc-peering-connection/pcx-1`,
    `${table} -ROUTES_TO-> 111122223333:transit-gateway/tgw-1`,
    `${table} -ROUTES_TO-> 111122223333:natgateway/nat-1`,
    `${table} -ROUTES_TO-> 111122223333:vpc-endpoint/vpce-1`,
    `${table} -ROUTES_TO-> 111122223333:vpn-gateway/vgw-1`,
  ]);
  expect(relationships[3]?.properties).toEqual({
    id: 'arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-1#0.0.0.0/0→arn:aws:ec2:eu-west-1:111122223333:internet-gateway/igw-1',
    destination: '0.0.0.0/0',
    state: 'active',
    origin: null,
  });
});

test('rules allow from who may start to who is reached, with ports, direction and reason', () => {
  const { resource, relationships } = convertSecurityGroup(
    {
      GroupId: 'sg-1',
      GroupName: 'web',
      VpcId: 'vpc-1',
      OwnerId: '111122223333',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'web' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
          UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: owner }],
        },
      ],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    },
    place,
  );
  expect(resource).toMatchObject({ name: 'web', public: true });
  expect(edgeLines(relationships)).toEqual([
    '111122223333:security-group/sg-1 -IN_NETWORK-> 111122223333:vpc/vpc-1',
    'cidr:0.0.0.0/0 -ALLOWS-> 111122223333:security-group/sg-1',
    'cidr:::/0 -ALLOWS-> 111122223333:security-group/sg-1',
    '111122223333:prefix-list/pl-1 -ALLOWS-> 111122223333:security-group/sg-1',
    `${owner}:security-group/sg-9 -ALLOWS-> 111122223333:security-group/sg-1`,
    '111122223333:security-group/sg-1 -ALLOWS-> cidr:10.0.0.0/8',
  ]);
  expect(relationships[1]?.properties).toEqual({
    id: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1#ingress:tcp:443-443→cidr:0.0.0.0/0',
    direction: 'ingress',
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    description: 'web',
  });
  expect(relationships[5]?.properties).toMatchObject({ direction: 'egress', protocol: 'all', fromPort: null });
});

test('an item without its id is not AWS: the cell fails instead of holding a nameless thing', () => {
  expect(() => convertSubnet({ VpcId: 'vpc-1' }, place)).toThrow('SubnetId');
});
