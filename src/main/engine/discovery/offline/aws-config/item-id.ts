import { arn, type AwsPlace, ec2Arn } from '../../providers/aws/place.ts';

/** Resource types of EC2 as ARNs spell them, where Config gives an id alone. */
const ec2Types: Readonly<Record<string, string>> = {
  CustomerGateway: 'customer-gateway',
  EgressOnlyInternetGateway: 'egress-only-internet-gateway',
  EIP: 'elastic-ip',
  FlowLog: 'vpc-flow-log',
  Instance: 'instance',
  InternetGateway: 'internet-gateway',
  LaunchTemplate: 'launch-template',
  NatGateway: 'natgateway',
  NetworkAcl: 'network-acl',
  NetworkInterface: 'network-interface',
  RouteTable: 'route-table',
  SecurityGroup: 'security-group',
  Subnet: 'subnet',
  TransitGateway: 'transit-gateway',
  TransitGatewayAttachment: 'transit-gateway-attachment',
  TransitGatewayRouteTable: 'transit-gateway-route-table',
  Volume: 'volume',
  VPC: 'vpc',
  VPCEndpoint: 'vpc-endpoint',
  VPCPeeringConnection: 'vpc-peering-connection',
  VPNConnection: 'vpn-connection',
  VPNGateway: 'vpn-gateway',
};

/**
 * The canonical id of what Config names by type and id. What has no ARN that could be made gets an id of its own,
 * `aws:AWS::Service::Type:account:region:id`, which at least is the same wherever it is named.
 */
export function itemId(type: string, id: string, place: AwsPlace): string {
  if (id.startsWith('arn:')) return id;
  const [, service = '', name = ''] = type.split('::');
  const ec2Type = service === 'EC2' ? ec2Types[name] : undefined;
  if (ec2Type !== undefined) return ec2Arn(place, `${ec2Type}/${id}`);
  if (type === 'AWS::S3::Bucket') return `arn:${place.partition}:s3:::${id}`;
  if (type === 'AWS::KMS::Key') return arn(place, { service: 'kms', resource: `key/${id}` });
  return `aws:${type}:${place.accountId}:${place.region}:${id}`;
}
