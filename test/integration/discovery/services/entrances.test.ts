import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateStageCommand,
  CreateVpcLinkCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  Route53Client,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
const account = '123456789012';
const worker = `arn:aws:lambda:${region}:${account}:function:worker`;
const hush = 'not-for-anybody';
let mapped: Mapped;
let balancerHost: string;
let distributionHost: string;
let vpc: string;
let subnet: string;

async function makeNames(config: ReturnType<typeof bench.config>): Promise<void> {
  const route53 = new Route53Client(config);
  const made = await route53.send(new CreateHostedZoneCommand({ Name: 'shop.example', CallerReference: '1' }));
  const HostedZoneId = required(made.HostedZone?.Id, 'zone');
  const ResourceId = HostedZoneId.split('/').at(-1);
  await route53.send(
    new ChangeTagsForResourceCommand({
      ResourceType: 'hostedzone',
      ResourceId,
      AddTags: [{ Key: 'Team', Value: 'web' }],
    }),
  );
  await route53.send(
    new CreateHostedZoneCommand({
      Name: 'inside.example',
      CallerReference: '2',
      VPC: { VPCId: vpc, VPCRegion: region },
      HostedZoneConfig: { PrivateZone: true },
    }),
  );
  const alias = { HostedZoneId: 'Z2', EvaluateTargetHealth: false };
  const records: ResourceRecordSet[] = [
    { Name: 'shop.example', Type: 'A', AliasTarget: { ...alias, DNSName: distributionHost } },
    { Name: 'web.shop.example', Type: 'A', AliasTarget: { ...alias, DNSName: `dualstack.${balancerHost}` } },
    { Name: 'old.shop.example', Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: 'web.shop.example' }] },
    // More than one page of records.
    ...Array.from({ length: 320 }, (_, index): ResourceRecordSet => ({
      Name: `h${index}.shop.example`,
      Type: 'A',
      TTL: 60,
      ResourceRecords: [{ Value: `192.0.2.${index % 250}` }],
    })),
  ];
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId,
      ChangeBatch: { Changes: records.map((record) => ({ Action: 'CREATE', ResourceRecordSet: record })) },
    }),
  );
  route53.destroy();
}

async function makeNetwork(config: ReturnType<typeof bench.config>): Promise<void> {
  const [ec2, elb] = [new EC2Client(config), new ElasticLoadBalancingV2Client(config)];
  vpc = required((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }))).Vpc?.VpcId, 'VpcId');
  const subnets: string[] = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpc, CidrBlock: `10.7.${index}.0/24`, AvailabilityZone: `${region}${zone}` }),
    );
    subnets.push(required(Subnet?.SubnetId, 'SubnetId'));
  }
  subnet = required(subnets[0], 'subnet');
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: 'web', Subnets: subnets }));
  balancerHost = required(LoadBalancers?.[0]?.DNSName, 'DNSName');
  for (const client of [ec2, elb]) client.destroy();
}

async function makeDistribution(config: ReturnType<typeof bench.config>): Promise<void> {
  const cloudFront = new CloudFrontClient(config);
  const { Distribution } = await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: '1',
        Comment: 'shop',
        Enabled: true,
        Aliases: { Quantity: 1, Items: ['shop.example'] },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'files',
              DomainName: `uploads.s3.${region}.amazonaws.com`,
              S3OriginConfig: { OriginAccessIdentity: '' },
              CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Key', HeaderValue: hush }] },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'files',
          ViewerProtocolPolicy: 'redirect-to-https',
          ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
          MinTTL: 0,
        },
      },
    }),
  );
  distributionHost = required(Distribution?.DomainName, 'DomainName');
  cloudFront.destroy();
}

async function makeApis(config: ReturnType<typeof bench.config>): Promise<void> {
  const [rest, http] = [new APIGatewayClient(config), new ApiGatewayV2Client(config)];
  const { id: restApiId } = await rest.send(new CreateRestApiCommand({ name: 'orders', tags: { Team: 'web' } }));
  const { items } = await rest.send(new GetResourcesCommand({ restApiId }));
  const { id: resourceId } = await rest.send(
    new CreateResourceCommand({ restApiId, parentId: items?.[0]?.id, pathPart: 'orders' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await rest.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await rest.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${worker}/invocations`,
    }),
  );
  await rest.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod', variables: { TOKEN: hush } }));
  const { ApiId } = await http.send(new CreateApiCommand({ Name: 'web', ProtocolType: 'HTTP' }));
  await http.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: worker,
      PayloadFormatVersion: '2.0',
    }),
  );
  await http.send(new CreateStageCommand({ ApiId, StageName: 'live' }));
  await http.send(new CreateVpcLinkCommand({ Name: 'inside', SubnetIds: [subnet], SecurityGroupIds: [] }));
  for (const client of [rest, http]) client.destroy();
}

beforeAll(async () => {
  const config = bench.config();
  await makeNetwork(config);
  await makeDistribution(config);
  await makeNames(config);
  await makeApis(config);
  mapped = await bench.map('aws.route53.', 'aws.cloudfront.', 'aws.apigateway.', 'aws.elasticloadbalancing.');
});

/** Without the ids that differ from run to run. */
const steady = (edge: string) =>
  edge
    .replaceAll(/hostedzone\/\w+/gu, 'zone')
    .replaceAll(/distribution\/\w+/gu, 'distribution')
    .replaceAll(/\/(restapis|apis|vpclinks)\/[\w-]+/gu, '/$1/x')
    .replaceAll(distributionHost, 'cdn-host')
    .replaceAll(balancerHost.toLowerCase(), 'balancer-host');

test('zones with their tags and networks, and every record of more than one page', () => {
  const zones = mapped.named('aws.route53.hostedzone');
  expect(zones['shop.example']).toMatchObject({ state: 'public', tags: { Team: 'web' } });
  expect(zones['inside.example']).toMatchObject({ state: 'private' });
  expect(mapped.edges('ATTACHED_TO', /hostedzone/u).map(steady)).toEqual([`zone → vpc/${vpc}`]);
  const records = Object.keys(mapped.named('aws.route53.recordset'));
  expect(records.filter((name) => name.startsWith('h'))).toHaveLength(320);
});

test('records lead to the hosts that a balancer and a distribution have', () => {
  expect(mapped.edges('TARGETS', /recordset\/(?:shop|web|old)/u).map(steady)).toEqual([
    'zone/recordset/old.shop.example/CNAME → dns:web.shop.example',
    'zone/recordset/shop.example/A → dns:cdn-host',
    'zone/recordset/web.shop.example/A → dns:balancer-host',
  ]);
  const owners = mapped.edges('HAS_ADDRESS').map(steady);
  expect(owners).toContain('distribution → dns:cdn-host');
  expect(
    owners.filter((edge) => edge.startsWith('loadbalancer/') && edge.endsWith('→ dns:balancer-host')),
  ).toHaveLength(1);
});

test('a distribution leads to the bucket of its origin', () => {
  expect(mapped.edges('TARGETS', /distribution/u).map(steady)).toEqual(['distribution → uploads']);
  expect(JSON.stringify(mapped.resources)).not.toContain(hush);
});

test('APIs of both kinds lead to their function, and have stages and ways into the network', () => {
  expect(mapped.edges('TARGETS', /apis\//u).map(steady)).toEqual([
    '/apis/x → function:worker',
    '/restapis/x → function:worker',
  ]);
  expect(mapped.edges('CONTAINS', /\/stages\//u).map(steady)).toEqual([
    '/apis/x → /apis/x/stages/live',
    '/restapis/x → /restapis/x/stages/prod',
  ]);
  expect(mapped.named('aws.apigateway.restapi')['orders']).toMatchObject({ tags: { Team: 'web' } });
  expect(mapped.edges('IN_NETWORK', /vpclinks/u).map(steady)).toEqual([`/vpclinks/x → subnet/${subnet}`]);
});
