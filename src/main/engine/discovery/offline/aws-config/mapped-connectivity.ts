import { convertEndpointService, convertVpcEndpoint } from '../../providers/aws/ec2-connectivity/convert-endpoint.ts';
import { convertPeering } from '../../providers/aws/ec2-connectivity/convert-peering.ts';
import {
  convertTransitGateway,
  convertTransitGatewayRouteTable,
} from '../../providers/aws/ec2-connectivity/convert-transit-gateway.ts';
import {
  convertCustomerGateway,
  convertVpnConnection,
  convertVpnGateway,
} from '../../providers/aws/ec2-connectivity/convert-vpn.ts';
import { convertEgressOnlyGateway, convertNetworkAcl } from '../../providers/aws/ec2-network/convert-network-acl.ts';
import { convertClassicBalancer } from '../../providers/aws/elb/convert.ts';
import { type MappedType, plain } from './mapped-type.ts';
import { answerBody } from './sdk-shape.ts';
import { tagList } from './special-shapes.ts';

/**
 * What connects networks, by resource type as Config names it. Attachments of transit gateways are not among them:
 * their ids are their gateway's owner's, which Config does not tell.
 */
export const mappedConnectivity: readonly (readonly [string, MappedType])[] = [
  ['AWS::EC2::NetworkAcl', plain(convertNetworkAcl, { kind: 'aws.ec2.network-acl', idField: 'NetworkAclId' })],
  [
    'AWS::EC2::EgressOnlyInternetGateway',
    plain(convertEgressOnlyGateway, {
      kind: 'aws.ec2.egress-only-internet-gateway',
      idField: 'EgressOnlyInternetGatewayId',
    }),
  ],
  [
    'AWS::EC2::VPCPeeringConnection',
    plain(convertPeering, { kind: 'aws.ec2.vpc-peering-connection', idField: 'VpcPeeringConnectionId' }),
  ],
  ['AWS::EC2::VPNGateway', plain(convertVpnGateway, { kind: 'aws.ec2.vpn-gateway', idField: 'VpnGatewayId' })],
  [
    'AWS::EC2::CustomerGateway',
    plain(convertCustomerGateway, { kind: 'aws.ec2.customer-gateway', idField: 'CustomerGatewayId' }),
  ],
  [
    'AWS::EC2::VPNConnection',
    plain(convertVpnConnection, { kind: 'aws.ec2.vpn-connection', idField: 'VpnConnectionId' }),
  ],
  ['AWS::EC2::VPCEndpoint', plain(convertVpcEndpoint, { kind: 'aws.ec2.vpc-endpoint', idField: 'VpcEndpointId' })],
  [
    'AWS::EC2::VPCEndpointService',
    plain(convertEndpointService, { kind: 'aws.ec2.vpc-endpoint-service', idField: 'ServiceId' }),
  ],
  [
    'AWS::EC2::TransitGateway',
    {
      kind: 'aws.ec2.transit-gateway',
      idField: 'Id',
      bySchema: true,
      convert: (body, item, place) =>
        convertTransitGateway(answerBody({ ...body, TransitGatewayId: item.id, Tags: tagList(item) }), place),
    },
  ],
  [
    'AWS::EC2::TransitGatewayRouteTable',
    {
      kind: 'aws.ec2.transit-gateway-route-table',
      idField: 'TransitGatewayRouteTableId',
      bySchema: true,
      convert: (body, item, place) => {
        const table = answerBody({ ...body, Tags: tagList(item) });
        return convertTransitGatewayRouteTable({ table, routes: null }, place);
      },
    },
  ],
  [
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      kind: 'aws.elasticloadbalancing.classic-loadbalancer',
      idField: 'LoadBalancerName',
      convert: (balancer, { tags }, place) => convertClassicBalancer({ balancer, attributes: null, tags }, place),
    },
  ],
];
