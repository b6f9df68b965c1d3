import type { Category } from '#shared/model/index.ts';

/** Every kind this provider lists, in AWS's own words, with what it is in the words of all clouds. */
export const awsKinds = {
  'aws.ec2.vpc': 'network',
  'aws.ec2.subnet': 'subnetwork',
  'aws.ec2.route-table': 'route-table',
  'aws.ec2.internet-gateway': 'gateway',
  'aws.ec2.natgateway': 'gateway',
  'aws.ec2.elastic-ip': 'address',
  'aws.ec2.network-interface': 'interface',
  'aws.ec2.security-group': 'firewall',
  'aws.ec2.instance': 'machine',
  'aws.ec2.volume': 'disk',
  'aws.ec2.launch-template': 'template',
  'aws.autoscaling.autoscalinggroup': 'scaling-group',
  'aws.elasticloadbalancing.loadbalancer': 'balancer',
  'aws.elasticloadbalancing.listener': 'listener',
  'aws.elasticloadbalancing.targetgroup': 'target-group',
  'aws.rds.db': 'database',
  'aws.rds.subgrp': 'database-group',
  'aws.s3.bucket': 'bucket',
  'aws.dynamodb.table': 'table',
  'aws.sqs.queue': 'queue',
  'aws.sns.topic': 'topic',
  'aws.lambda.function': 'function',
  'aws.iam.role': 'role',
  'aws.iam.instance-profile': 'role',
  'aws.kms.key': 'key',
} as const satisfies Record<string, Category>;

export type AwsKind = keyof typeof awsKinds;
