import type { AwsKind } from '../kinds.ts';

/** What AWS Config calls a kind, and where its silence about it means something. */
export interface CensusType {
  /** All of them have to be recorded and to have no resource. */
  readonly types: readonly string[];
  /**
   * Recorded in every region that needs no opting in. Where this is not so, or not known, a resource of the type
   * seen in the region shows that it is recorded there: a recorder can be told to record what its region does not.
   */
  readonly everywhere: boolean;
}

/**
 * Kinds for which Config holds the same resources as their listing. Not among them: what is shared between accounts
 * (networks, subnets, their route tables, access lists and groups, prefix lists, transit gateways and their
 * attachments) or between two (peerings), because both list it and Config is only sure to record it with its owner;
 * keys, because Config leaves out those of AWS; and what Config does not know (snapshots, images, key pairs, caches).
 * What is global is recorded in the partition's home region.
 * Sources, the second with the regions of each type's managed rules: https://docs.aws.amazon.com/config/latest/developerguide/what-is-resource-config-coverage.html
 * https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
export const censusTypes: { readonly [Kind in AwsKind]?: CensusType } = {
  'aws.ec2.internet-gateway': everywhere('AWS::EC2::InternetGateway'),
  'aws.ec2.egress-only-internet-gateway': everywhere('AWS::EC2::EgressOnlyInternetGateway'),
  'aws.ec2.natgateway': everywhere('AWS::EC2::NatGateway'),
  // A transit gateway's route tables are its owner's alone.
  'aws.ec2.transit-gateway-route-table': everywhere('AWS::EC2::TransitGateway'),
  'aws.ec2.vpn-gateway': everywhere('AWS::EC2::VPNGateway'),
  'aws.ec2.customer-gateway': everywhere('AWS::EC2::CustomerGateway'),
  'aws.ec2.vpn-connection': everywhere('AWS::EC2::VPNConnection'),
  'aws.ec2.vpc-endpoint': everywhere('AWS::EC2::VPCEndpoint'),
  'aws.ec2.vpc-endpoint-service': everywhere('AWS::EC2::VPCEndpointService'),
  'aws.ec2.elastic-ip': everywhere('AWS::EC2::EIP'),
  'aws.ec2.network-interface': everywhere('AWS::EC2::NetworkInterface'),
  'aws.ec2.instance': everywhere('AWS::EC2::Instance'),
  'aws.ec2.volume': everywhere('AWS::EC2::Volume'),
  'aws.ec2.launch-template': everywhere('AWS::EC2::LaunchTemplate'),
  'aws.autoscaling.autoscalinggroup': everywhere('AWS::AutoScaling::AutoScalingGroup'),
  'aws.autoscaling.launchconfiguration': everywhere('AWS::AutoScaling::LaunchConfiguration'),
  'aws.elasticloadbalancing.loadbalancer': everywhere('AWS::ElasticLoadBalancingV2::LoadBalancer'),
  'aws.elasticloadbalancing.classic-loadbalancer': everywhere('AWS::ElasticLoadBalancing::LoadBalancer'),
  // A listener belongs to a balancer.
  'aws.elasticloadbalancing.listener': everywhere('AWS::ElasticLoadBalancingV2::LoadBalancer'),
  'aws.elasticloadbalancing.targetgroup': whereSeen('AWS::ElasticLoadBalancingV2::TargetGroup'),
  'aws.rds.db': everywhere('AWS::RDS::DBInstance'),
  'aws.rds.cluster': everywhere('AWS::RDS::DBCluster'),
  'aws.rds.subgrp': everywhere('AWS::RDS::DBSubnetGroup'),
  'aws.es.domain': everywhere('AWS::Elasticsearch::Domain', 'AWS::OpenSearch::Domain'),
  'aws.redshift.cluster': everywhere('AWS::Redshift::Cluster'),
  'aws.redshift.subnetgroup': everywhere('AWS::Redshift::ClusterSubnetGroup'),
  'aws.elasticfilesystem.file-system': everywhere('AWS::EFS::FileSystem'),
  // An access point belongs to a file system.
  'aws.elasticfilesystem.access-point': everywhere('AWS::EFS::FileSystem'),
  'aws.s3.bucket': everywhere('AWS::S3::Bucket'),
  'aws.dynamodb.table': everywhere('AWS::DynamoDB::Table'),
  'aws.sqs.queue': everywhere('AWS::SQS::Queue'),
  'aws.sns.topic': everywhere('AWS::SNS::Topic'),
  'aws.lambda.function': everywhere('AWS::Lambda::Function'),
  'aws.ecs.cluster': everywhere('AWS::ECS::Cluster'),
  // Services, tasks, node groups and profiles belong to a cluster.
  'aws.ecs.service': everywhere('AWS::ECS::Cluster'),
  'aws.ecs.task': everywhere('AWS::ECS::Cluster'),
  'aws.ecs.task-definition': everywhere('AWS::ECS::TaskDefinition'),
  'aws.eks.cluster': everywhere('AWS::EKS::Cluster'),
  'aws.eks.nodegroup': everywhere('AWS::EKS::Cluster'),
  'aws.eks.fargateprofile': everywhere('AWS::EKS::Cluster'),
  'aws.secretsmanager.secret': everywhere('AWS::SecretsManager::Secret'),
  'aws.acm.certificate': everywhere('AWS::ACM::Certificate'),
  'aws.apigateway.restapi': everywhere('AWS::ApiGateway::RestApi'),
  'aws.apigateway.api': everywhere('AWS::ApiGatewayV2::Api'),
  // A stage belongs to an API of either kind.
  'aws.apigateway.stage': everywhere('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'),
  'aws.cloudformation.stack': everywhere('AWS::CloudFormation::Stack'),
  // Config records the shadows of trails of other regions and of the organization as well, the listing leaves them out.
  'aws.cloudtrail.trail': everywhere('AWS::CloudTrail::Trail'),
  'aws.iam.user': everywhere('AWS::IAM::User'),
  'aws.iam.group': everywhere('AWS::IAM::Group'),
  // Those that the account made, as its listing.
  'aws.iam.policy': everywhere('AWS::IAM::Policy'),
  'aws.iam.instance-profile': everywhere('AWS::IAM::InstanceProfile'),
  'aws.iam.oidc-provider': everywhere('AWS::IAM::OIDCProvider'),
  'aws.route53.hostedzone': everywhere('AWS::Route53::HostedZone'),
  // A record belongs to a zone.
  'aws.route53.recordset': everywhere('AWS::Route53::HostedZone'),
  'aws.cloudfront.distribution': everywhere('AWS::CloudFront::Distribution'),
};

function everywhere(...types: string[]): CensusType {
  return { types, everywhere: true };
}

function whereSeen(...types: string[]): CensusType {
  return { types, everywhere: false };
}

/** Kinds and what Config calls them, as a map by any kind's name. */
export const censusTypeOf: ReadonlyMap<string, CensusType> = new Map(Object.entries(censusTypes));

/**
 * Regions that are on in every account and have long been there: what AWS Config records everywhere it records there.
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const establishedRegions: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);
