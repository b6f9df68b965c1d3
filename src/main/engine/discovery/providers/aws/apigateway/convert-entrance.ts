import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, nameId } from '../place.ts';
import type { AnyVpcLink, DetailedDomain } from './client.ts';
import { gatewayArn } from './ids.ts';
import { objectsIn, textsIn } from '../lists.ts';

/** A domain name of one's own, with the certificate it shows and the APIs its paths lead to. */
export function convertDomain({ rest, http, basePaths, mappings }: DetailedDomain, place: AwsPlace): Converted {
  const nativeId = need(rest?.domainName ?? http?.DomainName, 'domainName');
  const id = gatewayArn(place, `/domainnames/${nativeId}`);
  const edges = new EdgeList(id, 'GetDomainNames');
  const sides = objectsIn(http?.DomainNameConfigurations, 'DomainNameConfigurations');
  const hosts = [
    nativeId,
    rest?.regionalDomainName,
    rest?.distributionDomainName,
    ...sides.map(({ ApiGatewayDomainName }) => ApiGatewayDomainName),
  ];
  for (const host of new Set(hosts)) edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'domainName' });
  const certificates = [
    rest?.certificateArn,
    rest?.regionalCertificateArn,
    ...sides.map(({ CertificateArn }) => CertificateArn),
  ];
  for (const certificate of new Set(certificates)) {
    edges.to('REFERENCES', { to: certificate || undefined, field: 'certificateArn' });
  }
  const apis = new Map<string, string>();
  for (const { restApiId: api } of objectsIn(basePaths, 'GetBasePathMappings'))
    if (api) apis.set(api, gatewayArn(place, `/restapis/${api}`));
  // The newer mappings name both kinds of API by the same sort of id; what the older ones tell are REST APIs.
  for (const { ApiId: api } of objectsIn(mappings, 'GetApiMappings'))
    if (api && !apis.has(api)) apis.set(api, gatewayArn(place, `/apis/${api}`));
  for (const to of apis.values()) edges.to('TARGETS', { to, field: 'GetApiMappings' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.apigateway.domainname',
      id,
      nativeId,
      tags: rest?.tags ?? http?.Tags ?? {},
      state: rest?.domainNameStatus ?? sides[0]?.DomainNameStatus,
      raw: {
        ...(http === null ? {} : jsonObjectBody(http)),
        ...(rest === null ? {} : jsonObjectBody(rest)),
        BasePathMappings: jsonBody(basePaths),
        ApiMappings: jsonBody(mappings),
      },
    }),
    relationships: edges.edges,
  };
}

/** A way from an API into a network: to a balancer, or through subnets of one's own. */
export function convertVpcLink(owned: AnyVpcLink, place: AwsPlace): Converted {
  const parts = linkParts(owned);
  const nativeId = need(parts.nativeId, 'id');
  const id = gatewayArn(place, `/vpclinks/${nativeId}`);
  const edges = new EdgeList(id, 'GetVpcLinks');
  for (const to of parts.targets) edges.to('TARGETS', { to, field: 'targetArns' });
  for (const subnet of parts.subnets) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'SubnetIds' });
  }
  for (const group of parts.groups) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'SecurityGroupIds' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.apigateway.vpclink',
      id,
      nativeId,
      name: parts.name,
      tags: parts.tags,
      state: parts.state,
      raw: jsonObjectBody(owned.link),
    }),
    relationships: edges.edges,
  };
}

interface LinkParts {
  readonly nativeId: string | undefined;
  readonly name: string | undefined;
  readonly state: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly targets: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
}

function linkParts(owned: AnyVpcLink): LinkParts {
  if (owned.of === 'rest') {
    const { id, name, status, tags, targetArns } = owned.link;
    return {
      nativeId: id,
      name,
      state: status,
      tags: tags ?? {},
      targets: textsIn(targetArns, 'targetArns'),
      subnets: [],
      groups: [],
    };
  }
  const { VpcLinkId, Name, VpcLinkStatus, Tags, SubnetIds, SecurityGroupIds } = owned.link;
  return {
    nativeId: VpcLinkId,
    name: Name,
    state: VpcLinkStatus,
    tags: Tags ?? {},
    targets: [],
    subnets: textsIn(SubnetIds, 'SubnetIds'),
    groups: textsIn(SecurityGroupIds, 'SecurityGroupIds'),
  };
}
