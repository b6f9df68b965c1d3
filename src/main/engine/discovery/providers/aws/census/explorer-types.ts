import type { AwsKind } from '../kinds.ts';

/**
 * What Resource Explorer calls a kind of which it indexes the same resources as their listing: those of the account in
 * the region. Left out is what is shared between accounts. A name that Resource Explorer does not give as supported
 * vouches for nothing.
 * Source: https://docs.aws.amazon.com/resource-explorer/latest/userguide/supported-resource-types.html
 */
export const explorerTypes: { readonly [Kind in AwsKind]?: readonly string[] } = {
  'aws.ec2.customer-gateway': ['ec2:customer-gateway'],
  'aws.ec2.elastic-ip': ['ec2:elastic-ip'],
  'aws.ec2.image': ['ec2:image'],
  'aws.ec2.instance': ['ec2:instance'],
  'aws.ec2.internet-gateway': ['ec2:internet-gateway'],
  'aws.ec2.key-pair': ['ec2:key-pair'],
  'aws.ec2.launch-template': ['ec2:launch-template'],
  'aws.ec2.natgateway': ['ec2:natgateway'],
  'aws.ec2.snapshot': ['ec2:snapshot'],
  'aws.ec2.volume': ['ec2:volume'],
  'aws.ec2.vpc-endpoint': ['ec2:vpc-endpoint'],
  'aws.ec2.vpn-connection': ['ec2:vpn-connection'],
  'aws.ec2.vpn-gateway': ['ec2:vpn-gateway'],
  'aws.apigateway.api': ['apigateway:apis'],
  'aws.apigateway.domainname': ['apigateway:domainnames'],
  'aws.apigateway.restapi': ['apigateway:restapis'],
  // A stage belongs to an API of either kind.
  'aws.apigateway.stage': ['apigateway:restapis', 'apigateway:apis'],
  'aws.apigateway.vpclink': ['apigateway:vpclinks'],
  'aws.cloudformation.stack': ['cloudformation:stack'],
  'aws.dynamodb.table': ['dynamodb:table'],
  'aws.ecs.cluster': ['ecs:cluster'],
  // Services and tasks belong to a cluster.
  'aws.ecs.service': ['ecs:cluster'],
  'aws.ecs.task': ['ecs:cluster'],
  'aws.eks.cluster': ['eks:cluster'],
  'aws.eks.fargateprofile': ['eks:cluster'],
  'aws.eks.nodegroup': ['eks:cluster'],
  'aws.elasticache.cluster': ['elasticache:cluster'],
  'aws.elasticache.replicationgroup': ['elasticache:replicationgroup'],
  'aws.elasticache.subnetgroup': ['elasticache:subnetgroup'],
  'aws.elasticfilesystem.access-point': ['elasticfilesystem:file-system'],
  'aws.elasticfilesystem.file-system': ['elasticfilesystem:file-system'],
  'aws.es.domain': ['es:domain'],
  'aws.lambda.event-source-mapping': ['lambda:event-source-mapping'],
  'aws.lambda.function': ['lambda:function'],
  'aws.lambda.layer': ['lambda:layer'],
  'aws.rds.cluster': ['rds:cluster'],
  'aws.rds.db': ['rds:db'],
  'aws.redshift.cluster': ['redshift:cluster'],
  'aws.secretsmanager.secret': ['secretsmanager:secret'],
  'aws.sns.topic': ['sns:topic'],
  'aws.sqs.queue': ['sqs:queue'],
};

/** The types of a kind, by any kind's name; none where Resource Explorer cannot vouch for it. */
export function explorerTypesOf(kind: string): readonly string[] {
  const types: Readonly<Record<string, readonly string[] | undefined>> = explorerTypes;
  return types[kind] ?? [];
}
