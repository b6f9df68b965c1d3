import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateApiCommand, CreateIntegrationCommand, CreateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagList } from './company-tags.ts';

/** A certificate for a name; answers its ARN. */
export async function createCertificate({ acm }: CompanyClients, name: string, tags: Tags): Promise<string> {
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({ DomainName: name, ValidationMethod: 'DNS', Tags: tagList(tags) }),
  );
  return required(CertificateArn, 'certificate');
}

export interface ShopEntrance {
  readonly name: string;
  /** Host of the balancer that answers. */
  readonly balancerHost: string;
  readonly bucketName: string;
  readonly region: string;
}

/** The distribution in front of a shop: pages from its balancer, pictures from its bucket; answers its host. */
export async function createDistribution({ cloudFront }: CompanyClients, shop: ShopEntrance): Promise<string> {
  const { Distribution: made } = await cloudFront.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: shop.name,
        Comment: `The shop in ${shop.region}`,
        Enabled: true,
        Aliases: { Quantity: 1, Items: [shop.name] },
        Origins: {
          Quantity: 2,
          Items: [
            {
              Id: 'pages',
              DomainName: shop.balancerHost,
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
            },
            {
              Id: 'pictures',
              DomainName: `${shop.bucketName}.s3.${shop.region}.amazonaws.com`,
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'pages',
          ViewerProtocolPolicy: 'redirect-to-https',
          ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' } },
          MinTTL: 0,
        },
      },
    }),
  );
  return required(made?.DomainName, 'domain name of the distribution');
}

/** A public zone with its records. */
export async function createZone(
  { route53 }: CompanyClients,
  name: string,
  records: readonly ResourceRecordSet[],
): Promise<void> {
  const { HostedZone: zone } = await route53.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: required(zone?.Id, 'zone'),
      ChangeBatch: { Changes: records.map((record) => ({ Action: 'CREATE', ResourceRecordSet: record })) },
    }),
  );
}

interface ApiPlan {
  readonly name: string;
  readonly functionArn: string;
  readonly tags: Tags;
}

/** An HTTP API in front of a function. */
export async function createHttpApi({ httpApis }: CompanyClients, plan: ApiPlan): Promise<void> {
  const { ApiId } = await httpApis.send(
    new CreateApiCommand({ Name: plan.name, ProtocolType: 'HTTP', Tags: { ...plan.tags } }),
  );
  await httpApis.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: plan.functionArn,
      PayloadFormatVersion: '2.0',
    }),
  );
  await httpApis.send(new CreateStageCommand({ ApiId, StageName: 'live' }));
}

/** A REST API of one resource in front of a function. */
export async function createRestApi({ restApis, region }: CompanyClients, plan: ApiPlan): Promise<void> {
  const { id: restApiId } = await restApis.send(new CreateRestApiCommand({ name: plan.name, tags: { ...plan.tags } }));
  const { items } = await restApis.send(new GetResourcesCommand({ restApiId }));
  const { id: resourceId } = await restApis.send(
    new CreateResourceCommand({ restApiId, parentId: items?.[0]?.id, pathPart: 'points' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await restApis.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await restApis.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${plan.functionArn}/invocations`,
    }),
  );
  await restApis.send(new CreateDeploymentCommand({ restApiId, stageName: 'live' }));
}
