import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { foreignGateways, foreignNetworks } from '../ec2-network/foreign-places.ts';
import { convertRouteTable } from '../ec2-network/convert-routes.ts';
import { convertSubnet } from '../ec2-network/convert.ts';
import { type AwsPlace, ec2Arn } from '../place.ts';
import { convertEndpointService, convertVpcEndpoint } from './convert-endpoint.ts';
import { convertPeering } from './convert-peering.ts';
import {
  convertTransitGateway,
  convertTransitGatewayAttachment,
  convertTransitGatewayRouteTable,
} from './convert-transit-gateway.ts';
import { convertCustomerGateway, convertVpnConnection, convertVpnGateway } from './convert-vpn.ts';

const account = '111122223333';
const hub = '444455556666';
const place: AwsPlace = {
  partition: 'aws',
  accountId: account,
  scopeId: `aws:account:${account}`,
  region: 'eu-west-1',
  accountLabel: account,
};
const atHub: AwsPlace = { ...place, accountId: hub, scopeId: `aws:account:${hub}` };

test('a peering is one resource seen from both sides, and leads to both networks', () => {
  const peering = {
    VpcPeeringConnectionId: 'pcx-1',
    RequesterVpcInfo: { OwnerId: hub, VpcId: 'vpc-hub', Region: 'us-east-1' },
    AccepterVpcInfo: { OwnerId: account, VpcId: 'vpc-1', Region: 'eu-west-1' },
    Status: { Code: 'active' as const },
  };
  const accepter = convertPeering(peering, place);
  const requester = convertPeering(peering, { ...atHub, region: 'us-east-1' });
  expect(accepter.resource).toEqual(requester.resource);
  expect(accepter.resource).toMatchObject({ scopeId: `aws:account:${hub}`, region: 'us-east-1', state: 'active' });
  expect(edgeLines(accepter.relationships)).toEqual([
    `${hub}:vpc-peering-connection/pcx-1 -PEERED_WITH-> ${hub}:vpc/vpc-hub`,
    `${hub}:vpc-peering-connection/pcx-1 -PEERED_WITH-> ${account}:vpc/vpc-1`,
  ]);
});

test('a shared transit gateway is one resource, and routes to it name its owner', () => {
  const gateway = { TransitGatewayId: 'tgw-1', OwnerId: hub, State: 'available' as const };
  expect(convertTransitGateway(gateway, place).resource).toEqual(convertTransitGateway(gateway, atHub).resource);
  const foreign = foreignGateways(place, {
    gateways: [gateway],
    peerings: [{ VpcPeeringConnectionId: 'pcx-1', RequesterVpcInfo: { OwnerId: hub, Region: 'us-east-1' } }],
  });
  const { relationships } = convertRouteTable(
    {
      RouteTableId: 'rtb-1',
      OwnerId: account,
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-1' },
        { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1' },
        { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
      ],
    },
    { ...place, foreign },
  );
  expect(relationships.map(({ to }) => to)).toEqual([
    `arn:aws:ec2:eu-west-1:${hub}:transit-gateway/tgw-1`,
    `arn:aws:ec2:us-east-1:${hub}:vpc-peering-connection/pcx-1`,
    `arn:aws:ec2:eu-west-1:${account}:natgateway/nat-1`,
  ]);
});

test('a shared subnet and its network belong to their owner wherever they are named', () => {
  const subnet = { SubnetId: 'subnet-1', VpcId: 'vpc-hub', OwnerId: hub };
  const foreign = foreignNetworks(place, {
    subnets: [subnet, { SubnetId: 'subnet-2', VpcId: 'vpc-1', OwnerId: account }],
    vpcs: [],
  });
  const here = { ...place, foreign };
  expect(ec2Arn(here, 'subnet/subnet-1', account)).toBe(`arn:aws:ec2:eu-west-1:${hub}:subnet/subnet-1`);
  expect(ec2Arn(here, 'vpc/vpc-hub')).toBe(`arn:aws:ec2:eu-west-1:${hub}:vpc/vpc-hub`);
  expect(ec2Arn(here, 'subnet/subnet-2')).toBe(`arn:aws:ec2:eu-west-1:${account}:subnet/subnet-2`);
  expect(convertSubnet(subnet, here).resource.scopeId).toBe(`aws:account:${hub}`);
});

test('an attachment joins a network of one account to the gateway of another', () => {
  const { resource, relationships } = convertTransitGatewayAttachment(
    {
      attachment: {
        TransitGatewayAttachmentId: 'tgw-attach-1',
        TransitGatewayId: 'tgw-1',
        TransitGatewayOwnerId: hub,
        ResourceOwnerId: account,
        ResourceType: 'vpc',
        ResourceId: 'vpc-1',
        State: 'available',
        Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
      },
      vpc: { SubnetIds: ['subnet-1'] },
      peering: null,
    },
    place,
  );
  expect(resource.id).toBe(`arn:aws:ec2:eu-west-1:${hub}:transit-gateway-attachment/tgw-attach-1`);
  expect(edgeLines(relationships)).toEqual([
    `${hub}:transit-gateway-attachment/tgw-attach-1 -ATTACHED_TO-> ${hub}:transit-gateway/tgw-1`,
    `${hub}:transit-gateway-route-table/tgw-rtb-1 -ATTACHED_TO-> ${hub}:transit-gateway-attachment/tgw-attach-1`,
    `${hub}:transit-gateway-attachment/tgw-attach-1 -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${hub}:transit-gateway-attachment/tgw-attach-1 -IN_NETWORK-> ${account}:subnet/subnet-1`,
  ]);
});

test.each([
  ['vpn', 'vpn-1', `arn:aws:ec2:eu-west-1:${account}:vpn-connection/vpn-1`],
  ['direct-connect-gateway', 'dx-1', `arn:aws:directconnect::${account}:dx-gateway/dx-1`],
] as const)('an attached %s is the other end', (ResourceType, ResourceId, to) => {
  const attachment = { TransitGatewayAttachmentId: 'a', ResourceOwnerId: account, ResourceType, ResourceId };
  const { relationships } = convertTransitGatewayAttachment({ attachment, vpc: null, peering: null }, place);
  expect(relationships.map(({ type, to: end }) => [type, end])).toEqual([['PEERED_WITH', to]]);
});

test('two gateways that are peered lead to one another over regions', () => {
  const peering = {
    RequesterTgwInfo: { TransitGatewayId: 'tgw-1', OwnerId: hub, Region: 'eu-west-1' },
    AccepterTgwInfo: { TransitGatewayId: 'tgw-2', OwnerId: hub, Region: 'us-east-1' },
  };
  const attachment = { TransitGatewayAttachmentId: 'a', TransitGatewayId: 'tgw-1', TransitGatewayOwnerId: hub };
  const { relationships } = convertTransitGatewayAttachment({ attachment, vpc: null, peering }, atHub);
  expect(relationships.at(-1)?.to).toBe(`arn:aws:ec2:us-east-1:${hub}:transit-gateway/tgw-2`);
});

test('a transit gateway’s routes lead to attachments, with their destination', () => {
  const { relationships } = convertTransitGatewayRouteTable(
    {
      table: { TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1' },
      routes: [
        {
          DestinationCidrBlock: '10.1.0.0/16',
          State: 'active',
          Type: 'propagated',
          TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1', ResourceId: 'vpc-1' }],
        },
        { DestinationCidrBlock: '10.9.0.0/16', State: 'blackhole', Type: 'static' },
      ],
    },
    atHub,
  );
  expect(edgeLines(relationships)).toEqual([
    `${hub}:transit-gateway/tgw-1 -CONTAINS-> ${hub}:transit-gateway-route-table/tgw-rtb-1`,
    `${hub}:transit-gateway-route-table/tgw-rtb-1 -ROUTES_TO-> ${hub}:transit-gateway-attachment/tgw-attach-1`,
  ]);
  expect(relationships[1]?.properties).toMatchObject({ destination: '10.1.0.0/16', origin: 'propagated' });
});

test('a VPN leads from its gateway to the device elsewhere, and keeps none of its keys', () => {
  const { resource, relationships } = convertVpnConnection(
    {
      VpnConnectionId: 'vpn-1',
      CustomerGatewayId: 'cgw-1',
      VpnGatewayId: 'vgw-1',
      CustomerGatewayConfiguration: '<xml>hush</xml>',
      Options: { TunnelOptions: [{ PreSharedKey: 'hush' }] },
      VgwTelemetry: [{ OutsideIpAddress: '192.0.2.7' }],
    },
    place,
  );
  expect(JSON.stringify(resource.raw)).not.toContain('hush');
  expect(edgeLines(relationships)).toEqual([
    `${account}:vpn-connection/vpn-1 -PEERED_WITH-> ${account}:customer-gateway/cgw-1`,
    `${account}:vpn-connection/vpn-1 -ATTACHED_TO-> ${account}:vpn-gateway/vgw-1`,
    `${account}:vpn-connection/vpn-1 -HAS_ADDRESS-> ip:192.0.2.7`,
  ]);
  const gateway = convertVpnGateway(
    {
      VpnGatewayId: 'vgw-1',
      VpcAttachments: [
        { VpcId: 'vpc-1', State: 'attached' },
        { VpcId: 'vpc-2', State: 'detached' },
      ],
    },
    place,
  );
  expect(edgeLines(gateway.relationships)).toEqual([
    `${account}:vpn-gateway/vgw-1 -ATTACHED_TO-> ${account}:vpc/vpc-1`,
  ]);
  const device = convertCustomerGateway({ CustomerGatewayId: 'cgw-1', IpAddress: '203.0.113.9' }, place);
  expect(device.resource.ip).toBe('203.0.113.9');
});

test('an endpoint stands in subnets behind groups and leads to the service', () => {
  const { relationships } = convertVpcEndpoint(
    {
      VpcEndpointId: 'vpce-1',
      VpcId: 'vpc-1',
      OwnerId: account,
      SubnetIds: ['subnet-1'],
      Groups: [{ GroupId: 'sg-1' }],
      NetworkInterfaceIds: ['eni-1'],
      ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b',
      DnsEntries: [{ DnsName: 'VPCE-1.vpce-svc-0a1b.eu-west-1.vpce.amazonaws.com' }],
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:vpc-endpoint/vpce-1 -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:vpc-endpoint/vpce-1 -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:vpc-endpoint/vpce-1 -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:network-interface/eni-1 -ATTACHED_TO-> ${account}:vpc-endpoint/vpce-1`,
    `${account}:vpc-endpoint/vpce-1 -HAS_ADDRESS-> dns:vpce-1.vpce-svc-0a1b.eu-west-1.vpce.amazonaws.com`,
    `${account}:vpc-endpoint/vpce-1 -TARGETS-> :vpc-endpoint-service/vpce-svc-0a1b`,
  ]);
  const balancer = `arn:aws:elasticloadbalancing:eu-west-1:${hub}:loadbalancer/net/x/1`;
  const offered = convertEndpointService({ ServiceId: 'vpce-svc-0a1b', NetworkLoadBalancerArns: [balancer] }, atHub);
  expect(offered.resource.id).toBe(relationships.at(-1)?.to);
  expect(offered.relationships.map(({ to }) => to)).toEqual([balancer]);
});
