import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody, policyBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, keyId, nameId } from '../place.ts';
import { addGrants } from '../policy-grants.ts';
import type { TaggedDomain } from './client.ts';
import { textsIn } from '../lists.ts';

export function convertDomain({ domain, tags }: TaggedDomain, place: AwsPlace): Converted {
  const id = need(domain.ARN, 'ARN');
  const edges = new EdgeList(id, 'DescribeDomains');
  const network = domain.VPCOptions;
  edges.to('IN_NETWORK', { to: network?.VPCId && ec2Arn(place, `vpc/${network.VPCId}`), field: 'VPCOptions.VPCId' });
  for (const subnet of textsIn(network?.SubnetIds, 'SubnetIds')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'VPCOptions.SubnetIds' });
  }
  for (const group of textsIn(network?.SecurityGroupIds, 'SecurityGroupIds')) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'VPCOptions.SecurityGroupIds' });
  }
  const key = domain.EncryptionAtRestOptions?.KmsKeyId;
  edges.to('ENCRYPTED_BY', { to: key && keyId(place, key), field: 'EncryptionAtRestOptions.KmsKeyId' });
  edges.to('RUNS_AS', { to: domain.CognitoOptions?.RoleArn || undefined, field: 'CognitoOptions.RoleArn' });
  const custom = domain.DomainEndpointOptions;
  edges.to('REFERENCES', {
    to: custom?.CustomEndpointCertificateArn || undefined,
    field: 'DomainEndpointOptions.CustomEndpointCertificateArn',
  });
  for (const host of new Set([domain.Endpoint, ...Object.values(domain.Endpoints ?? {}), custom?.CustomEndpoint])) {
    edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'Endpoint' });
  }
  const policies = policyBody(domain.AccessPolicies);
  addGrants(edges, policies, { place, field: 'AccessPolicies' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.es.domain',
      id,
      nativeId: need(domain.DomainName, 'DomainName'),
      tags,
      state: domain.Deleted === true ? 'deleting' : domain.Processing === true ? 'processing' : 'active',
      // Outside of a network the domain's policy alone decides, which is not weighed here.
      public: network?.VPCId ? false : undefined,
      raw: { ...jsonObjectBody(domain), AccessPolicies: policies },
    }),
    relationships: edges.edges,
  };
}
