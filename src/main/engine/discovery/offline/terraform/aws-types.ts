import type { AwsKind } from '../../providers/aws/kinds.ts';
import type { JsonObject } from '#shared/base/json.ts';
import { textOf } from '../json-fields.ts';

/** How a type of the AWS provider is known in the cloud graph. */
export interface AwsStateType {
  readonly kind: AwsKind;
  /**
   * The resource part of its ARN, `vpc/vpc-1`, for when the state has none: older providers do not tell it of every
   * type. Absent where an ARN is always there.
   */
  readonly resource?: (attributes: JsonObject) => string | undefined;
  readonly service?: string;
  /** Its ARN has no account: an image belongs to whoever made it, and goes by its id alone. */
  readonly ownerless?: true;
}

/** Types of EC2, whose ids are unique and whose ARNs are made of them. */
function ec2(kind: AwsKind, id = 'id'): AwsStateType {
  const type = kind.slice('aws.ec2.'.length);
  return { kind, resource: (attributes) => after(`${type}/`, textOf(attributes, id)), service: 'ec2' };
}

function named(kind: AwsKind, service: string, resource: AwsStateType['resource']): AwsStateType {
  return { kind, service, ...(resource === undefined ? {} : { resource }) };
}

function after(start: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${start}${text}`;
}

const subnet = ec2('aws.ec2.subnet');
const vpc = ec2('aws.ec2.vpc');
const securityGroup = ec2('aws.ec2.security-group');
const routeTable = ec2('aws.ec2.route-table');
const networkAcl = ec2('aws.ec2.network-acl');
const loadBalancer: AwsStateType = { kind: 'aws.elasticloadbalancing.loadbalancer' };
const listener: AwsStateType = { kind: 'aws.elasticloadbalancing.listener' };
const targetGroup: AwsStateType = { kind: 'aws.elasticloadbalancing.targetgroup' };
const searchDomain: AwsStateType = { kind: 'aws.es.domain' };

/** By type as the provider names it. What is not here is known as managed by its ARN, where it has one. */
export const awsStateTypes: ReadonlyMap<string, AwsStateType> = new Map<string, AwsStateType>([
  ['aws_vpc', vpc],
  ['aws_default_vpc', vpc],
  ['aws_subnet', subnet],
  ['aws_default_subnet', subnet],
  ['aws_route_table', routeTable],
  ['aws_default_route_table', routeTable],
  ['aws_internet_gateway', ec2('aws.ec2.internet-gateway')],
  ['aws_egress_only_internet_gateway', ec2('aws.ec2.egress-only-internet-gateway')],
  ['aws_nat_gateway', ec2('aws.ec2.natgateway')],
  ['aws_vpc_peering_connection', ec2('aws.ec2.vpc-peering-connection')],
  ['aws_ec2_transit_gateway', ec2('aws.ec2.transit-gateway')],
  ['aws_ec2_transit_gateway_vpc_attachment', ec2('aws.ec2.transit-gateway-attachment')],
  ['aws_ec2_transit_gateway_route_table', ec2('aws.ec2.transit-gateway-route-table')],
  ['aws_vpn_gateway', ec2('aws.ec2.vpn-gateway')],
  ['aws_customer_gateway', ec2('aws.ec2.customer-gateway')],
  ['aws_vpn_connection', ec2('aws.ec2.vpn-connection')],
  ['aws_vpc_endpoint', ec2('aws.ec2.vpc-endpoint')],
  ['aws_vpc_endpoint_service', ec2('aws.ec2.vpc-endpoint-service')],
  ['aws_eip', ec2('aws.ec2.elastic-ip')],
  ['aws_network_interface', ec2('aws.ec2.network-interface')],
  ['aws_security_group', securityGroup],
  ['aws_default_security_group', securityGroup],
  ['aws_network_acl', networkAcl],
  ['aws_default_network_acl', networkAcl],
  ['aws_ec2_managed_prefix_list', ec2('aws.ec2.prefix-list')],
  ['aws_instance', ec2('aws.ec2.instance')],
  ['aws_ebs_volume', ec2('aws.ec2.volume')],
  ['aws_ebs_snapshot', { ...ec2('aws.ec2.snapshot'), ownerless: true }],
  ['aws_ami', { ...ec2('aws.ec2.image'), ownerless: true }],
  ['aws_ami_copy', { ...ec2('aws.ec2.image'), ownerless: true }],
  ['aws_key_pair', ec2('aws.ec2.key-pair', 'key_pair_id')],
  ['aws_launch_template', ec2('aws.ec2.launch-template')],
  ['aws_autoscaling_group', { kind: 'aws.autoscaling.autoscalinggroup' }],
  ['aws_lb', loadBalancer],
  ['aws_alb', loadBalancer],
  ['aws_lb_listener', listener],
  ['aws_alb_listener', listener],
  ['aws_lb_target_group', targetGroup],
  ['aws_alb_target_group', targetGroup],
  [
    'aws_elb',
    named('aws.elasticloadbalancing.classic-loadbalancer', 'elasticloadbalancing', (attributes) =>
      after('loadbalancer/', textOf(attributes, 'name', 'id')),
    ),
  ],
  ['aws_db_instance', named('aws.rds.db', 'rds', (attributes) => after('db:', textOf(attributes, 'identifier')))],
  [
    'aws_rds_cluster',
    named('aws.rds.cluster', 'rds', (attributes) => after('cluster:', textOf(attributes, 'cluster_identifier'))),
  ],
  [
    'aws_rds_cluster_instance',
    named('aws.rds.db', 'rds', (attributes) => after('db:', textOf(attributes, 'identifier'))),
  ],
  ['aws_db_subnet_group', named('aws.rds.subgrp', 'rds', (attributes) => after('subgrp:', textOf(attributes, 'name')))],
  [
    'aws_elasticache_cluster',
    named('aws.elasticache.cluster', 'elasticache', (attributes) =>
      after('cluster:', textOf(attributes, 'cluster_id')),
    ),
  ],
  [
    'aws_elasticache_replication_group',
    named('aws.elasticache.replicationgroup', 'elasticache', (attributes) =>
      after('replicationgroup:', textOf(attributes, 'id')),
    ),
  ],
  [
    'aws_elasticache_subnet_group',
    named('aws.elasticache.subnetgroup', 'elasticache', (attributes) =>
      after('subnetgroup:', textOf(attributes, 'name')),
    ),
  ],
  ['aws_elasticsearch_domain', searchDomain],
  ['aws_opensearch_domain', searchDomain],
  [
    'aws_redshift_cluster',
    named('aws.redshift.cluster', 'redshift', (attributes) =>
      after('cluster:', textOf(attributes, 'cluster_identifier')),
    ),
  ],
  [
    'aws_redshift_subnet_group',
    named('aws.redshift.subnetgroup', 'redshift', (attributes) => after('subnetgroup:', textOf(attributes, 'name'))),
  ],
  ['aws_efs_file_system', { kind: 'aws.elasticfilesystem.file-system' }],
  ['aws_efs_access_point', { kind: 'aws.elasticfilesystem.access-point' }],
  ['aws_s3_bucket', { kind: 'aws.s3.bucket' }],
  ['aws_dynamodb_table', { kind: 'aws.dynamodb.table' }],
  ['aws_sqs_queue', { kind: 'aws.sqs.queue' }],
  ['aws_sns_topic', { kind: 'aws.sns.topic' }],
  ['aws_lambda_function', { kind: 'aws.lambda.function' }],
  ['aws_iam_role', { kind: 'aws.iam.role' }],
  ['aws_iam_instance_profile', { kind: 'aws.iam.instance-profile' }],
  ['aws_kms_key', { kind: 'aws.kms.key' }],
  ['aws_iam_user', { kind: 'aws.iam.user' }],
  ['aws_iam_group', { kind: 'aws.iam.group' }],
  ['aws_iam_policy', { kind: 'aws.iam.policy' }],
  ['aws_iam_openid_connect_provider', { kind: 'aws.iam.oidc-provider' }],
  ['aws_ecs_cluster', { kind: 'aws.ecs.cluster' }],
  ['aws_ecs_service', { kind: 'aws.ecs.service' }],
  ['aws_ecs_task_definition', { kind: 'aws.ecs.task-definition' }],
  ['aws_eks_cluster', { kind: 'aws.eks.cluster' }],
  ['aws_eks_node_group', { kind: 'aws.eks.nodegroup' }],
  ['aws_eks_fargate_profile', { kind: 'aws.eks.fargateprofile' }],
  ['aws_secretsmanager_secret', { kind: 'aws.secretsmanager.secret' }],
  ['aws_acm_certificate', { kind: 'aws.acm.certificate' }],
  ['aws_route53_zone', { kind: 'aws.route53.hostedzone' }],
  ['aws_cloudfront_distribution', { kind: 'aws.cloudfront.distribution' }],
  ['aws_api_gateway_rest_api', { kind: 'aws.apigateway.restapi' }],
  ['aws_apigatewayv2_api', { kind: 'aws.apigateway.api' }],
  ['aws_cloudformation_stack', { kind: 'aws.cloudformation.stack' }],
  ['aws_cloudtrail', { kind: 'aws.cloudtrail.trail' }],
]);
