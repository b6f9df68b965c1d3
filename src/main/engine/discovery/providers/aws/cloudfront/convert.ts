import type { DefaultCacheBehavior, Origin } from '@aws-sdk/client-cloudfront';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { hostTarget } from '../host-target.ts';
import { jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, nameId } from '../place.ts';
import type { DetailedDistribution } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertDistribution({ summary, config, tags }: DetailedDistribution, place: AwsPlace): Converted {
  const id = need(summary.ARN, 'ARN');
  const nativeId = need(summary.Id, 'Id');
  const settings = config ?? summary;
  const names = textsIn(settings.Aliases?.Items, 'Aliases');
  const edges = new EdgeList(id, 'ListDistributions');
  for (const host of [summary.DomainName, ...names]) {
    edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'DomainName' });
  }
  for (const origin of objectsIn(settings.Origins?.Items, 'Origins')) addOrigin(edges, origin, place);
  const behaviors = [settings.DefaultCacheBehavior, ...objectsIn(settings.CacheBehaviors?.Items, 'CacheBehaviors')];
  for (const to of new Set(behaviors.flatMap(functionsOf))) {
    edges.to('TARGETS', { to, field: 'CacheBehaviors', properties: { as: 'edge-function' } });
  }
  edges
    .to('REFERENCES', {
      to: settings.ViewerCertificate?.ACMCertificateArn || undefined,
      field: 'ViewerCertificate.ACMCertificateArn',
    })
    .to('PROTECTED_BY', { to: firewallId(place, settings.WebACLId), field: 'WebACLId' })
    .to('TARGETS', {
      to: config?.Logging?.Bucket ? hostTarget(place, config.Logging.Bucket) : undefined,
      field: 'Logging.Bucket',
      properties: { as: 'logs' },
    });
  return {
    resource: resourceFact(place, {
      kind: 'aws.cloudfront.distribution',
      id,
      nativeId,
      name: names[0] ?? (summary.Comment || undefined),
      tags,
      state: summary.Enabled === false ? 'disabled' : summary.Status,
      public: summary.Enabled,
      raw: { ...jsonObjectBody(summary), ...(config === null ? {} : jsonObjectBody(config)) },
    }),
    relationships: edges.edges,
  };
}

/** Where content comes from: a bucket, something inside a network, or any host. */
function addOrigin(edges: EdgeList, origin: Origin, place: AwsPlace): void {
  const properties = { origin: origin.Id ?? null };
  const inside = origin.VpcOriginConfig?.VpcOriginId;
  edges
    .to('TARGETS', {
      to: origin.DomainName && hostTarget(place, origin.DomainName),
      field: 'Origins.DomainName',
      properties,
    })
    .to('TARGETS', {
      to: inside && arn(place, { service: 'cloudfront', resource: `vpcorigin/${inside}` }),
      field: 'Origins.VpcOriginConfig',
      properties,
    })
    .to('REFERENCES', {
      to:
        origin.OriginAccessControlId &&
        arn(place, { service: 'cloudfront', resource: `origin-access-control/${origin.OriginAccessControlId}` }),
      field: 'Origins.OriginAccessControlId',
      properties,
    });
}

/** Functions that run with requests; one of Lambda is named by its version. */
function functionsOf(behavior: Partial<DefaultCacheBehavior> | undefined): readonly string[] {
  const lambdas = objectsIn(behavior?.LambdaFunctionAssociations?.Items, 'LambdaFunctionAssociations').map(
    ({ LambdaFunctionARN }) => LambdaFunctionARN?.split(':').slice(0, 7).join(':'),
  );
  const own = objectsIn(behavior?.FunctionAssociations?.Items, 'FunctionAssociations').map(
    ({ FunctionARN }) => FunctionARN,
  );
  return [...lambdas, ...own].filter((found): found is string => found !== undefined && found !== '');
}

/** The firewalls of today go by their ARN, those of the first generation by a number. */
function firewallId(place: AwsPlace, acl: string | undefined): string | undefined {
  if (!acl || acl.startsWith('arn:')) return acl || undefined;
  return arn(place, { service: 'waf', resource: `webacl/${acl}` });
}
