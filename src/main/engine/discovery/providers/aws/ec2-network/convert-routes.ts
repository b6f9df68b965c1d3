import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn } from '../place.ts';
import { objectsIn } from '../lists.ts';

/** A route table; its routes are `ROUTES_TO` edges with their destination, its subnets `ATTACHED_TO` edges. */
export function convertRouteTable(table: RouteTable, place: AwsPlace): Converted {
  const nativeId = need(table.RouteTableId, 'RouteTableId');
  const owner = table.OwnerId;
  const id = ec2Arn(place, `route-table/${nativeId}`, owner);
  const edges = new EdgeList(id, 'DescribeRouteTables');
  const vpc = table.VpcId === undefined ? undefined : ec2Arn(place, `vpc/${table.VpcId}`, owner);
  edges.to('IN_NETWORK', { to: vpc, field: 'VpcId' });
  for (const association of objectsIn(table.Associations, 'Associations')) {
    const properties = { association: association.RouteTableAssociationId ?? null, main: association.Main ?? false };
    if (association.SubnetId) {
      edges.to('ATTACHED_TO', {
        to: ec2Arn(place, `subnet/${association.SubnetId}`, owner),
        field: 'Associations',
        properties,
      });
    } else if (association.GatewayId) {
      edges.to('ATTACHED_TO', {
        to: gatewayArn(place, association.GatewayId, owner),
        field: 'Associations',
        properties,
      });
    } else if (association.Main === true) {
      edges.to('ATTACHED_TO', { to: vpc, field: 'Associations', properties });
    }
  }
  for (const route of objectsIn(table.Routes, 'Routes')) {
    const target = targetOf(route, place, owner);
    if (target === null) continue;
    const destination = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
    edges.to('ROUTES_TO', {
      to: target,
      field: 'Routes',
      properties: {
        // The route's own canonical id.
        id: `${id}#${destination ?? ''}→${target}`,
        destination: destination ?? null,
        state: route.State ?? null,
        origin: route.Origin ?? null,
      },
    });
  }
  const main = table.Associations?.some(({ Main }) => Main === true) === true;
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.route-table',
      id,
      nativeId,
      tags: tagsOf(table.Tags),
      state: main ? 'main' : undefined,
      raw: jsonObjectBody(table),
    }),
    relationships: edges.edges,
  };
}

/** What a route leads to; null for the network's own local route. */
function targetOf(route: Route, place: AwsPlace, owner: string | undefined): string | null {
  if (route.NatGatewayId) return ec2Arn(place, `natgateway/${route.NatGatewayId}`, owner);
  if (route.TransitGatewayId) return ec2Arn(place, `transit-gateway/${route.TransitGatewayId}`, owner);
  if (route.VpcPeeringConnectionId) {
    return ec2Arn(place, `vpc-peering-connection/${route.VpcPeeringConnectionId}`, owner);
  }
  if (route.EgressOnlyInternetGatewayId) {
    return ec2Arn(place, `egress-only-internet-gateway/${route.EgressOnlyInternetGatewayId}`, owner);
  }
  if (route.NetworkInterfaceId) return ec2Arn(place, `network-interface/${route.NetworkInterfaceId}`, owner);
  if (route.InstanceId) return ec2Arn(place, `instance/${route.InstanceId}`, route.InstanceOwnerId ?? owner);
  if (route.LocalGatewayId) return ec2Arn(place, `local-gateway/${route.LocalGatewayId}`, owner);
  if (route.CarrierGatewayId) return ec2Arn(place, `carrier-gateway/${route.CarrierGatewayId}`, owner);
  if (route.CoreNetworkArn) return route.CoreNetworkArn;
  if (route.GatewayId && route.GatewayId !== 'local') return gatewayArn(place, route.GatewayId, owner);
  return null;
}

/** The field `GatewayId` holds several kinds of gateway; the prefix of the id tells which. */
function gatewayArn(place: AwsPlace, id: string, owner: string | undefined): string {
  const prefix = id.slice(0, id.indexOf('-'));
  const types: Record<string, string> = { igw: 'internet-gateway', vgw: 'vpn-gateway', vpce: 'vpc-endpoint' };
  return ec2Arn(place, `${types[prefix] ?? 'gateway'}/${id}`, owner);
}
