import { convertAutoScalingGroup } from '../../providers/aws/autoscaling/convert.ts';
import { convertTable } from '../../providers/aws/dynamodb/convert.ts';
import { convertInstance, convertLaunchTemplate, convertVolume } from '../../providers/aws/ec2-compute/convert.ts';
import {
  convertAddress,
  convertInternetGateway,
  convertNatGateway,
  convertNetworkInterface,
  convertSubnet,
  convertVpc,
} from '../../providers/aws/ec2-network/convert.ts';
import { convertRouteTable } from '../../providers/aws/ec2-network/convert-routes.ts';
import { convertListener, convertLoadBalancer, convertTargetGroup } from '../../providers/aws/elbv2/convert.ts';
import { convertFunction } from '../../providers/aws/lambda/convert.ts';
import { convertDatabase, convertSubnetGroup } from '../../providers/aws/rds/convert.ts';
import { convertTopic } from '../../providers/aws/sns/convert.ts';
import { convertQueue } from '../../providers/aws/sqs/convert.ts';
import { mappedConnectivity } from './mapped-connectivity.ts';
import { mappedIdentity } from './mapped-identity.ts';
import { mappedServices } from './mapped-services.ts';
import { type MappedType, plain } from './mapped-type.ts';
import { answerBody } from './sdk-shape.ts';
import { attributesOf, bucketOf, keyOf, securityGroupOf, tagList, textIn } from './special-shapes.ts';

/** By resource type as Config names it. */
export const mappedTypes: ReadonlyMap<string, MappedType> = new Map<string, MappedType>([
  ...mappedConnectivity,
  ...mappedIdentity,
  ...mappedServices,
  [
    'AWS::EC2::VPC',
    plain((vpc, place) => convertVpc({ vpc, dnsSupport: null, dnsHostnames: null }, place), {
      kind: 'aws.ec2.vpc',
      idField: 'VpcId',
    }),
  ],
  ['AWS::EC2::Subnet', plain(convertSubnet, { kind: 'aws.ec2.subnet', idField: 'SubnetId' })],
  ['AWS::EC2::RouteTable', plain(convertRouteTable, { kind: 'aws.ec2.route-table', idField: 'RouteTableId' })],
  [
    'AWS::EC2::InternetGateway',
    plain(convertInternetGateway, { kind: 'aws.ec2.internet-gateway', idField: 'InternetGatewayId' }),
  ],
  ['AWS::EC2::NatGateway', plain(convertNatGateway, { kind: 'aws.ec2.natgateway', idField: 'NatGatewayId' })],
  ['AWS::EC2::EIP', plain(convertAddress, { kind: 'aws.ec2.elastic-ip', idField: 'AllocationId' })],
  [
    'AWS::EC2::NetworkInterface',
    plain(convertNetworkInterface, {
      kind: 'aws.ec2.network-interface',
      idField: 'NetworkInterfaceId',
      tags: 'TagSet',
    }),
  ],
  ['AWS::EC2::SecurityGroup', { kind: 'aws.ec2.security-group', idField: 'GroupId', convert: securityGroupOf }],
  [
    'AWS::EC2::Instance',
    {
      kind: 'aws.ec2.instance',
      idField: 'InstanceId',
      convert: (body, item, place) => {
        const instance = answerBody({ ...body, Tags: tagList(item) });
        return convertInstance({ instance, ownerId: item.account, reservationId: undefined }, place);
      },
    },
  ],
  ['AWS::EC2::Volume', plain(convertVolume, { kind: 'aws.ec2.volume', idField: 'VolumeId' })],
  [
    'AWS::EC2::LaunchTemplate',
    {
      kind: 'aws.ec2.launch-template',
      idField: 'LaunchTemplateId',
      convert: ({ LaunchTemplateData: data, ...body }, item, place) => {
        const template = answerBody({ ...body, Tags: tagList(item) });
        const latest = data === undefined ? null : { LaunchTemplateData: data };
        return convertLaunchTemplate({ template, latest }, place);
      },
    },
  ],
  [
    'AWS::AutoScaling::AutoScalingGroup',
    plain(
      (group, place) => convertAutoScalingGroup({ group: group as never, launchConfigurationArn: undefined }, place),
      {
        kind: 'aws.autoscaling.autoscalinggroup',
        idField: 'AutoScalingGroupName',
      },
    ),
  ],
  [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    {
      kind: 'aws.elasticloadbalancing.loadbalancer',
      idField: 'LoadBalancerArn',
      convert: (balancer, { tags }, place) => convertLoadBalancer({ balancer, attributes: null, tags }, place),
    },
  ],
  [
    'AWS::ElasticLoadBalancingV2::Listener',
    {
      kind: 'aws.elasticloadbalancing.listener',
      idField: 'ListenerArn',
      convert: (listener, { tags }, place) =>
        convertListener({ listener, certificates: null, rules: null, tags }, place),
    },
  ],
  [
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    {
      kind: 'aws.elasticloadbalancing.targetgroup',
      idField: 'TargetGroupArn',
      convert: (group, { tags }, place) => convertTargetGroup({ group, attributes: null, health: null, tags }, place),
    },
  ],
  [
    'AWS::RDS::DBInstance',
    plain(convertDatabase, { kind: 'aws.rds.db', idField: 'DBInstanceIdentifier', tags: 'TagList' }),
  ],
  [
    'AWS::RDS::DBSubnetGroup',
    {
      kind: 'aws.rds.subgrp',
      idField: 'DBSubnetGroupName',
      convert: (group, { tags }, place) => convertSubnetGroup({ group, tags }, place),
    },
  ],
  ['AWS::S3::Bucket', { kind: 'aws.s3.bucket', idField: 'Name', convert: bucketOf }],
  [
    'AWS::DynamoDB::Table',
    {
      kind: 'aws.dynamodb.table',
      idField: 'TableName',
      convert: (table, { tags }, place) => convertTable({ table, backups: null, timeToLive: null, tags }, place),
    },
  ],
  [
    'AWS::SQS::Queue',
    {
      kind: 'aws.sqs.queue',
      idField: 'QueueArn',
      convert: (body, { arn, id, tags }, place) => {
        const attributes: Record<string, string> = {
          ...attributesOf(body),
          ...(arn === undefined ? {} : { QueueArn: arn }),
        };
        return convertQueue({ url: attributes['QueueUrl'] ?? id, attributes, tags }, place);
      },
    },
  ],
  [
    'AWS::SNS::Topic',
    {
      kind: 'aws.sns.topic',
      idField: 'TopicArn',
      convert: (body, { arn, id, tags }, place) =>
        convertTopic({ arn: arn ?? id, attributes: attributesOf(body), subscriptions: [], tags }, place),
    },
  ],
  [
    'AWS::Lambda::Function',
    {
      kind: 'aws.lambda.function',
      idField: 'FunctionName',
      convert: (configuration, { supplementary, tags }, place) =>
        convertFunction({ configuration, policy: textIn(supplementary['Policy']), image: null, tags }, place),
    },
  ],
  ['AWS::KMS::Key', { kind: 'aws.kms.key', idField: 'KeyId', convert: keyOf }],
]);
