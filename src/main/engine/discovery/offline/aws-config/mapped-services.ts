import { convertCertificate } from '../../providers/aws/acm/convert.ts';
import { convertHttpApi, convertRestApi, convertStage } from '../../providers/aws/apigateway/convert.ts';
import { convertLaunchConfiguration } from '../../providers/aws/autoscaling/convert.ts';
import { convertStack } from '../../providers/aws/cloudformation/convert.ts';
import { convertDistribution } from '../../providers/aws/cloudfront/convert.ts';
import { convertTrail } from '../../providers/aws/cloudtrail/convert.ts';
import { convertCluster, convertService, convertTaskDefinition } from '../../providers/aws/ecs/convert.ts';
import { convertAccessPoint, convertFileSystem } from '../../providers/aws/efs/convert.ts';
import { convertCluster as convertKubernetesCluster, convertFargateProfile } from '../../providers/aws/eks/convert.ts';
import { convertDomain } from '../../providers/aws/opensearch/convert.ts';
import { convertCluster as convertDatabaseCluster } from '../../providers/aws/rds/convert.ts';
import { convertWarehouse, convertWarehouseSubnetGroup } from '../../providers/aws/redshift/convert.ts';
import { convertZone } from '../../providers/aws/route53/convert.ts';
import { convertSecret } from '../../providers/aws/secretsmanager/convert.ts';
import { bySchema, type MappedType, plain } from './mapped-type.ts';
import { answerBody, lowerCamel } from './sdk-shape.ts';
import { lowerCaseTagList, tagList } from './special-shapes.ts';

/** Services beside the network, by resource type as Config names it. */
export const mappedServices: readonly (readonly [string, MappedType])[] = [
  [
    'AWS::AutoScaling::LaunchConfiguration',
    plain((configuration, place) => convertLaunchConfiguration(configuration as never, place), {
      kind: 'aws.autoscaling.launchconfiguration',
      idField: 'LaunchConfigurationName',
    }),
  ],
  [
    'AWS::RDS::DBCluster',
    plain(convertDatabaseCluster, { kind: 'aws.rds.cluster', idField: 'DBClusterIdentifier', tags: 'TagList' }),
  ],
  ['AWS::Redshift::Cluster', plain(convertWarehouse, { kind: 'aws.redshift.cluster', idField: 'ClusterIdentifier' })],
  [
    'AWS::Redshift::ClusterSubnetGroup',
    plain(convertWarehouseSubnetGroup, { kind: 'aws.redshift.subnetgroup', idField: 'ClusterSubnetGroupName' }),
  ],
  ...['AWS::Elasticsearch::Domain', 'AWS::OpenSearch::Domain'].map((type): readonly [string, MappedType] => [
    type,
    bySchema('aws.es.domain', 'DomainName', (body, { arn, tags }, place) =>
      convertDomain({ domain: answerBody({ ...body, ARN: arn ?? body['Arn'] }) as never, tags }, place),
    ),
  ]),
  [
    'AWS::EFS::FileSystem',
    bySchema('aws.elasticfilesystem.file-system', 'FileSystemId', (body, { id, ...item }, place) => {
      const fileSystem = answerBody({ ...body, FileSystemId: body['FileSystemId'] ?? id, Tags: tagList(item) });
      return convertFileSystem({ fileSystem: fileSystem as never, mountTargets: null, policy: null }, place);
    }),
  ],
  [
    'AWS::EFS::AccessPoint',
    bySchema('aws.elasticfilesystem.access-point', 'AccessPointId', (body, item, place) =>
      convertAccessPoint(answerBody({ ...body, Tags: tagList(item) }), place),
    ),
  ],
  [
    'AWS::ECS::Cluster',
    bySchema('aws.ecs.cluster', 'ClusterName', (body, { arn, ...item }, place) =>
      convertCluster(
        answerBody({ ...lowerCamel(body), clusterArn: arn ?? body['Arn'], tags: lowerCaseTagList(item) }),
        place,
      ),
    ),
  ],
  [
    'AWS::ECS::Service',
    bySchema('aws.ecs.service', 'ServiceName', (body, { arn, ...item }, place) => {
      const { cluster, role, ...rest } = lowerCamel(body);
      const named = { clusterArn: cluster, roleArn: role, serviceArn: arn ?? body['ServiceArn'] };
      return convertService(answerBody({ ...rest, ...named, tags: lowerCaseTagList(item) }), place);
    }),
  ],
  [
    'AWS::ECS::TaskDefinition',
    bySchema('aws.ecs.task-definition', 'TaskDefinitionArn', (body, item, place) =>
      convertTaskDefinition({ definition: lowerCamel(body), tags: lowerCaseTagList(item) }, place),
    ),
  ],
  [
    'AWS::EKS::Cluster',
    bySchema('aws.eks.cluster', 'Name', (body, { arn, tags }, place) => {
      const cluster = answerBody({ ...lowerCamel(body), arn: arn ?? body['Arn'], tags });
      return convertKubernetesCluster({ cluster, accessEntries: null }, place);
    }),
  ],
  [
    'AWS::EKS::FargateProfile',
    bySchema('aws.eks.fargateprofile', 'FargateProfileName', (body, { arn, tags }, place) =>
      convertFargateProfile(answerBody({ ...lowerCamel(body), fargateProfileArn: arn ?? body['Arn'], tags }), place),
    ),
  ],
  [
    'AWS::SecretsManager::Secret',
    bySchema('aws.secretsmanager.secret', 'Name', (body, { arn, ...item }, place) =>
      convertSecret(answerBody({ ...body, ARN: arn ?? body['ARN'], Tags: tagList(item) }), place),
    ),
  ],
  [
    'AWS::ACM::Certificate',
    {
      kind: 'aws.acm.certificate',
      idField: 'CertificateArn',
      convert: (body, { tags }, place) => convertCertificate({ summary: body, certificate: body, tags }, place),
    },
  ],
  [
    'AWS::Route53::HostedZone',
    bySchema('aws.route53.hostedzone', 'Id', (body, { tags }, place) => {
      const networks = body['VPCs'] ?? null;
      const zone = answerBody({ ...body, Config: body['HostedZoneConfig'] ?? { PrivateZone: networks !== null } });
      return convertZone({ zone: zone as never, networks, tags }, place);
    }),
  ],
  [
    'AWS::CloudFront::Distribution',
    bySchema('aws.cloudfront.distribution', 'Id', (body, { arn, tags }, place) => {
      const config = answerBody(body['DistributionConfig']);
      const summary = answerBody({ ...config, ...body, ARN: arn ?? body['ARN'] });
      return convertDistribution({ summary: summary as never, config: config as never, tags }, place);
    }),
  ],
  [
    'AWS::ApiGateway::RestApi',
    bySchema('aws.apigateway.restapi', 'Id', (body, { tags }, place) => {
      const api = answerBody({ ...lowerCamel(body), tags });
      return convertRestApi({ api, resources: null, authorizers: null }, place);
    }),
  ],
  [
    'AWS::ApiGatewayV2::Api',
    bySchema('aws.apigateway.api', 'ApiId', (body, { tags }, place) => {
      const api = answerBody({ ...body, Tags: tags });
      return convertHttpApi({ api: api as never, routes: null, integrations: null, authorizers: null }, place);
    }),
  ],
  [
    'AWS::ApiGateway::Stage',
    bySchema('aws.apigateway.stage', 'StageName', (body, { tags }, place) => {
      const stage = answerBody({ ...lowerCamel(body), tags });
      return convertStage({ of: 'rest', apiId: body['RestApiId'], stage }, place);
    }),
  ],
  [
    'AWS::ApiGatewayV2::Stage',
    bySchema('aws.apigateway.stage', 'StageName', (body, { tags }, place) =>
      convertStage({ of: 'http', apiId: body['ApiId'], stage: answerBody({ ...body, Tags: tags }) as never }, place),
    ),
  ],
  [
    'AWS::CloudFormation::Stack',
    {
      kind: 'aws.cloudformation.stack',
      idField: 'StackId',
      convert: (body, item, place) => {
        const stack = answerBody({ ...body, Tags: tagList(item) });
        return convertStack({ stack: stack as never, resources: null }, place);
      },
    },
  ],
  ['AWS::CloudTrail::Trail', plain(convertTrail, { kind: 'aws.cloudtrail.trail', idField: 'TrailARN' })],
];
