import { type AwsStep, awsStep } from '../aws-step.ts';
import {
  listCustomerGateways,
  listEndpointServices,
  listPeerings,
  listTransitGatewayAttachments,
  listTransitGatewayRouteTables,
  listTransitGateways,
  listVpcEndpoints,
  listVpnConnections,
  listVpnGateways,
} from './client.ts';
import { convertEndpointService, convertVpcEndpoint } from './convert-endpoint.ts';
import { convertPeering } from './convert-peering.ts';
import {
  convertTransitGateway,
  convertTransitGatewayAttachment,
  convertTransitGatewayRouteTable,
} from './convert-transit-gateway.ts';
import { convertCustomerGateway, convertVpnConnection, convertVpnGateway } from './convert-vpn.ts';

const service = 'ec2';

/** How networks reach one another, other places, and services. */
export const ec2ConnectivitySteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.ec2.vpc-peering-connections',
    service,
    kind: 'aws.ec2.vpc-peering-connection',
    relationships: ['PEERED_WITH'],
    permissions: ['ec2:DescribeVpcPeeringConnections'],
    list: listPeerings,
    convert: convertPeering,
  }),
  awsStep({
    id: 'aws.ec2.transit-gateways',
    service,
    kind: 'aws.ec2.transit-gateway',
    relationships: ['CAN_ACCESS'],
    permissions: ['ec2:DescribeTransitGateways'],
    list: listTransitGateways,
    convert: convertTransitGateway,
  }),
  awsStep({
    id: 'aws.ec2.transit-gateway-attachments',
    service,
    kind: 'aws.ec2.transit-gateway-attachment',
    relationships: ['ATTACHED_TO', 'IN_NETWORK', 'PEERED_WITH'],
    permissions: [
      'ec2:DescribeTransitGatewayAttachments',
      'ec2:DescribeTransitGatewayPeeringAttachments',
      'ec2:DescribeTransitGatewayVpcAttachments',
    ],
    list: listTransitGatewayAttachments,
    convert: convertTransitGatewayAttachment,
  }),
  awsStep({
    id: 'aws.ec2.transit-gateway-route-tables',
    service,
    kind: 'aws.ec2.transit-gateway-route-table',
    relationships: ['CONTAINS', 'ROUTES_TO'],
    permissions: ['ec2:DescribeTransitGatewayRouteTables', 'ec2:SearchTransitGatewayRoutes'],
    list: listTransitGatewayRouteTables,
    convert: convertTransitGatewayRouteTable,
  }),
  awsStep({
    id: 'aws.ec2.vpn-gateways',
    service,
    kind: 'aws.ec2.vpn-gateway',
    relationships: ['ATTACHED_TO'],
    permissions: ['ec2:DescribeVpnGateways'],
    list: listVpnGateways,
    convert: convertVpnGateway,
  }),
  awsStep({
    id: 'aws.ec2.customer-gateways',
    service,
    kind: 'aws.ec2.customer-gateway',
    relationships: ['HAS_ADDRESS', 'REFERENCES'],
    permissions: ['ec2:DescribeCustomerGateways'],
    list: listCustomerGateways,
    convert: convertCustomerGateway,
  }),
  awsStep({
    id: 'aws.ec2.vpn-connections',
    service,
    kind: 'aws.ec2.vpn-connection',
    relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'PEERED_WITH'],
    permissions: ['ec2:DescribeVpnConnections'],
    list: listVpnConnections,
    convert: convertVpnConnection,
  }),
  awsStep({
    id: 'aws.ec2.vpc-endpoints',
    service,
    kind: 'aws.ec2.vpc-endpoint',
    relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'TARGETS'],
    permissions: ['ec2:DescribeVpcEndpoints'],
    list: listVpcEndpoints,
    convert: convertVpcEndpoint,
  }),
  awsStep({
    id: 'aws.ec2.vpc-endpoint-services',
    service,
    kind: 'aws.ec2.vpc-endpoint-service',
    relationships: ['TARGETS'],
    permissions: ['ec2:DescribeVpcEndpointServiceConfigurations'],
    list: listEndpointServices,
    convert: convertEndpointService,
  }),
];
