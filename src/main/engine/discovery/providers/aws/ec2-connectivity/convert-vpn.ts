import type { CustomerGateway, VpnConnection, VpnGateway } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { addressId, type AwsPlace, ec2Arn } from '../place.ts';
import { objectsIn } from '../lists.ts';

export function convertVpnGateway(gateway: VpnGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.VpnGatewayId, 'VpnGatewayId');
  const id = ec2Arn(place, `vpn-gateway/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeVpnGateways');
  for (const { VpcId, State } of objectsIn(gateway.VpcAttachments, 'VpcAttachments')) {
    if (VpcId === undefined || State === 'detached') continue;
    edges.to('ATTACHED_TO', {
      to: ec2Arn(place, `vpc/${VpcId}`),
      field: 'VpcAttachments',
      properties: { state: State ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpn-gateway',
      id,
      nativeId,
      tags: tagsOf(gateway.Tags),
      state: gateway.State,
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

/** The other end of a VPN: a device that stands somewhere else. */
export function convertCustomerGateway(gateway: CustomerGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.CustomerGatewayId, 'CustomerGatewayId');
  const id = ec2Arn(place, `customer-gateway/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeCustomerGateways');
  const ip = gateway.IpAddress || undefined;
  edges.to('HAS_ADDRESS', { to: ip && addressId(ip), field: 'IpAddress' });
  edges.to('REFERENCES', { to: gateway.CertificateArn || undefined, field: 'CertificateArn' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.customer-gateway',
      id,
      nativeId,
      name: gateway.DeviceName || undefined,
      tags: tagsOf(gateway.Tags),
      state: gateway.State,
      ip,
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

export function convertVpnConnection(connection: VpnConnection, place: AwsPlace): Converted {
  const nativeId = need(connection.VpnConnectionId, 'VpnConnectionId');
  const id = ec2Arn(place, `vpn-connection/${nativeId}`);
  const { CustomerGatewayId: customer, VpnGatewayId: vpnGateway, TransitGatewayId: transitGateway } = connection;
  const edges = new EdgeList(id, 'DescribeVpnConnections')
    .to('PEERED_WITH', {
      to: customer && ec2Arn(place, `customer-gateway/${customer}`),
      field: 'CustomerGatewayId',
    })
    .to('ATTACHED_TO', { to: vpnGateway && ec2Arn(place, `vpn-gateway/${vpnGateway}`), field: 'VpnGatewayId' })
    .to('ATTACHED_TO', {
      to: transitGateway && ec2Arn(place, `transit-gateway/${transitGateway}`),
      field: 'TransitGatewayId',
    });
  for (const { OutsideIpAddress } of objectsIn(connection.VgwTelemetry, 'VgwTelemetry')) {
    edges.to('HAS_ADDRESS', { to: OutsideIpAddress && addressId(OutsideIpAddress), field: 'VgwTelemetry' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpn-connection',
      id,
      nativeId,
      tags: tagsOf(connection.Tags),
      state: connection.State,
      raw: jsonObjectBody(connection),
    }),
    relationships: edges.edges,
  };
}
