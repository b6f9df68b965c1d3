import {
  type Address,
  DescribeAddressesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  type InternetGateway,
  type NatGateway,
  type NetworkInterface,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../aws-step.ts';
import { DetailReader, pagesOf } from '../calls/pages.ts';

// With a page size set, EC2 counts the call against the full request rate; without, against half of it.
const MaxResults = 500;

/** A VPC with the two settings that only a call of their own tells. */
export interface DetailedVpc {
  readonly vpc: Vpc;
  readonly dnsSupport: boolean | null;
  readonly dnsHostnames: boolean | null;
}

export async function* listVpcs(context: AwsContext): AsyncGenerator<ItemPage<DetailedVpc>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeVpcs',
    send: (NextToken, options) => ec2.send(new DescribeVpcsCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  const attribute = async (VpcId: string | undefined, Attribute: 'enableDnsSupport' | 'enableDnsHostnames') => {
    const answer = await details.read({
      permission: 'ec2:DescribeVpcAttribute',
      gone: ['InvalidVpcID.NotFound'],
      send: (options) => ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), options),
    });
    const value = Attribute === 'enableDnsSupport' ? answer?.EnableDnsSupport : answer?.EnableDnsHostnames;
    return value?.Value ?? null;
  };
  for await (const { Vpcs } of pages) {
    yield await details.each(listed(Vpcs, 'Vpcs'), async (vpc) => ({
      vpc,
      dnsSupport: await attribute(vpc.VpcId, 'enableDnsSupport'),
      dnsHostnames: await attribute(vpc.VpcId, 'enableDnsHostnames'),
    }));
  }
}

export async function* listSubnets(context: AwsContext): AsyncGenerator<ItemPage<Subnet>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeSubnets',
    send: (NextToken, options) => ec2.send(new DescribeSubnetsCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { Subnets } of pages) yield { items: listed(Subnets, 'Subnets') };
}

export async function* listRouteTables(context: AwsContext): AsyncGenerator<ItemPage<RouteTable>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeRouteTables',
    // This call alone takes at most 100 a page.
    send: (NextToken, options) => ec2.send(new DescribeRouteTablesCommand({ MaxResults: 100, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { RouteTables } of pages) yield { items: listed(RouteTables, 'RouteTables') };
}

export async function* listInternetGateways(context: AwsContext): AsyncGenerator<ItemPage<InternetGateway>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeInternetGateways',
    send: (NextToken, options) => ec2.send(new DescribeInternetGatewaysCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { InternetGateways } of pages) yield { items: listed(InternetGateways, 'InternetGateways') };
}

export async function* listNatGateways(context: AwsContext): AsyncGenerator<ItemPage<NatGateway>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeNatGateways',
    send: (NextToken, options) => ec2.send(new DescribeNatGatewaysCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { NatGateways } of pages) {
    // Deleted ones are still listed for an hour.
    yield { items: listed(NatGateways, 'NatGateways').filter(({ State }) => State !== 'deleted') };
  }
}

export async function* listAddresses(context: AwsContext): AsyncGenerator<ItemPage<Address>> {
  const ec2 = clientOf(context, EC2Client);
  const { Addresses } = await context.caller.list('ec2:DescribeAddresses', (options) =>
    ec2.send(new DescribeAddressesCommand({}), options),
  );
  yield { items: listed(Addresses, 'Addresses') };
}

export async function* listNetworkInterfaces(context: AwsContext): AsyncGenerator<ItemPage<NetworkInterface>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeNetworkInterfaces',
    send: (NextToken, options) => ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { NetworkInterfaces } of pages) yield { items: listed(NetworkInterfaces, 'NetworkInterfaces') };
}

export async function* listSecurityGroups(context: AwsContext): AsyncGenerator<ItemPage<SecurityGroup>> {
  const ec2 = clientOf(context, EC2Client);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeSecurityGroups',
    send: (NextToken, options) => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults, NextToken }), options),
    next: (output) => output.NextToken,
  });
  for await (const { SecurityGroups } of pages) yield { items: listed(SecurityGroups, 'SecurityGroups') };
}
