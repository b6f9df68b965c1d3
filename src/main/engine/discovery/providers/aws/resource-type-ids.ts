import { arn, type AwsPlace, bucketArn, ec2Arn } from './place.ts';

/** Resource types of EC2 as ARNs spell them. */
const ec2Types: Readonly<Record<string, string>> = {
  CustomerGateway: 'customer-gateway',
  EgressOnlyInternetGateway: 'egress-only-internet-gateway',
  EIP: 'elastic-ip',
  FlowLog: 'vpc-flow-log',
  Instance: 'instance',
  InternetGateway: 'internet-gateway',
  KeyPair: 'key-pair',
  LaunchTemplate: 'launch-template',
  NatGateway: 'natgateway',
  NetworkAcl: 'network-acl',
  NetworkInterface: 'network-interface',
  PrefixList: 'prefix-list',
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

/** What stands in an ARN before a name, by resource type, where it lies in a region. */
const regionalTypes: Readonly<Record<string, readonly [service: string, before: string]>> = {
  'AWS::CloudTrail::Trail': ['cloudtrail', 'trail/'],
  'AWS::DynamoDB::Table': ['dynamodb', 'table/'],
  'AWS::ECS::Cluster': ['ecs', 'cluster/'],
  'AWS::EFS::AccessPoint': ['elasticfilesystem', 'access-point/'],
  'AWS::EFS::FileSystem': ['elasticfilesystem', 'file-system/'],
  'AWS::EKS::Cluster': ['eks', 'cluster/'],
  'AWS::ElastiCache::CacheCluster': ['elasticache', 'cluster:'],
  'AWS::ElastiCache::ReplicationGroup': ['elasticache', 'replicationgroup:'],
  'AWS::ElastiCache::SubnetGroup': ['elasticache', 'subnetgroup:'],
  'AWS::ElasticLoadBalancing::LoadBalancer': ['elasticloadbalancing', 'loadbalancer/'],
  'AWS::Elasticsearch::Domain': ['es', 'domain/'],
  'AWS::KMS::Key': ['kms', 'key/'],
  'AWS::Lambda::EventSourceMapping': ['lambda', 'event-source-mapping:'],
  'AWS::Lambda::Function': ['lambda', 'function:'],
  'AWS::Logs::LogGroup': ['logs', 'log-group:'],
  'AWS::OpenSearchService::Domain': ['es', 'domain/'],
  'AWS::RDS::DBCluster': ['rds', 'cluster:'],
  'AWS::RDS::DBInstance': ['rds', 'db:'],
  'AWS::RDS::DBSubnetGroup': ['rds', 'subgrp:'],
  'AWS::Redshift::Cluster': ['redshift', 'cluster:'],
  'AWS::Redshift::ClusterSubnetGroup': ['redshift', 'subnetgroup:'],
};

/** The same for what has no region. */
const globalTypes: Readonly<Record<string, readonly [service: string, before: string]>> = {
  'AWS::CloudFront::Distribution': ['cloudfront', 'distribution/'],
  'AWS::IAM::Group': ['iam', 'group/'],
  'AWS::IAM::InstanceProfile': ['iam', 'instance-profile/'],
  'AWS::IAM::Role': ['iam', 'role/'],
  'AWS::IAM::User': ['iam', 'user/'],
};

/** The canonical id of a thing of EC2, from its CloudFormation type and its id; undefined for other services. */
export function ec2TypeId(type: string, id: string, place: AwsPlace): string | undefined {
  const [, service, name = ''] = type.split('::');
  const ec2Type = service === 'EC2' ? ec2Types[name] : undefined;
  return ec2Type === undefined ? undefined : ec2Arn(place, `${ec2Type}/${id}`);
}

/**
 * The canonical id of what is named by its CloudFormation type and the physical id a stack knows it by (an ARN, `vpc-1`,
 * a name, a queue's address). Undefined where no ARN can be made of these.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
 */
export function typedResourceId(type: string, id: string, place: AwsPlace): string | undefined {
  if (id === '') return undefined;
  if (id.startsWith('arn:')) return type === 'AWS::Lambda::LayerVersion' ? id.split(':').slice(0, 7).join(':') : id;
  // An elastic IP is known by its address, which is no part of its ARN.
  if (type === 'AWS::EC2::EIP' && !id.startsWith('eipalloc-')) return undefined;
  const ec2Id = ec2TypeId(type, id, place);
  if (ec2Id !== undefined) return ec2Id;
  const regional = regionalTypes[type];
  if (regional !== undefined) return arn(place, { service: regional[0], resource: `${regional[1]}${id}` });
  const global = globalTypes[type];
  if (global !== undefined) {
    return arn({ ...place, region: 'global' }, { service: global[0], resource: `${global[1]}${id}` });
  }
  const { partition, region } = place;
  switch (type) {
    case 'AWS::ApiGateway::RestApi':
      return `arn:${partition}:apigateway:${region}::/restapis/${id}`;
    case 'AWS::ApiGatewayV2::Api':
      return `arn:${partition}:apigateway:${region}::/apis/${id}`;
    case 'AWS::Route53::HostedZone':
      return `arn:${partition}:route53:::hostedzone/${id}`;
    case 'AWS::S3::Bucket':
      return bucketArn(place, id);
    case 'AWS::SQS::Queue':
      return queueOf(id, place);
    default:
      return undefined;
  }
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/orders` */
function queueOf(address: string, place: AwsPlace): string | undefined {
  const [, owner, resource] = /\/(\d{12})\/([^/]+)$/u.exec(address) ?? [];
  return resource === undefined || owner === undefined ? undefined : arn(place, { service: 'sqs', resource, owner });
}
