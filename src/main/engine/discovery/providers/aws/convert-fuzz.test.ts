import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { relationshipFactSchema, resourceFactSchema } from '#shared/model/index.ts';
import { account, arnHere, everywhere, place } from '#test/support/aws/place.ts';
import { mutated } from '#test/support/fuzz/index.ts';
import { convertCertificate } from './acm/convert.ts';
import { convertHttpApi, convertRestApi, convertStage } from './apigateway/convert.ts';
import { convertDomain, convertVpcLink } from './apigateway/convert-entrance.ts';
import { convertAutoScalingGroup } from './autoscaling/convert.ts';
import { convertStack } from './cloudformation/convert.ts';
import { convertDistribution } from './cloudfront/convert.ts';
import { convertTrail } from './cloudtrail/convert.ts';
import { convertItems } from './convert-items.ts';
import { convertTable } from './dynamodb/convert.ts';
import { convertInstance, convertLaunchTemplate, convertVolume } from './ec2-compute/convert.ts';
import { convertImage, convertSnapshot } from './ec2-compute/convert-images.ts';
import { convertVpcEndpoint } from './ec2-connectivity/convert-endpoint.ts';
import { convertPeering } from './ec2-connectivity/convert-peering.ts';
import { convertTransitGatewayAttachment } from './ec2-connectivity/convert-transit-gateway.ts';
import { convertVpnConnection } from './ec2-connectivity/convert-vpn.ts';
import { convertNetworkInterface, convertSubnet, convertVpc } from './ec2-network/convert.ts';
import { convertNetworkAcl } from './ec2-network/convert-network-acl.ts';
import { convertRouteTable } from './ec2-network/convert-routes.ts';
import { convertSecurityGroup } from './ec2-network/convert-security-group.ts';
import { convertService, convertTaskDefinition } from './ecs/convert.ts';
import { convertTask } from './ecs/convert-task.ts';
import { convertFileSystem } from './efs/convert.ts';
import { convertCluster, convertNodegroup } from './eks/convert.ts';
import { convertCache, convertReplicationGroup } from './elasticache/convert.ts';
import { convertClassicBalancer } from './elb/convert.ts';
import { convertListener, convertLoadBalancer, convertTargetGroup } from './elbv2/convert.ts';
import type { Converted } from './facts.ts';
import { convertPolicy, convertRole, convertUser } from './iam/convert.ts';
import { convertKey } from './kms/convert.ts';
import { convertEventSource, convertFunction } from './lambda/convert.ts';
import { convertDomain as convertSearch } from './opensearch/convert.ts';
import type { AwsPlace } from './place.ts';
import { convertCluster as convertDatabaseCluster, convertDatabase } from './rds/convert.ts';
import { convertWarehouse } from './redshift/convert.ts';
import { convertRecord, convertZone } from './route53/convert.ts';
import { convertBucket } from './s3/convert.ts';
import { convertSecret } from './secretsmanager/convert.ts';
import { convertTopic } from './sns/convert.ts';
import { convertQueue } from './sqs/convert.ts';

interface Sample {
  readonly convert: (item: never, place: AwsPlace) => Converted;
  readonly item: Json;
}

const Tags = [{ Key: 'Name', Value: 'web' }];
const tags = { env: 'prod' };
const role = `arn:aws:iam::${account}:role/runs`;
const key = arnHere('kms', 'key/k');
const lambda = arnHere('lambda', 'function:f');
const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 'x:y' }] });
const endpoint = { Address: 'db.example', Port: 1 };
const groups = [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }];

function sample(convert: Sample['convert'], item: Json): Sample {
  return { convert, item };
}

/** One item of each kind that has edges, with the fields its converter reads. */
const samples: readonly Sample[] = [
  sample(convertVpc, {
    vpc: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8', CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/8' }], Tags },
  }),
  sample(convertSubnet, { SubnetId: 'subnet-1', VpcId: 'vpc-1', OwnerId: account, CidrBlock: '10.0.0.0/24', Tags }),
  sample(convertRouteTable, {
    RouteTableId: 'rtb-1',
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: 'subnet-1' }, { Main: true }],
    Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }, { GatewayId: 'igw-1' }],
  }),
  sample(convertSecurityGroup, {
    GroupId: 'sg-1',
    GroupName: 'web',
    VpcId: 'vpc-1',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 2,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: account }],
      },
    ],
  }),
  sample(convertNetworkAcl, {
    NetworkAclId: 'acl-1',
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: 'subnet-1', NetworkAclAssociationId: 'a' }],
  }),
  sample(convertNetworkInterface, {
    NetworkInterfaceId: 'eni-1',
    SubnetId: 'subnet-1',
    Groups: [{ GroupId: 'sg-1' }],
    Attachment: { InstanceId: 'i-1', DeviceIndex: 0 },
    Association: { PublicIp: '192.0.2.1' },
    TagSet: Tags,
  }),
  sample(convertPeering, {
    VpcPeeringConnectionId: 'pcx-1',
    RequesterVpcInfo: { OwnerId: account, VpcId: 'vpc-1', Region: 'eu-west-1' },
    AccepterVpcInfo: { VpcId: 'vpc-2' },
  }),
  sample(convertTransitGatewayAttachment, {
    attachment: {
      TransitGatewayAttachmentId: 'a',
      TransitGatewayId: 't',
      ResourceType: 'vpc',
      ResourceId: 'vpc-1',
      Association: { TransitGatewayRouteTableId: 'r' },
    },
    vpc: { SubnetIds: ['subnet-1'] },
    peering: null,
  }),
  sample(convertVpnConnection, {
    VpnConnectionId: 'vpn-1',
    CustomerGatewayId: 'c',
    VpnGatewayId: 'v',
    VgwTelemetry: [{ OutsideIpAddress: '192.0.2.1' }],
  }),
  sample(convertVpcEndpoint, {
    VpcEndpointId: 'vpce-1',
    VpcId: 'vpc-1',
    SubnetIds: ['subnet-1'],
    Groups: [{ GroupId: 'sg-1' }],
    DnsEntries: [{ DnsName: 'a.example' }],
    ServiceName: 'x.vpce-svc-1a',
    PolicyDocument: policy,
  }),
  sample(convertInstance, {
    instance: {
      InstanceId: 'i-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      SecurityGroups: [{ GroupId: 'sg-1' }],
      IamInstanceProfile: { Arn: role },
      ImageId: 'ami-1',
      KeyName: 'k',
      Placement: { AvailabilityZone: 'a' },
      State: { Name: 'running' },
      PublicIpAddress: '192.0.2.1',
      Tags,
    },
    ownerId: account,
  }),
  sample(convertVolume, {
    VolumeId: 'vol-1',
    Attachments: [{ InstanceId: 'i-1', Device: '/dev/a' }],
    KmsKeyId: 'alias/a',
    SnapshotId: 'snap-1',
  }),
  sample(convertSnapshot, { SnapshotId: 'snap-1', VolumeId: 'vol-1', KmsKeyId: key }),
  sample(convertImage, {
    ImageId: 'ami-1',
    Name: 'web',
    CreationDate: '2026-01-01',
    BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }],
  }),
  sample(convertLaunchTemplate, {
    template: { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Tags },
    latest: {
      LaunchTemplateData: {
        SecurityGroupIds: ['sg-1'],
        ImageId: 'ami-1',
        NetworkInterfaces: [{ SubnetId: 'subnet-1', Groups: ['sg-1'] }],
      },
    },
  }),
  sample(convertAutoScalingGroup, {
    AutoScalingGroupName: 'web',
    AutoScalingGroupARN: 'arn:asg',
    VPCZoneIdentifier: 'subnet-1,subnet-2',
    LaunchTemplate: { LaunchTemplateId: 'lt-1' },
    Instances: [{ InstanceId: 'i-1' }],
    TargetGroupARNs: ['arn:tg'],
    Tags,
  }),
  sample(convertLoadBalancer, {
    balancer: {
      LoadBalancerArn: 'arn:lb',
      VpcId: 'vpc-1',
      AvailabilityZones: [{ SubnetId: 'subnet-1', LoadBalancerAddresses: [{ AllocationId: 'e' }] }],
      DNSName: 'a.example',
      SecurityGroups: ['sg-1'],
      State: { Code: 'active' },
    },
    attributes: [],
    tags,
  }),
  sample(convertListener, {
    listener: {
      ListenerArn: 'arn:l/1',
      LoadBalancerArn: 'arn:a/b/c',
      DefaultActions: [{ TargetGroupArn: 'arn:tg' }],
      Certificates: [{ CertificateArn: 'arn:c' }],
    },
    rules: [{ Actions: [{ ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:t' }] } }] }],
    tags,
  }),
  sample(convertTargetGroup, {
    group: {
      TargetGroupArn: 'arn:tg',
      TargetGroupName: 'web',
      VpcId: 'vpc-1',
      LoadBalancerArns: ['arn:lb'],
      TargetType: 'ip',
    },
    attributes: [],
    health: [{ Target: { Id: '10.0.0.1', Port: 1 } }],
    tags,
  }),
  sample(convertClassicBalancer, {
    balancer: {
      LoadBalancerName: 'old',
      VPCId: 'vpc-1',
      DNSName: 'a.example',
      Subnets: ['subnet-1'],
      SecurityGroups: ['sg-1'],
      Instances: [{ InstanceId: 'i-1' }],
      ListenerDescriptions: [{ Listener: { SSLCertificateId: 'arn:c' } }],
    },
    attributes: {},
    tags,
  }),
  sample(convertDatabase, {
    DBInstanceIdentifier: 'db',
    DBSubnetGroup: { DBSubnetGroupName: 'g', VpcId: 'vpc-1' },
    VpcSecurityGroups: groups,
    KmsKeyId: key,
    ReadReplicaSourceDBInstanceIdentifier: 'main',
    Endpoint: endpoint,
    TagList: Tags,
  }),
  sample(convertDatabaseCluster, {
    DBClusterIdentifier: 'c',
    DBSubnetGroup: 'g',
    VpcSecurityGroups: groups,
    DBClusterMembers: [{ DBInstanceIdentifier: 'db', IsClusterWriter: true }],
    AssociatedRoles: [{ RoleArn: role }],
    Endpoint: 'c.example',
  }),
  sample(convertCache, {
    cluster: {
      CacheClusterId: 'c',
      CacheSubnetGroupName: 'g',
      SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
      CacheNodes: [{ Endpoint: endpoint }],
    },
    subnets: { VpcId: 'vpc-1' },
    tags,
  }),
  sample(convertReplicationGroup, {
    group: { ReplicationGroupId: 'r', KmsKeyId: key, NodeGroups: [{ PrimaryEndpoint: endpoint }] },
    tags,
  }),
  sample(convertSearch, {
    domain: {
      ARN: 'arn:es',
      DomainName: 'd',
      VPCOptions: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      Endpoints: { vpc: 'd.example' },
      AccessPolicies: policy,
    },
    tags,
  }),
  sample(convertWarehouse, {
    ClusterIdentifier: 'w',
    VpcId: 'vpc-1',
    VpcSecurityGroups: groups,
    IamRoles: [{ IamRoleArn: role }],
    Endpoint: endpoint,
    Tags,
  }),
  sample(convertFileSystem, {
    fileSystem: { FileSystemId: 'fs-1', OwnerId: account, KmsKeyId: key, Tags },
    mountTargets: [{ target: { SubnetId: 'subnet-1', NetworkInterfaceId: 'eni-1' }, securityGroups: ['sg-1'] }],
    policy,
  }),
  sample(convertTable, {
    table: { TableArn: 'arn:t', TableName: 't', SSEDescription: { KMSMasterKeyArn: key } },
    backups: {},
    timeToLive: {},
    tags,
  }),
  sample(convertBucket, {
    bucket: { Name: 'b' },
    tags,
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: key } }] },
    policy,
    logging: { TargetBucket: 'l' },
    notifications: { QueueConfigurations: [{ QueueArn: 'arn:q' }] },
  }),
  sample(convertQueue, {
    url: `https://sqs/${account}/q`,
    attributes: {
      QueueArn: 'arn:q',
      KmsMasterKeyId: 'alias/a',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:d' }),
      Policy: policy,
    },
    tags,
  }),
  sample(convertTopic, {
    arn: arnHere('sns', 't'),
    attributes: { KmsMasterKeyId: 'k', Policy: policy },
    subscriptions: [{ subscription: { Protocol: 'sqs', Endpoint: 'arn:q' }, attributes: { RedrivePolicy: '{}' } }],
    tags,
  }),
  sample(convertFunction, {
    configuration: {
      FunctionArn: lambda,
      FunctionName: 'f',
      Role: role,
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'], VpcId: 'vpc-1' },
      Layers: [{ Arn: 'arn:a:b:c:d:layer:l:1' }],
      DeadLetterConfig: { TargetArn: 'arn:q' },
    },
    policy,
    image: null,
    tags,
  }),
  sample(convertEventSource, {
    UUID: 'u',
    EventSourceArn: 'arn:q',
    FunctionArn: lambda,
    DestinationConfig: { OnFailure: { Destination: 'arn:d' } },
  }),
  sample(convertService, {
    serviceArn: 'arn:s',
    serviceName: 's',
    clusterArn: 'arn:c',
    taskDefinition: 'arn:t',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
    loadBalancers: [{ targetGroupArn: 'arn:tg' }],
    serviceRegistries: [{ registryArn: 'arn:r' }],
    tags: [{ key: 'a', value: 'b' }],
  }),
  sample(convertTaskDefinition, {
    definition: {
      taskDefinitionArn: 'arn:t/1',
      taskRoleArn: role,
      containerDefinitions: [{ name: 'a', image: 'i', secrets: [{ name: 'S', valueFrom: 'p' }] }],
      volumes: [{ efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
    },
    tags: [],
  }),
  sample(convertTask, {
    taskArn: 'arn:t/1',
    clusterArn: 'arn:cluster/c',
    group: 'service:s',
    attachments: [{ details: [{ name: 'subnetId', value: 'subnet-1' }] }],
    tags: [],
  }),
  sample(convertCluster, {
    cluster: {
      name: 'k',
      arn: 'arn:k',
      roleArn: role,
      resourcesVpcConfig: { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
      encryptionConfig: [{ provider: { keyArn: key } }],
      endpoint: 'https://k.example',
      tags,
    },
    accessEntries: [{ principalArn: role, kubernetesGroups: ['g'] }],
  }),
  sample(convertNodegroup, {
    group: {
      nodegroupName: 'n',
      clusterName: 'k',
      nodeRole: role,
      subnets: ['subnet-1'],
      launchTemplate: { id: 'lt-1', version: '1' },
      resources: { remoteAccessSecurityGroup: 'sg-1' },
      tags,
    },
    scalingGroups: [{ AutoScalingGroupARN: 'arn:asg' }],
  }),
  sample(convertRole, {
    role: {
      Arn: role,
      RoleName: 'runs',
      AssumeRolePolicyDocument: encodeURIComponent(policy),
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:p' },
      Tags,
    },
    attached: [{ PolicyArn: 'arn:p' }],
    inline: [{ name: 'a', document: policy }],
  }),
  sample(convertUser, {
    Arn: 'arn:u',
    UserName: 'ada',
    GroupList: ['g'],
    AttachedManagedPolicies: [{ PolicyArn: 'arn:p' }],
    UserPolicyList: [{ PolicyName: 'p', PolicyDocument: policy }],
    Tags,
  }),
  sample(convertPolicy, {
    policy: { Arn: 'arn:p', PolicyName: 'p', PolicyVersionList: [{ IsDefaultVersion: true, Document: policy }] },
    tags,
  }),
  sample(convertKey, {
    entry: { KeyArn: key, KeyId: 'k' },
    metadata: { KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
    policy,
    aliases: [{ AliasName: 'alias/a', AliasArn: 'arn:a' }],
    tags,
  }),
  sample(convertSecret, {
    ARN: 'arn:a:b:c:d:secret:s',
    Name: 's',
    KmsKeyId: key,
    RotationLambdaARN: lambda,
    PrimaryRegion: 'us-east-1',
    Tags,
  }),
  sample(convertCertificate, {
    summary: { CertificateArn: 'arn:c/1', DomainName: 'a.example' },
    certificate: { InUseBy: ['arn:lb'], Status: 'ISSUED' },
    tags,
  }),
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

const permission = 'x:List';
const isGlobal = new Set<Sample['convert']>([
  convertRole,
  convertUser,
  convertPolicy,
  convertZone,
  convertRecord,
  convertDistribution,
]);

function converted({ convert }: Sample, items: readonly Json[]): ReturnType<typeof convertItems> {
  const where = isGlobal.has(convert) ? everywhere : place;
  return convertItems(items, convert as (item: Json, place: AwsPlace) => Converted, { place: where, permission });
}

/** A fact as it comes back from a file. */
function asWritten(fact: object): unknown {
  return JSON.parse(JSON.stringify(fact));
}

test('every sample is read as it is', () => {
  for (const one of samples)
    expect(converted(one, [one.item])).toMatchObject({ gap: null, resources: [{ cloud: 'aws' }] });
});

test('a mutated item never throws, is never dropped in silence, and takes none of the others away', () => {
  const cases = fc
    .nat(samples.length - 1)
    .chain((index) => fc.tuple(fc.constant(index), mutated(fc.constant(samples[index]?.item ?? null))));
  fc.assert(
    fc.property(cases, ([index, item]) => {
      const one = samples[index];
      if (one === undefined) return;
      const { resources, relationships, gap } = converted(one, [one.item, item, one.item]);
      expect(resources.length).toBe(gap === null ? 3 : 2);
      expect(gap?.message ?? permission).toContain(permission);
      for (const fact of resources) resourceFactSchema.parse(asWritten(fact));
      for (const fact of relationships) relationshipFactSchema.parse(asWritten(fact));
    }),
    { numRuns: 2500 },
  );
});

test('what is wrong with an item is told with how many there are', () => {
  const { gap } = convertItems([{ VpcId: 'vpc-1' }, {}, { SubnetId: 'subnet-1' }], convertSubnet, {
    place,
    permission,
  });
  expect(gap).toEqual({
    status: 'failed',
    message:
      `x:List in ${place.accountLabel}, eu-west-1: the answer has 3 items, the first of them that cannot be read: ` +
      'The answer has an item without SubnetId.',
    permission: null,
    unreachable: false,
  });
});

test('a body as deep as a stack is read or named, not fallen over', () => {
  let deep: Json = 'end';
  for (let level = 0; level < 50_000; level += 1) deep = { inner: deep };
  const { resources, gap } = convertItems([{ vpc: { VpcId: 'vpc-1', deep } }], convertVpc as never, {
    place,
    permission,
  });
  expect(resources.length + (gap === null ? 0 : 1)).toBe(1);
});
