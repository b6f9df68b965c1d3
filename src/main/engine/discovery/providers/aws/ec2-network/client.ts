import {
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInternetGatewaysCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  type Address,
  type ManagedPrefixList,
  type PrefixListEntry,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, itemPages, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

// With a page size set, EC2 counts the call against the full request rate; without, against half of it.
// The most that those calls take which use it; others take less and say so where they are made.
const MaxResults = 1000;

/** Every network that is seen here, those that others share included; read once for all that ask. */
export function everyVpc(context: AwsContext): Promise<readonly Vpc[]> {
  const ec2 = clientOf(context, EC2Client);
  return context.session.once(`ec2.vpcs ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ec2:DescribeVpcs',
        send: (NextToken, options) => ec2.send(new DescribeVpcsCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ Vpcs }) => listed(Vpcs, 'Vpcs'),
    ),
  );
}

/** Every subnet that is seen here, those that others share included; read once for all that ask. */
export function everySubnet(context: AwsContext): Promise<readonly Subnet[]> {
  const ec2 = clientOf(context, EC2Client);
  return context.session.once(`ec2.subnets ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ec2:DescribeSubnets',
        send: (NextToken, options) => ec2.send(new DescribeSubnetsCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ Subnets }) => listed(Subnets, 'Subnets'),
    ),
  );
}

/** A VPC with the two settings that only a call of their own tells. */
export interface DetailedVpc {
  readonly vpc: Vpc;
  readonly dnsSupport: boolean | null;
  readonly dnsHostnames: boolean | null;
}

export async function* listVpcs(context: AwsContext): AsyncGenerator<ItemPage<DetailedVpc>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const attribute = async (VpcId: string | undefined, Attribute: 'enableDnsSupport' | 'enableDnsHostnames') => {
    const answer = await details.read({
      permission: 'ec2:DescribeVpcAttribute',
      gone: ['InvalidVpcID.NotFound'],
      send: (options) => ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), options),
    });
    const value = Attribute === 'enableDnsSupport' ? answer?.EnableDnsSupport : answer?.EnableDnsHostnames;
    return value?.Value ?? null;
  };
  yield* details.inParts(await everyVpc(context), async (vpc) => ({
    vpc,
    dnsSupport: await attribute(vpc.VpcId, 'enableDnsSupport'),
    dnsHostnames: await attribute(vpc.VpcId, 'enableDnsHostnames'),
  }));
}

export async function* listSubnets(context: AwsContext): AsyncGenerator<ItemPage<Subnet>> {
  yield { items: await everySubnet(context) };
}

export async function* listAddresses(context: AwsContext): AsyncGenerator<ItemPage<Address>> {
  const ec2 = clientOf(context, EC2Client);
  const { Addresses } = await context.caller.list('ec2:DescribeAddresses', (options) =>
    ec2.send(new DescribeAddressesCommand({}), options),
  );
  yield { items: listed(Addresses, 'Addresses') };
}

/** A prefix list with its ranges; null where they could not be read. */
export interface DetailedPrefixList {
  readonly list: ManagedPrefixList;
  readonly entries: readonly PrefixListEntry[] | null;
}

/** Every prefix list that is seen here, AWS's own and shared ones included; read once for all that ask. */
export function everyPrefixList(context: AwsContext): Promise<readonly ManagedPrefixList[]> {
  const ec2 = clientOf(context, EC2Client);
  return context.session.once(`ec2.prefix-lists ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ec2:DescribeManagedPrefixLists',
        send: (NextToken, options) =>
          ec2.send(new DescribeManagedPrefixListsCommand({ MaxResults: 100, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ PrefixLists }) => listed(PrefixLists, 'PrefixLists'),
    ),
  );
}

/** True for a list that AWS keeps for one of its services. */
export function isOfAws({ OwnerId }: Pick<ManagedPrefixList, 'OwnerId'>): boolean {
  return OwnerId?.toLowerCase() === 'aws';
}

/** The prefix lists that people keep; those that AWS keeps for its services are the same for everybody. */
export async function* listPrefixLists(context: AwsContext): AsyncGenerator<ItemPage<DetailedPrefixList>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const ours = (await everyPrefixList(context)).filter((list) => !isOfAws(list));
  yield* details.inParts(ours, async (list) => ({
    list,
    entries: await details.readEvery({
      permission: 'ec2:GetManagedPrefixListEntries',
      gone: ['InvalidPrefixListID.NotFound', 'InvalidPrefixListId.NotFound'],
      send: (NextToken, options) =>
        ec2.send(
          new GetManagedPrefixListEntriesCommand({ PrefixListId: list.PrefixListId, MaxResults: 100, NextToken }),
          options,
        ),
      next: ({ NextToken }) => NextToken,
      items: ({ Entries }) => listed(Entries, 'Entries'),
    }),
  }));
}

export function listRouteTables(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeRouteTables',
    // This call alone takes at most 100 a page.
    send: (NextToken, options) => ec2.send(new DescribeRouteTablesCommand({ MaxResults: 100, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ RouteTables }) => listed(RouteTables, 'RouteTables'),
  });
}

export function listInternetGateways(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeInternetGateways',
    send: (NextToken, options) => ec2.send(new DescribeInternetGatewaysCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ InternetGateways }) => listed(InternetGateways, 'InternetGateways'),
  });
}

export function listEgressOnlyInternetGateways(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeEgressOnlyInternetGateways',
    send: (NextToken, options) =>
      ec2.send(new DescribeEgressOnlyInternetGatewaysCommand({ MaxResults: 255, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ EgressOnlyInternetGateways }) => listed(EgressOnlyInternetGateways, 'EgressOnlyInternetGateways'),
  });
}

export function listNetworkInterfaces(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeNetworkInterfaces',
    send: (NextToken, options) => ec2.send(new DescribeNetworkInterfacesCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ NetworkInterfaces }) => listed(NetworkInterfaces, 'NetworkInterfaces'),
  });
}

export function listSecurityGroups(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeSecurityGroups',
    send: (NextToken, options) => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ SecurityGroups }) => listed(SecurityGroups, 'SecurityGroups'),
  });
}

export function listNetworkAcls(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeNetworkAcls',
    send: (NextToken, options) => ec2.send(new DescribeNetworkAclsCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ NetworkAcls }) => listed(NetworkAcls, 'NetworkAcls'),
  });
}

export function listNatGateways(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeNatGateways',
    send: (NextToken, options) => ec2.send(new DescribeNatGatewaysCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    // Deleted ones are still listed for an hour.
    items: ({ NatGateways }) => listed(NatGateways, 'NatGateways').filter(({ State }) => State !== 'deleted'),
  });
}
