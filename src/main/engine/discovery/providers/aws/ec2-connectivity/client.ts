import {
  type CustomerGateway,
  DescribeCustomerGatewaysCommand,
  DescribeTransitGatewayAttachmentsCommand,
  DescribeTransitGatewayPeeringAttachmentsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  EC2Client,
  SearchTransitGatewayRoutesCommand,
  type TransitGateway,
  type TransitGatewayAttachment,
  type TransitGatewayPeeringAttachment,
  type TransitGatewayRoute,
  type TransitGatewayRouteTable,
  type TransitGatewayVpcAttachment,
  type VpcPeeringConnection,
  type VpnConnection,
  type VpnGateway,
} from '@aws-sdk/client-ec2';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, itemPages, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';

const MaxResults = 1000;
/** As EC2 says that a route table of a transit gateway is not there; its spelling has changed over the years. */
const goneTables = ['InvalidRouteTable', 'InvalidTransitGatewayRouteTable'].flatMap((name) => [
  `${name}ID.NotFound`,
  `${name}Id.NotFound`,
]);

/** Every transit gateway that is seen here, those that others share included; read once for all that ask. */
export function everyTransitGateway(context: AwsContext): Promise<readonly TransitGateway[]> {
  const ec2 = clientOf(context, EC2Client);
  return context.session.once(`ec2.transit-gateways ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ec2:DescribeTransitGateways',
        send: (NextToken, options) => ec2.send(new DescribeTransitGatewaysCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ TransitGateways }) => listed(TransitGateways, 'TransitGateways').filter(({ State }) => State !== 'deleted'),
    ),
  );
}

export async function* listTransitGateways(context: AwsContext): AsyncGenerator<ItemPage<TransitGateway>> {
  yield { items: await everyTransitGateway(context) };
}

/** Every peering that has this account on one of its sides; read once for all that ask. */
export function everyPeering(context: AwsContext): Promise<readonly VpcPeeringConnection[]> {
  const ec2 = clientOf(context, EC2Client);
  const over = ['deleted', 'rejected', 'expired', 'failed'];
  return context.session.once(`ec2.peerings ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'ec2:DescribeVpcPeeringConnections',
        send: (NextToken, options) =>
          ec2.send(new DescribeVpcPeeringConnectionsCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
      }),
      ({ VpcPeeringConnections }) =>
        listed(VpcPeeringConnections, 'VpcPeeringConnections').filter(
          ({ Status }) => !over.includes(Status?.Code ?? ''),
        ),
    ),
  );
}

export async function* listPeerings(context: AwsContext): AsyncGenerator<ItemPage<VpcPeeringConnection>> {
  yield { items: await everyPeering(context) };
}

/** An attachment with what only the listing of its type tells: its subnets, or the gateways at both ends. */
export interface DetailedAttachment {
  readonly attachment: TransitGatewayAttachment;
  readonly vpc: TransitGatewayVpcAttachment | null;
  readonly peering: TransitGatewayPeeringAttachment | null;
}

export async function* listTransitGatewayAttachments(
  context: AwsContext,
): AsyncGenerator<ItemPage<DetailedAttachment>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const attachments = await everyItem(
    pagesOf(context.caller, {
      permission: 'ec2:DescribeTransitGatewayAttachments',
      send: (NextToken, options) =>
        ec2.send(new DescribeTransitGatewayAttachmentsCommand({ MaxResults, NextToken }), options),
      next: ({ NextToken }) => NextToken,
    }),
    ({ TransitGatewayAttachments }) =>
      listed(TransitGatewayAttachments, 'TransitGatewayAttachments').filter(({ State }) => State !== 'deleted'),
  );
  const has = (...types: string[]): boolean =>
    attachments.some(({ ResourceType }) => types.includes(ResourceType ?? ''));
  const vpcs = !has('vpc')
    ? []
    : await details.readEvery({
        permission: 'ec2:DescribeTransitGatewayVpcAttachments',
        send: (NextToken, options) =>
          ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
        items: ({ TransitGatewayVpcAttachments }) =>
          listed(TransitGatewayVpcAttachments, 'TransitGatewayVpcAttachments'),
      });
  const peerings = !has('peering', 'tgw-peering')
    ? []
    : await details.readEvery({
        permission: 'ec2:DescribeTransitGatewayPeeringAttachments',
        send: (NextToken, options) =>
          ec2.send(new DescribeTransitGatewayPeeringAttachmentsCommand({ MaxResults, NextToken }), options),
        next: ({ NextToken }) => NextToken,
        items: ({ TransitGatewayPeeringAttachments }) =>
          listed(TransitGatewayPeeringAttachments, 'TransitGatewayPeeringAttachments'),
      });
  const byId = <Detail extends { readonly TransitGatewayAttachmentId?: string | undefined }>(
    list: readonly Detail[] | null,
  ) => new Map((list ?? []).map((detail) => [detail.TransitGatewayAttachmentId, detail]));
  const [vpcById, peeringById] = [byId(vpcs), byId(peerings)];
  yield* details.inParts(attachments, (attachment) =>
    Promise.resolve({
      attachment,
      vpc: vpcById.get(attachment.TransitGatewayAttachmentId) ?? null,
      peering: peeringById.get(attachment.TransitGatewayAttachmentId) ?? null,
    }),
  );
}

/** A transit gateway's route table with its routes; null where they could not be read. */
export interface DetailedTransitGatewayRouteTable {
  readonly table: TransitGatewayRouteTable;
  readonly routes: readonly TransitGatewayRoute[] | null;
}

export async function* listTransitGatewayRouteTables(
  context: AwsContext,
): AsyncGenerator<ItemPage<DetailedTransitGatewayRouteTable>> {
  const ec2 = clientOf(context, EC2Client);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'ec2:DescribeTransitGatewayRouteTables',
    send: (NextToken, options) =>
      ec2.send(new DescribeTransitGatewayRouteTablesCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
  });
  for await (const { TransitGatewayRouteTables } of pages) {
    const tables = listed(TransitGatewayRouteTables, 'TransitGatewayRouteTables');
    yield* details.inParts(
      tables.filter(({ State }) => State !== 'deleted'),
      async (table) => {
        const answer = await details.read({
          permission: 'ec2:SearchTransitGatewayRoutes',
          gone: goneTables,
          send: (options) =>
            ec2.send(
              new SearchTransitGatewayRoutesCommand({
                TransitGatewayRouteTableId: table.TransitGatewayRouteTableId,
                Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }],
              }),
              options,
            ),
        });
        // The search stops at a thousand, its usual number, and has no second page.
        if (answer?.AdditionalRoutesAvailable === true) {
          details.truncated(
            `${table.TransitGatewayRouteTableId}: more than ${MaxResults} routes; the rest was not read.`,
          );
        }
        return { table, routes: answer?.Routes ?? null };
      },
    );
  }
}

export async function* listVpnGateways(context: AwsContext): AsyncGenerator<ItemPage<VpnGateway>> {
  const ec2 = clientOf(context, EC2Client);
  const { VpnGateways } = await context.caller.list('ec2:DescribeVpnGateways', (options) =>
    ec2.send(new DescribeVpnGatewaysCommand({}), options),
  );
  yield { items: listed(VpnGateways, 'VpnGateways').filter(({ State }) => State !== 'deleted') };
}

export async function* listCustomerGateways(context: AwsContext): AsyncGenerator<ItemPage<CustomerGateway>> {
  const ec2 = clientOf(context, EC2Client);
  const { CustomerGateways } = await context.caller.list('ec2:DescribeCustomerGateways', (options) =>
    ec2.send(new DescribeCustomerGatewaysCommand({}), options),
  );
  yield { items: listed(CustomerGateways, 'CustomerGateways').filter(({ State }) => State !== 'deleted') };
}

export async function* listVpnConnections(context: AwsContext): AsyncGenerator<ItemPage<VpnConnection>> {
  const ec2 = clientOf(context, EC2Client);
  const { VpnConnections } = await context.caller.list('ec2:DescribeVpnConnections', (options) =>
    ec2.send(new DescribeVpnConnectionsCommand({}), options),
  );
  yield { items: listed(VpnConnections, 'VpnConnections').filter(({ State }) => State !== 'deleted') };
}

export function listVpcEndpoints(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeVpcEndpoints',
    send: (NextToken, options) => ec2.send(new DescribeVpcEndpointsCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ VpcEndpoints }) => listed(VpcEndpoints, 'VpcEndpoints').filter(({ State }) => `${State}` !== 'deleted'),
  });
}

/** The services that this account offers to others by private link. */
export function listEndpointServices(context: AwsContext) {
  const ec2 = clientOf(context, EC2Client);
  return itemPages(context, {
    permission: 'ec2:DescribeVpcEndpointServiceConfigurations',
    send: (NextToken, options) =>
      ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({ MaxResults, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ ServiceConfigurations }) =>
      listed(ServiceConfigurations, 'ServiceConfigurations').filter(({ ServiceState }) => ServiceState !== 'Deleted'),
  });
}
