import {
  AttachInternetGatewayCommand,
  AttachVpnGatewayCommand,
  CreateCustomerGatewayCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayRouteTableCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  CreateVpnConnectionCommand,
  CreateVpnGatewayCommand,
  EC2Client,
  AcceptVpcPeeringConnectionCommand,
} from '@aws-sdk/client-ec2';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
let mapped: Mapped;
const made: Record<string, string> = {};

beforeAll(async () => {
  const ec2 = new EC2Client(bench.config());
  const vpc = async (CidrBlock: string) => {
    const answer = await ec2.send(new CreateVpcCommand({ CidrBlock }));
    return required(answer.Vpc?.VpcId, 'VpcId');
  };
  const [near, far] = [await vpc('10.1.0.0/16'), await vpc('10.2.0.0/16')];
  const subnetAnswer = await ec2.send(
    new CreateSubnetCommand({ VpcId: near, CidrBlock: '10.1.1.0/24', AvailabilityZone: `${region}a` }),
  );
  const subnet = required(subnetAnswer.Subnet?.SubnetId, 'SubnetId');
  const tableAnswer = await ec2.send(new CreateRouteTableCommand({ VpcId: near }));
  const table = required(tableAnswer.RouteTable?.RouteTableId, 'RouteTableId');
  const peeringAnswer = await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId: near, PeerVpcId: far }));
  const peering = required(peeringAnswer.VpcPeeringConnection?.VpcPeeringConnectionId, 'peering');
  await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId: peering }));
  const gatewayAnswer = await ec2.send(new CreateTransitGatewayCommand({ Description: 'hub' }));
  const gateway = required(gatewayAnswer.TransitGateway?.TransitGatewayId, 'TransitGatewayId');
  const attachmentAnswer = await ec2.send(
    new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId: gateway, VpcId: near, SubnetIds: [subnet] }),
  );
  const attachment = required(attachmentAnswer.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId, 'attachment');
  const gatewayTableAnswer = await ec2.send(new CreateTransitGatewayRouteTableCommand({ TransitGatewayId: gateway }));
  const gatewayTable = required(gatewayTableAnswer.TransitGatewayRouteTable?.TransitGatewayRouteTableId, 'table');
  await ec2.send(
    new CreateTransitGatewayRouteCommand({
      DestinationCidrBlock: '10.9.0.0/16',
      TransitGatewayRouteTableId: gatewayTable,
      TransitGatewayAttachmentId: attachment,
    }),
  );
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: table,
      DestinationCidrBlock: '10.2.0.0/16',
      VpcPeeringConnectionId: peering,
    }),
  );
  await ec2.send(
    new CreateRouteCommand({ RouteTableId: table, DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: gateway }),
  );
  const internetAnswer = await ec2.send(new CreateInternetGatewayCommand({}));
  const internet = required(internetAnswer.InternetGateway?.InternetGatewayId, 'internet gateway');
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: internet, VpcId: near }));
  const outAnswer = await ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId: near }));
  const out = required(outAnswer.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId, 'egress gateway');
  const vpnGatewayAnswer = await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
  const vpnGateway = required(vpnGatewayAnswer.VpnGateway?.VpnGatewayId, 'VPN gateway');
  await ec2.send(new AttachVpnGatewayCommand({ VpnGatewayId: vpnGateway, VpcId: near }));
  const deviceAnswer = await ec2.send(
    new CreateCustomerGatewayCommand({ Type: 'ipsec.1', IpAddress: '203.0.113.7', BgpAsn: 65_000 }),
  );
  const device = required(deviceAnswer.CustomerGateway?.CustomerGatewayId, 'customer gateway');
  const vpnAnswer = await ec2.send(
    new CreateVpnConnectionCommand({ Type: 'ipsec.1', CustomerGatewayId: device, VpnGatewayId: vpnGateway }),
  );
  const vpn = required(vpnAnswer.VpnConnection?.VpnConnectionId, 'VPN connection');
  const endpointAnswer = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: near,
      ServiceName: `com.amazonaws.${region}.s3`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: [table],
    }),
  );
  const endpoint = required(endpointAnswer.VpcEndpoint?.VpcEndpointId, 'endpoint');
  await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '198.51.100.0/24' }],
    }),
  );
  ec2.destroy();
  Object.assign(made, { near, far, subnet, table, peering, gateway, attachment, gatewayTable });
  Object.assign(made, { internet, out, vpnGateway, device, vpn, endpoint });
  mapped = await bench.map('aws.ec2.');
});

test('routes lead to peerings, transit gateways and endpoints', () => {
  const routes = mapped.edges('ROUTES_TO', new RegExp(`route-table/${made['table']}`, 'u'));
  expect(routes).toEqual(
    [
      `route-table/${made['table']} → transit-gateway/${made['gateway']}`,
      `route-table/${made['table']} → vpc-endpoint/${made['endpoint']}`,
      `route-table/${made['table']} → vpc-peering-connection/${made['peering']}`,
    ].sort(),
  );
  // The server leaves out where such a route leads to; the route itself is read.
  const tables = mapped.named('aws.ec2.transit-gateway-route-table');
  expect(tables[made['gatewayTable'] ?? '']?.raw).toMatchObject({
    Routes: [{ DestinationCidrBlock: '10.9.0.0/16', State: 'active' }],
  });
});

test('a peering joins both networks, an attachment joins its network to the gateway', () => {
  expect(mapped.edges('PEERED_WITH', /vpc-peering-connection/u)).toEqual(
    [
      `vpc-peering-connection/${made['peering']} → vpc/${made['near']}`,
      `vpc-peering-connection/${made['peering']} → vpc/${made['far']}`,
    ].sort(),
  );
  const attachment = `transit-gateway-attachment/${made['attachment']}`;
  expect(mapped.edges('ATTACHED_TO', new RegExp(attachment, 'u'))).toContain(
    `${attachment} → transit-gateway/${made['gateway']}`,
  );
  expect(mapped.edges('IN_NETWORK', new RegExp(attachment, 'u'))).toEqual(
    [`${attachment} → subnet/${made['subnet']}`, `${attachment} → vpc/${made['near']}`].sort(),
  );
});

test('a VPN joins its gateway to the device elsewhere and keeps no key', () => {
  const vpn = `vpn-connection/${made['vpn']}`;
  expect(mapped.edges('PEERED_WITH', new RegExp(vpn, 'u'))).toEqual([`${vpn} → customer-gateway/${made['device']}`]);
  expect(mapped.edges('ATTACHED_TO', new RegExp(made['vpnGateway'] ?? '', 'u'))).toEqual(
    [`${vpn} → vpn-gateway/${made['vpnGateway']}`, `vpn-gateway/${made['vpnGateway']} → vpc/${made['near']}`].sort(),
  );
  const bodies = JSON.stringify(mapped.resources.map(({ raw }) => raw));
  expect(bodies).not.toMatch(/pre_shared_key/u);
});

test('network ACLs guard subnets, gateways hang on their network, prefix lists have ranges', () => {
  const guarded = mapped.edges('PROTECTED_BY', new RegExp(`subnet/${made['subnet']}`, 'u'));
  expect(guarded).toHaveLength(1);
  expect(guarded[0]).toMatch(/ → network-acl\/acl-/u);
  expect(mapped.edges('ATTACHED_TO', /egress-only/u)).toEqual([
    `egress-only-internet-gateway/${made['out']} → vpc/${made['near']}`,
  ]);
  const lists = mapped.named('aws.ec2.prefix-list');
  expect(Object.keys(lists)).toEqual(['offices']);
  expect(mapped.edges('HAS_ADDRESS', /prefix-list/u)[0]).toContain('cidr:198.51.100.0/24');
});
