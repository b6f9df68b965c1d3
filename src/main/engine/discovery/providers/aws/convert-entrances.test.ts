import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, everywhere, place } from '#test/support/aws/place.ts';
import { backendOf } from './apigateway/backends.ts';
import { convertHttpApi, convertRestApi, convertStage } from './apigateway/convert.ts';
import { convertDomain, convertVpcLink } from './apigateway/convert-entrance.ts';
import { convertDistribution } from './cloudfront/convert.ts';
import { hostTarget } from './host-target.ts';
import { convertRecord, convertZone } from './route53/convert.ts';

const zone = { Id: '/hostedzone/Z1', Name: 'Shop.example.', CallerReference: 'r' };

test('a private zone answers in its networks', () => {
  const detailed = {
    zone: { ...zone, Config: { PrivateZone: true } },
    networks: [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' as const }],
    tags: { Team: 'web' },
  };
  const { resource, relationships } = convertZone(detailed, everywhere);
  expect(resource).toMatchObject({
    id: 'arn:aws:route53:::hostedzone/Z1',
    name: 'shop.example',
    state: 'private',
    scopeId: `aws:account:${account}`,
    region: 'global',
    tags: { Team: 'web' },
  });
  expect(relationships.map(({ type, to }) => [type, to])).toEqual([
    ['ATTACHED_TO', `arn:aws:ec2:us-east-1:${account}:vpc/vpc-1`],
  ]);
});

test.each([
  ['A', ['192.0.2.7'], ['HAS_ADDRESS dns:www.shop.example', 'TARGETS ip:192.0.2.7']],
  ['AAAA', ['2001:db8::1'], ['HAS_ADDRESS dns:www.shop.example', 'TARGETS ip:2001:db8::1']],
  ['CNAME', ['Shop.Elsewhere.example.'], ['HAS_ADDRESS dns:www.shop.example', 'TARGETS dns:shop.elsewhere.example']],
  ['MX', ['10 mail.example.'], ['TARGETS dns:mail.example']],
  ['SRV', ['0 5 5269 chat.example.'], ['TARGETS dns:chat.example']],
  ['NS', ['ns-1.elsewhere.example.'], ['TARGETS dns:ns-1.elsewhere.example']],
  ['TXT', ['"v=spf1 -all"'], []],
] as const)('a record of type %s leads where its values do', (Type, values, expected) => {
  const record = { Name: 'www.shop.example.', Type, ResourceRecords: values.map((Value) => ({ Value })) };
  const { resource, relationships } = convertRecord({ zone, record }, everywhere);
  expect(resource.id).toBe(`arn:aws:route53:::hostedzone/Z1/recordset/www.shop.example/${Type}`);
  expect(relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([`CONTAINS ${resource.id}`, ...expected]);
});

test.each([
  ['dualstack.Web-1.eu-west-1.elb.amazonaws.com.', 'dns:web-1.eu-west-1.elb.amazonaws.com'],
  ['s3-website-eu-west-1.amazonaws.com.', 'arn:aws:s3:::*.shop.example'],
  ['d1.cloudfront.net.', 'dns:d1.cloudfront.net'],
])('an alias to %s leads to %s', (DNSName, to) => {
  const record = {
    Name: String.raw`\052.shop.example.`,
    Type: 'A' as const,
    SetIdentifier: 'blue',
    Weight: 1,
    AliasTarget: { HostedZoneId: 'Z2', DNSName, EvaluateTargetHealth: false },
  };
  const { resource, relationships } = convertRecord({ zone, record }, everywhere);
  expect(resource).toMatchObject({
    id: 'arn:aws:route53:::hostedzone/Z1/recordset/*.shop.example/A/blue',
    name: '*.shop.example A',
  });
  expect(relationships.filter(({ type }) => type === 'TARGETS').map((edge) => edge.to)).toEqual([to]);
});

test('the servers of the zone itself lead nowhere, a health check is referred to', () => {
  const record = {
    Name: 'shop.example.',
    Type: 'NS' as const,
    ResourceRecords: [{ Value: 'ns-1.awsdns-1.org.' }],
    HealthCheckId: 'h-1',
  };
  expect(convertRecord({ zone, record }, everywhere).relationships.map(({ type, to }) => `${type} ${to}`)).toEqual([
    'CONTAINS arn:aws:route53:::hostedzone/Z1/recordset/shop.example/NS',
    'REFERENCES arn:aws:route53:::healthcheck/h-1',
  ]);
});

test.each([
  ['uploads.s3.amazonaws.com', 'arn:aws:s3:::uploads'],
  ['uploads.s3.eu-west-1.amazonaws.com', 'arn:aws:s3:::uploads'],
  ['a.b.s3.dualstack.us-gov-west-1.amazonaws.com', 'arn:aws:s3:::a.b'],
  ['uploads.s3-website-eu-west-1.amazonaws.com', 'arn:aws:s3:::uploads'],
  ['uploads.s3-website.eu-central-1.amazonaws.com', 'arn:aws:s3:::uploads'],
  ['uploads.s3-us-west-2.amazonaws.com', 'arn:aws:s3:::uploads'],
  ['WWW.shop.example.', 'dns:www.shop.example'],
  ['s3.example', 'dns:s3.example'],
  ['web.s3.example', 'dns:web.s3.example'],
])('the host %s is %s', (host, id) => {
  expect(hostTarget(place, host)).toBe(id);
});

test('a distribution leads from its names to where its content comes from', () => {
  const id = `arn:aws:cloudfront::${account}:distribution/E1`;
  const behavior = { TargetOriginId: 'files', ViewerProtocolPolicy: 'allow-all' as const };
  const summary = {
    Id: 'E1',
    ARN: id,
    Status: 'Deployed',
    LastModifiedTime: new Date(0),
    DomainName: 'D1.cloudfront.net',
    Aliases: { Quantity: 1, Items: ['shop.example'] },
    Origins: {
      Quantity: 2,
      Items: [
        {
          Id: 'files',
          DomainName: 'uploads.s3.eu-west-1.amazonaws.com',
          OriginAccessControlId: 'OAC1',
          CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-Key', HeaderValue: 'hush' }] },
        },
        { Id: 'web', DomainName: 'web-1.eu-west-1.elb.amazonaws.com', VpcOriginConfig: { VpcOriginId: 'vo_1' } },
      ],
    },
    DefaultCacheBehavior: {
      ...behavior,
      LambdaFunctionAssociations: {
        Quantity: 1,
        Items: [
          { LambdaFunctionARN: `arn:aws:lambda:us-east-1:${account}:function:auth:3`, EventType: 'viewer-request' },
        ],
      },
    },
    CacheBehaviors: { Quantity: 0 },
    CustomErrorResponses: { Quantity: 0 },
    Comment: '',
    PriceClass: 'PriceClass_100',
    Enabled: true,
    ViewerCertificate: { ACMCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/c` },
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: 'w-1',
    HttpVersion: 'http2',
    IsIPV6Enabled: true,
    Staging: false,
  } as const;
  const mutable: Parameters<typeof convertDistribution>[0]['summary'] = structuredClone(summary) as never;
  const config = {
    ...mutable,
    CallerReference: 'r',
    Logging: { Enabled: true, Bucket: 'logs.s3.amazonaws.com', Prefix: '' },
  };
  const { resource, relationships } = convertDistribution({ summary: mutable, config, tags: {} }, everywhere);
  expect(resource).toMatchObject({ id, name: 'shop.example', state: 'Deployed', public: true });
  expect(JSON.stringify(resource.raw)).not.toContain('hush');
  expect(edgeLines(relationships)).toEqual([
    `${account}:distribution/E1 -HAS_ADDRESS-> dns:d1.cloudfront.net`,
    `${account}:distribution/E1 -HAS_ADDRESS-> dns:shop.example`,
    `${account}:distribution/E1 -TARGETS-> :uploads`,
    `${account}:distribution/E1 -REFERENCES-> ${account}:origin-access-control/OAC1`,
    `${account}:distribution/E1 -TARGETS-> dns:web-1.eu-west-1.elb.amazonaws.com`,
    `${account}:distribution/E1 -TARGETS-> ${account}:vpcorigin/vo_1`,
    `${account}:distribution/E1 -TARGETS-> ${account}:function:auth`,
    `${account}:distribution/E1 -REFERENCES-> ${account}:certificate/c`,
    `${account}:distribution/E1 -PROTECTED_BY-> ${account}:webacl/w-1`,
    `${account}:distribution/E1 -TARGETS-> :logs`,
  ]);
});

const lambda = arnHere('lambda', 'function:orders');

test.each([
  [`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda}/invocations`, lambda],
  [`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda}:live/invocations`, lambda],
  [`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda}:\${stageVariables.of}/invocations`, lambda],
  [
    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda.replace('orders', '${stageVariables.f}')}/invocations`,
    undefined,
  ],
  [lambda, lambda],
  [`arn:aws:apigateway:eu-west-1:sqs:path/${account}/jobs`, arnHere('sqs', 'jobs')],
  ['arn:aws:apigateway:eu-west-1:s3:path/uploads/{key}', 'arn:aws:s3:::uploads'],
  ['arn:aws:apigateway:eu-west-1:s3:path/{bucket}/{key}', undefined],
  ['arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem', undefined],
  [arnHere('elasticloadbalancing', 'listener/app/web/1/2'), arnHere('elasticloadbalancing', 'listener/app/web/1/2')],
  ['https://api.shop.example/orders/{id}', 'dns:api.shop.example'],
  ['https://${stageVariables.host}/orders', undefined],
  ['', undefined],
])('an integration with %s leads to %s', (uri, to) => {
  expect(backendOf(place, uri)).toBe(to);
});

test('a REST API leads to the functions behind its paths and to who checks the callers', () => {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${lambda}/invocations`;
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] }).replaceAll('"', String.raw`\"`);
  const { resource, relationships } = convertRestApi(
    {
      api: { id: 'a1', name: 'orders', endpointConfiguration: { types: ['REGIONAL'] }, policy, tags: { Team: 'web' } },
      resources: [
        {
          path: '/orders',
          resourceMethods: {
            GET: { methodIntegration: { type: 'AWS_PROXY', uri } },
            POST: {
              methodIntegration: {
                type: 'HTTP',
                uri: 'http://inside.example',
                connectionType: 'VPC_LINK',
                connectionId: 'v1',
                requestParameters: { 'integration.request.header.x-api-key': "'hush'" },
              },
            },
          },
        },
        { path: '/again', resourceMethods: { GET: { methodIntegration: { uri } } } },
      ],
      authorizers: [
        { authorizerUri: uri.replace('orders', 'auth'), providerARNs: [arnHere('cognito-idp', 'userpool/p')] },
      ],
    },
    place,
  );
  expect(resource).toMatchObject({ id: 'arn:aws:apigateway:eu-west-1::/restapis/a1', public: true, name: 'orders' });
  expect(resource).toMatchObject({ scopeId: `aws:account:${account}`, raw: { policy: { Version: '2012-10-17' } } });
  expect(JSON.stringify(resource.raw)).not.toContain('hush');
  expect(edgeLines(relationships)).toEqual([
    ':/restapis/a1 -HAS_ADDRESS-> dns:a1.execute-api.eu-west-1.amazonaws.com',
    `:/restapis/a1 -TARGETS-> ${account}:function:orders`,
    ':/restapis/a1 -TARGETS-> dns:inside.example',
    ':/restapis/a1 -TARGETS-> :/vpclinks/v1',
    `:/restapis/a1 -TARGETS-> ${account}:function:auth`,
    `:/restapis/a1 -REFERENCES-> ${account}:userpool/p`,
  ]);
});

test('an HTTP API and its stage, a name of one’s own, and a way into the network', () => {
  const api = convertHttpApi(
    {
      api: {
        ApiId: 'h1',
        Name: 'web',
        ProtocolType: 'HTTP',
        RouteSelectionExpression: '',
        ApiEndpoint: 'https://h1.execute-api.eu-west-1.amazonaws.com',
      },
      routes: [],
      integrations: [
        { IntegrationUri: lambda, CredentialsArn: `arn:aws:iam::${account}:role/calls` },
        { IntegrationUri: lambda, ConnectionType: 'VPC_LINK', ConnectionId: 'v2' },
      ],
      authorizers: [{ Name: 'checks', AuthorizerUri: lambda.replace('orders', 'auth') }],
    },
    place,
  );
  expect(edgeLines(api.relationships)).toEqual([
    ':/apis/h1 -HAS_ADDRESS-> dns:h1.execute-api.eu-west-1.amazonaws.com',
    `:/apis/h1 -TARGETS-> ${account}:function:orders`,
    ':/apis/h1 -TARGETS-> :/vpclinks/v2',
    `:/apis/h1 -RUNS_AS-> ${account}:role/calls`,
    `:/apis/h1 -TARGETS-> ${account}:function:auth`,
  ]);
  const stage = convertStage(
    {
      of: 'rest',
      apiId: 'a1',
      stage: {
        stageName: 'prod',
        variables: { token: 'hush' },
        webAclArn: arnHere('wafv2', 'regional/webacl/w/1'),
        accessLogSettings: { destinationArn: arnHere('logs', 'log-group:api:*') },
      },
    },
    place,
  );
  expect(stage.resource.id).toBe('arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod');
  expect(JSON.stringify(stage.resource.raw)).not.toContain('hush');
  expect(edgeLines(stage.relationships)).toEqual([
    ':/restapis/a1 -CONTAINS-> :/restapis/a1/stages/prod',
    `:/restapis/a1/stages/prod -TARGETS-> ${account}:log-group:api`,
    `:/restapis/a1/stages/prod -PROTECTED_BY-> ${account}:regional/webacl/w/1`,
  ]);
  const domain = convertDomain(
    {
      rest: { domainName: 'api.shop.example', regionalDomainName: 'd-1.execute-api.eu-west-1.amazonaws.com' },
      http: {
        DomainName: 'api.shop.example',
        DomainNameConfigurations: [{ CertificateArn: arnHere('acm', 'certificate/c') }],
      },
      basePaths: [{ basePath: 'v1', restApiId: 'a1' }],
      mappings: [
        { ApiId: 'a1', Stage: 'prod' },
        { ApiId: 'h1', Stage: '$default' },
      ],
    },
    place,
  );
  expect(edgeLines(domain.relationships)).toEqual([
    ':/domainnames/api.shop.example -HAS_ADDRESS-> dns:api.shop.example',
    ':/domainnames/api.shop.example -HAS_ADDRESS-> dns:d-1.execute-api.eu-west-1.amazonaws.com',
    `:/domainnames/api.shop.example -REFERENCES-> ${account}:certificate/c`,
    ':/domainnames/api.shop.example -TARGETS-> :/restapis/a1',
    ':/domainnames/api.shop.example -TARGETS-> :/apis/h1',
  ]);
  const balancer = arnHere('elasticloadbalancing', 'loadbalancer/net/n/1');
  const older = convertVpcLink({ of: 'rest', link: { id: 'v1', targetArns: [balancer] } }, place);
  expect(older.relationships.map(({ type, to }) => [type, to])).toEqual([['TARGETS', balancer]]);
  const newer = convertVpcLink(
    { of: 'http', link: { VpcLinkId: 'v2', Name: 'in', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    place,
  );
  expect(edgeLines(newer.relationships)).toEqual([
    `:/vpclinks/v2 -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `:/vpclinks/v2 -PROTECTED_BY-> ${account}:security-group/sg-1`,
  ]);
});
