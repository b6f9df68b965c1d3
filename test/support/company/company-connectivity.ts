import {
  AcceptVpcPeeringConnectionCommand,
  AttachVpnGatewayCommand,
  CreateCustomerGatewayCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateRouteCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  CreateVpnConnectionCommand,
  CreateVpnGatewayCommand,
} from '@aws-sdk/client-ec2';
import { type CompanyClients, required } from './company-clients.ts';
import { createSecurityGroup, fromAddresses, type Network } from './company-network.ts';
import { type Tags, tagged } from './company-tags.ts';

export interface HubPlan {
  readonly network: Network;
  readonly name: string;
  readonly cidr: string;
  readonly tags: Tags;
}

/** What makes a network the hub: a transit gateway, ways to AWS that avoid the internet, the offices' addresses. */
export async function createConnectivity(clients: CompanyClients, plan: HubPlan): Promise<void> {
  await createTransit(clients, plan);
  await createEndpoints(clients, plan);
  await clients.ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [
        { Cidr: '198.51.100.0/24', Description: 'office Hamburg' },
        { Cidr: '203.0.113.0/24', Description: 'office Boston' },
      ],
      TagSpecifications: tagged('prefix-list', 'offices', plan.tags),
    }),
  );
  await clients.ec2.send(
    new CreateEgressOnlyInternetGatewayCommand({
      VpcId: plan.network.vpcId,
      TagSpecifications: tagged('egress-only-internet-gateway', plan.name, plan.tags),
    }),
  );
}

async function createTransit({ ec2 }: CompanyClients, { network, name, tags }: HubPlan): Promise<void> {
  const made = await ec2.send(
    new CreateTransitGatewayCommand({
      Description: `Between the networks of ${name}`,
      TagSpecifications: tagged('transit-gateway', name, tags),
    }),
  );
  const TransitGatewayId = required(made.TransitGateway?.TransitGatewayId, 'transit gateway');
  await ec2.send(
    new CreateTransitGatewayVpcAttachmentCommand({
      TransitGatewayId,
      VpcId: network.vpcId,
      SubnetIds: [...network.privateSubnetIds],
      TagSpecifications: tagged('transit-gateway-attachment', name, tags),
    }),
  );
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: network.privateRouteTableId,
      DestinationCidrBlock: '10.0.0.0/8',
      TransitGatewayId,
    }),
  );
}

async function createEndpoints(clients: CompanyClients, { network, name, cidr, tags }: HubPlan): Promise<void> {
  const { ec2, region } = clients;
  const group = await createSecurityGroup(clients, {
    name: `${name}-endpoints`,
    description: 'The network to the endpoints of AWS',
    vpcId: network.vpcId,
    ingress: [fromAddresses(443, cidr, 'the network')],
    tags,
  });
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      ServiceName: `com.amazonaws.${region}.s3`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: [network.privateRouteTableId],
      TagSpecifications: tagged('vpc-endpoint', `${name}-s3`, tags),
    }),
  );
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: network.vpcId,
      ServiceName: `com.amazonaws.${region}.secretsmanager`,
      VpcEndpointType: 'Interface',
      SubnetIds: network.privateSubnetIds.slice(0, 2),
      SecurityGroupIds: [group],
      TagSpecifications: tagged('vpc-endpoint', `${name}-secretsmanager`, tags),
    }),
  );
}

/** The line of an office into a network. */
export async function createOfficeLine(
  { ec2 }: CompanyClients,
  plan: { readonly vpcId: string; readonly office: string; readonly address: string; readonly tags: Tags },
): Promise<void> {
  const { vpcId, office, address, tags } = plan;
  const gateway = await ec2.send(
    new CreateVpnGatewayCommand({ Type: 'ipsec.1', TagSpecifications: tagged('vpn-gateway', office, tags) }),
  );
  const VpnGatewayId = required(gateway.VpnGateway?.VpnGatewayId, 'VPN gateway');
  await ec2.send(new AttachVpnGatewayCommand({ VpnGatewayId, VpcId: vpcId }));
  const device = await ec2.send(
    new CreateCustomerGatewayCommand({
      Type: 'ipsec.1',
      IpAddress: address,
      BgpAsn: 65_000,
      TagSpecifications: tagged('customer-gateway', office, tags),
    }),
  );
  await ec2.send(
    new CreateVpnConnectionCommand({
      Type: 'ipsec.1',
      CustomerGatewayId: required(device.CustomerGateway?.CustomerGatewayId, 'customer gateway'),
      VpnGatewayId,
      TagSpecifications: tagged('vpn-connection', office, tags),
    }),
  );
}

interface PeeringEnd {
  readonly clients: CompanyClients;
  readonly vpcId: string;
}

/** Joins two networks, of two accounts or regions if need be. */
export async function peer(
  from: PeeringEnd,
  to: PeeringEnd,
  plan: { readonly name: string; readonly tags: Tags },
): Promise<void> {
  const made = await from.clients.ec2.send(
    new CreateVpcPeeringConnectionCommand({
      VpcId: from.vpcId,
      PeerVpcId: to.vpcId,
      PeerOwnerId: to.clients.accountId,
      PeerRegion: to.clients.region,
      TagSpecifications: tagged('vpc-peering-connection', plan.name, plan.tags),
    }),
  );
  const VpcPeeringConnectionId = required(made.VpcPeeringConnection?.VpcPeeringConnectionId, 'peering');
  await to.clients.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
}

/** A network in an account that nobody maps. */
export async function createForeignNetwork({ ec2 }: CompanyClients, cidr: string): Promise<string> {
  const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: cidr }));
  return required(vpc?.VpcId, 'VPC');
}
