import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, nameId } from '../place.ts';
import type { DetailedClassicBalancer } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

/** A load balancer of the first generation: its listeners are part of it and lead to machines. */
export function convertClassicBalancer(detailed: DetailedClassicBalancer, place: AwsPlace): Converted {
  const { balancer, attributes, tags } = detailed;
  const nativeId = need(balancer.LoadBalancerName, 'LoadBalancerName');
  const id = arn(place, { service: 'elasticloadbalancing', resource: `loadbalancer/${nativeId}` });
  const edges = new EdgeList(id, 'DescribeLoadBalancers')
    .to('IN_NETWORK', { to: balancer.VPCId && ec2Arn(place, `vpc/${balancer.VPCId}`), field: 'VPCId' })
    .to('HAS_ADDRESS', { to: balancer.DNSName && nameId(balancer.DNSName), field: 'DNSName' });
  for (const subnet of textsIn(balancer.Subnets, 'Subnets')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`), field: 'Subnets' });
  }
  for (const group of textsIn(balancer.SecurityGroups, 'SecurityGroups')) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'SecurityGroups' });
  }
  for (const { InstanceId } of objectsIn(balancer.Instances, 'Instances')) {
    edges.to('TARGETS', { to: InstanceId && ec2Arn(place, `instance/${InstanceId}`), field: 'Instances' });
  }
  for (const { Listener } of objectsIn(balancer.ListenerDescriptions, 'ListenerDescriptions')) {
    edges.to('REFERENCES', { to: Listener?.SSLCertificateId || undefined, field: 'ListenerDescriptions' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticloadbalancing.classic-loadbalancer',
      id,
      nativeId,
      tags,
      createdAt: balancer.CreatedTime,
      public: balancer.Scheme === undefined ? undefined : balancer.Scheme === 'internet-facing',
      raw: { ...jsonObjectBody(balancer), Attributes: jsonBody(attributes) },
    }),
    relationships: edges.edges,
  };
}
