import { type AwsStep, awsStep } from '../aws-step.ts';
import {
  listAddresses,
  listInternetGateways,
  listNatGateways,
  listNetworkInterfaces,
  listRouteTables,
  listSecurityGroups,
  listSubnets,
  listVpcs,
} from './client.ts';
import {
  convertAddress,
  convertInternetGateway,
  convertNatGateway,
  convertNetworkInterface,
  convertSubnet,
  convertVpc,
} from './convert.ts';
import { convertRouteTable } from './convert-routes.ts';
import { convertSecurityGroup } from './convert-security-group.ts';

const service = 'ec2';

export const ec2NetworkSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.ec2.vpcs',
    service,
    kind: 'aws.ec2.vpc',
    relationships: ['HAS_ADDRESS'],
    permissions: ['ec2:DescribeVpcs', 'ec2:DescribeVpcAttribute'],
    list: listVpcs,
    convert: convertVpc,
  }),
  awsStep({
    id: 'aws.ec2.subnets',
    service,
    kind: 'aws.ec2.subnet',
    relationships: ['CONTAINS', 'IN_NETWORK'],
    permissions: ['ec2:DescribeSubnets'],
    list: listSubnets,
    convert: convertSubnet,
  }),
  awsStep({
    id: 'aws.ec2.route-tables',
    service,
    kind: 'aws.ec2.route-table',
    relationships: ['ATTACHED_TO', 'IN_NETWORK', 'ROUTES_TO'],
    permissions: ['ec2:DescribeRouteTables'],
    list: listRouteTables,
    convert: convertRouteTable,
  }),
  awsStep({
    id: 'aws.ec2.internet-gateways',
    service,
    kind: 'aws.ec2.internet-gateway',
    relationships: ['ATTACHED_TO'],
    permissions: ['ec2:DescribeInternetGateways'],
    list: listInternetGateways,
    convert: convertInternetGateway,
  }),
  awsStep({
    id: 'aws.ec2.nat-gateways',
    service,
    kind: 'aws.ec2.natgateway',
    relationships: ['HAS_ADDRESS', 'IN_NETWORK'],
    permissions: ['ec2:DescribeNatGateways'],
    list: listNatGateways,
    convert: convertNatGateway,
  }),
  awsStep({
    id: 'aws.ec2.elastic-ips',
    service,
    kind: 'aws.ec2.elastic-ip',
    relationships: ['ATTACHED_TO', 'HAS_ADDRESS'],
    permissions: ['ec2:DescribeAddresses'],
    list: listAddresses,
    convert: convertAddress,
  }),
  awsStep({
    id: 'aws.ec2.network-interfaces',
    service,
    kind: 'aws.ec2.network-interface',
    relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY'],
    permissions: ['ec2:DescribeNetworkInterfaces'],
    list: listNetworkInterfaces,
    convert: convertNetworkInterface,
  }),
  awsStep({
    id: 'aws.ec2.security-groups',
    service,
    kind: 'aws.ec2.security-group',
    relationships: ['ALLOWS', 'IN_NETWORK'],
    permissions: ['ec2:DescribeSecurityGroups'],
    list: listSecurityGroups,
    convert: convertSecurityGroup,
  }),
];
