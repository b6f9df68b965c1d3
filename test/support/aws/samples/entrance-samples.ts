import { convertDomain, convertVpcLink } from '#engine/discovery/providers/aws/apigateway/convert-entrance.ts';
import { convertHttpApi, convertRestApi, convertStage } from '#engine/discovery/providers/aws/apigateway/convert.ts';
import { convertStack } from '#engine/discovery/providers/aws/cloudformation/convert.ts';
import { convertDistribution } from '#engine/discovery/providers/aws/cloudfront/convert.ts';
import { convertTrail } from '#engine/discovery/providers/aws/cloudtrail/convert.ts';
import { convertRecord, convertZone } from '#engine/discovery/providers/aws/route53/convert.ts';
import { Tags, tags, role, lambda, policy, sample, type Sample } from './sample.ts';

/** Items of names, entrances, stacks and trails, with the fields their converters read. */
export const entranceSamples: readonly Sample[] = [
  sample(convertZone, {
    zone: { Id: '/hostedzone/Z', Name: 'a.example.', Config: { PrivateZone: true } },
    networks: [{ VPCId: 'vpc-1', VPCRegion: 'eu-west-1' }],
    tags,
  }),
  sample(convertRecord, {
    zone: { Id: 'Z', Name: 'a.example.' },
    record: {
      Name: 'w.a.example.',
      Type: 'MX',
      ResourceRecords: [{ Value: '1 m.example' }],
      AliasTarget: { DNSName: 'x.example' },
      HealthCheckId: 'h',
    },
  }),
  sample(convertDistribution, {
    summary: {
      ARN: 'arn:d',
      Id: 'E',
      DomainName: 'd.example',
      Aliases: { Items: ['a.example'] },
      Origins: { Items: [{ Id: 'o', DomainName: 'b.s3.amazonaws.com' }] },
      DefaultCacheBehavior: { LambdaFunctionAssociations: { Items: [{ LambdaFunctionARN: lambda }] } },
      CacheBehaviors: { Items: [] },
      ViewerCertificate: { ACMCertificateArn: 'arn:c' },
      WebACLId: 'w',
    },
    config: null,
    tags,
  }),
  sample(convertRestApi, {
    api: {
      id: 'a',
      name: 'a',
      endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-1'] },
      policy,
      tags,
    },
    resources: [
      {
        resourceMethods: { GET: { methodIntegration: { uri: lambda, connectionType: 'VPC_LINK', connectionId: 'v' } } },
      },
    ],
    authorizers: [{ authorizerUri: lambda, providerARNs: ['arn:p'] }],
  }),
  sample(convertHttpApi, {
    api: { ApiId: 'h', Name: 'h', ApiEndpoint: 'https://h.example', Tags: tags },
    routes: [],
    integrations: [{ IntegrationUri: lambda, CredentialsArn: role }],
    authorizers: [{ AuthorizerUri: lambda }],
  }),
  sample(convertStage, {
    of: 'rest',
    apiId: 'a',
    stage: { stageName: 's', tags, accessLogSettings: { destinationArn: 'arn:l' }, webAclArn: 'arn:w' },
  }),
  sample(convertDomain, {
    rest: { domainName: 'a.example', certificateArn: 'arn:c', tags },
    http: { DomainName: 'a.example', DomainNameConfigurations: [{ ApiGatewayDomainName: 'x.example' }] },
    basePaths: [{ restApiId: 'a' }],
    mappings: [{ ApiId: 'h' }],
  }),
  sample(convertVpcLink, {
    of: 'http',
    link: { VpcLinkId: 'v', Name: 'v', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], Tags: tags },
  }),
  sample(convertStack, {
    stack: {
      StackId: 'arn:s',
      StackName: 's',
      NotificationARNs: ['arn:t'],
      Tags,
      Parameters: [{ ParameterKey: 'a', ParameterValue: 'b' }],
    },
    resources: [{ LogicalResourceId: 'a', PhysicalResourceId: 'vpc-1', ResourceType: 'AWS::EC2::VPC' }],
  }),
  sample(convertTrail, {
    TrailARN: 'arn:t',
    Name: 't',
    S3BucketName: 'b',
    CloudWatchLogsLogGroupArn: 'arn:l:*',
    KmsKeyId: 'k',
  }),
];
