import type { TransitGateway, TransitGatewayRoute } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn } from '../place.ts';
import type { DetailedAttachment, DetailedTransitGatewayRouteTable } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertTransitGateway(gateway: TransitGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.TransitGatewayId, 'TransitGatewayId');
  const id = gateway.TransitGatewayArn ?? ec2Arn(place, `transit-gateway/${nativeId}`, gateway.OwnerId);
  const edges = new EdgeList(id, 'DescribeTransitGateways');
  // Whoever sees a gateway of somebody else has it shared with them.
  const isShared = gateway.OwnerId !== undefined && gateway.OwnerId !== place.accountId;
  edges.from('CAN_ACCESS', {
    from: isShared ? `arn:${place.partition}:iam::${place.accountId}:root` : undefined,
    field: 'OwnerId',
    properties: { as: 'shared' },
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.transit-gateway',
      id,
      nativeId,
      name: gateway.Description || undefined,
      tags: tagsOf(gateway.Tags),
      state: gateway.State,
      createdAt: gateway.CreationTime,
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

/** What is attached to a transit gateway: a network through subnets, a VPN, another gateway, a direct connection. */
export function convertTransitGatewayAttachment(detailed: DetailedAttachment, place: AwsPlace): Converted {
  const { attachment, vpc, peering } = detailed;
  const nativeId = need(attachment.TransitGatewayAttachmentId, 'TransitGatewayAttachmentId');
  const owner = attachment.ResourceOwnerId;
  const gatewayOwner = attachment.TransitGatewayOwnerId;
  // By the gateway's owner: its routes name attachments of all accounts by their id alone.
  const id = ec2Arn(place, `transit-gateway-attachment/${nativeId}`, gatewayOwner);
  const edges = new EdgeList(id, 'DescribeTransitGatewayAttachments');
  const gateway = ec2Arn(place, `transit-gateway/${attachment.TransitGatewayId}`, gatewayOwner);
  edges.to('ATTACHED_TO', { to: attachment.TransitGatewayId && gateway, field: 'TransitGatewayId' });
  const { TransitGatewayRouteTableId: table, State: state } = attachment.Association ?? {};
  edges.from('ATTACHED_TO', {
    from: table && ec2Arn(place, `transit-gateway-route-table/${table}`, gatewayOwner),
    field: 'Association.TransitGatewayRouteTableId',
    properties: { state: state ?? null },
  });
  const resource = attachment.ResourceId;
  switch (`${attachment.ResourceType}`) {
    case 'vpc':
      edges.to('IN_NETWORK', { to: resource && ec2Arn(place, `vpc/${resource}`, owner), field: 'ResourceId' });
      break;
    case 'vpn':
      edges.to('PEERED_WITH', {
        to: resource && ec2Arn(place, `vpn-connection/${resource}`, owner),
        field: 'ResourceId',
      });
      break;
    case 'direct-connect-gateway':
      edges.to('PEERED_WITH', {
        to:
          resource &&
          arn(
            { ...place, region: 'global' },
            { service: 'directconnect', resource: `dx-gateway/${resource}`, owner: owner ?? place.accountId },
          ),
        field: 'ResourceId',
      });
      break;
  }
  for (const subnet of textsIn(vpc?.SubnetIds, 'SubnetIds')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`, owner), field: 'SubnetIds' });
  }
  for (const end of [peering?.RequesterTgwInfo, peering?.AccepterTgwInfo]) {
    if (end?.TransitGatewayId === undefined || end.TransitGatewayId === attachment.TransitGatewayId) continue;
    const there = { ...place, region: end.Region ?? place.region };
    edges.to('PEERED_WITH', {
      to: ec2Arn(there, `transit-gateway/${end.TransitGatewayId}`, end.OwnerId),
      field: 'AccepterTgwInfo',
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.transit-gateway-attachment',
      id,
      nativeId,
      tags: tagsOf(attachment.Tags),
      state: attachment.State,
      createdAt: attachment.CreationTime,
      raw: { ...jsonObjectBody(attachment), Vpc: jsonBody(vpc), Peering: jsonBody(peering) },
    }),
    relationships: edges.edges,
  };
}

/** A route table of a transit gateway; its routes are `ROUTES_TO` edges to attachments or what stands behind them. */
export function convertTransitGatewayRouteTable(
  { table, routes }: DetailedTransitGatewayRouteTable,
  place: AwsPlace,
): Converted {
  const nativeId = need(table.TransitGatewayRouteTableId, 'TransitGatewayRouteTableId');
  const id = ec2Arn(place, `transit-gateway-route-table/${nativeId}`);
  const edges = new EdgeList(id, 'SearchTransitGatewayRoutes');
  edges.from('CONTAINS', {
    from: table.TransitGatewayId && ec2Arn(place, `transit-gateway/${table.TransitGatewayId}`),
    field: 'TransitGatewayId',
  });
  for (const route of objectsIn(routes, 'routes')) addRoute(route, { edges, id, place });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.transit-gateway-route-table',
      id,
      nativeId,
      tags: tagsOf(table.Tags),
      state: table.State,
      createdAt: table.CreationTime,
      raw: { ...jsonObjectBody(table), Routes: jsonBody(routes) },
    }),
    relationships: edges.edges,
  };
}

function addRoute(
  route: TransitGatewayRoute,
  { edges, id, place }: { readonly edges: EdgeList; readonly id: string; readonly place: AwsPlace },
): void {
  const destination = route.DestinationCidrBlock ?? route.PrefixListId ?? null;
  for (const attachment of objectsIn(route.TransitGatewayAttachments, 'TransitGatewayAttachments')) {
    if (attachment.TransitGatewayAttachmentId === undefined) continue;
    const target = ec2Arn(place, `transit-gateway-attachment/${attachment.TransitGatewayAttachmentId}`);
    edges.to('ROUTES_TO', {
      to: target,
      field: 'Routes',
      properties: {
        id: `${id}#${destination ?? ''}→${target}`,
        destination,
        state: route.State ?? null,
        origin: route.Type ?? null,
      },
    });
  }
}
