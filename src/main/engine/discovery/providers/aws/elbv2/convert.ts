import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { addressId, arn, type AwsPlace, ec2Arn, nameId } from '../place.ts';
import type { DetailedBalancer, DetailedListener, DetailedTargetGroup } from './client.ts';
import { objectsIn, textsIn } from '../lists.ts';

export function convertLoadBalancer({ balancer, attributes, tags }: DetailedBalancer, place: AwsPlace): Converted {
  const id = need(balancer.LoadBalancerArn, 'LoadBalancerArn');
  const edges = new EdgeList(id, 'DescribeLoadBalancers');
  if (balancer.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${balancer.VpcId}`), field: 'VpcId' });
  for (const zone of objectsIn(balancer.AvailabilityZones, 'AvailabilityZones')) {
    if (zone.SubnetId)
      edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${zone.SubnetId}`), field: 'AvailabilityZones' });
    for (const { AllocationId } of objectsIn(zone.LoadBalancerAddresses, 'LoadBalancerAddresses')) {
      if (!AllocationId) continue;
      edges.to('HAS_ADDRESS', { to: ec2Arn(place, `elastic-ip/${AllocationId}`), field: 'AvailabilityZones' });
    }
  }
  edges.to('HAS_ADDRESS', { to: balancer.DNSName && nameId(balancer.DNSName), field: 'DNSName' });
  for (const group of textsIn(balancer.SecurityGroups, 'SecurityGroups')) {
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${group}`), field: 'SecurityGroups' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticloadbalancing.loadbalancer',
      id,
      nativeId: balancer.LoadBalancerName ?? id,
      tags,
      state: balancer.State?.Code,
      createdAt: balancer.CreatedTime,
      public: balancer.Scheme === undefined ? undefined : balancer.Scheme === 'internet-facing',
      raw: { ...jsonObjectBody(balancer), Attributes: jsonBody(attributes) },
    }),
    relationships: edges.edges,
  };
}

export function convertListener(detailed: DetailedListener, place: AwsPlace): Converted {
  const { listener, certificates, rules, tags } = detailed;
  const id = need(listener.ListenerArn, 'ListenerArn');
  const edges = new EdgeList(id, 'DescribeListeners').from('CONTAINS', {
    from: listener.LoadBalancerArn,
    field: 'LoadBalancerArn',
    properties: { protocol: listener.Protocol ?? null, port: listener.Port ?? null },
  });
  const targets = new Set([
    ...targetsOf(listener.DefaultActions),
    ...objectsIn(rules, 'rules').flatMap((rule) => targetsOf(rule.Actions)),
  ]);
  for (const target of targets) edges.to('TARGETS', { to: target, field: 'DefaultActions' });
  const usual = new Set(objectsIn(listener.Certificates, 'Certificates').map(({ CertificateArn }) => CertificateArn));
  for (const to of usual) edges.to('REFERENCES', { to, field: 'Certificates' });
  for (const { CertificateArn: to } of objectsIn(certificates, 'certificates')) {
    if (!usual.has(to))
      edges.to('REFERENCES', { to, field: 'DescribeListenerCertificates', properties: { as: 'sni' } });
  }
  const balancerName = listener.LoadBalancerArn?.split('/').at(-2);
  const port = `${listener.Protocol ?? ''}:${listener.Port ?? ''}`;
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticloadbalancing.listener',
      id,
      nativeId: id.split('/').at(-1) ?? id,
      name: balancerName === undefined ? port : `${balancerName} ${port}`,
      tags,
      raw: {
        ...jsonObjectBody(listener),
        ListenerCertificates: jsonBody(certificates),
        Rules: jsonBody(rules),
      },
    }),
    relationships: edges.edges,
  };
}

function targetsOf(actions: readonly Action[] | undefined): string[] {
  return objectsIn(actions, 'actions')
    .flatMap((action) => [
      action.TargetGroupArn,
      ...objectsIn(action.ForwardConfig?.TargetGroups, 'TargetGroups').map(({ TargetGroupArn }) => TargetGroupArn),
    ])
    .filter((target): target is string => target !== undefined && target !== '');
}

export function convertTargetGroup(detailed: DetailedTargetGroup, place: AwsPlace): Converted {
  const { group, attributes, health, tags } = detailed;
  const id = need(group.TargetGroupArn, 'TargetGroupArn');
  const edges = new EdgeList(id, 'DescribeTargetGroups');
  if (group.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${group.VpcId}`), field: 'VpcId' });
  for (const balancer of textsIn(group.LoadBalancerArns, 'LoadBalancerArns')) {
    edges.from('TARGETS', { from: balancer, field: 'LoadBalancerArns' });
  }
  for (const { Target: target } of objectsIn(health, 'health')) {
    if (!target?.Id) continue;
    edges.to('TARGETS', {
      to: targetId(group.TargetType, target.Id, place),
      field: 'TargetHealthDescriptions',
      properties: { port: target.Port ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticloadbalancing.targetgroup',
      id,
      nativeId: group.TargetGroupName ?? id,
      tags,
      raw: {
        ...jsonObjectBody(group),
        Attributes: jsonBody(attributes),
        TargetHealthDescriptions: jsonBody(health),
      },
    }),
    relationships: edges.edges,
  };
}

function targetId(type: string | undefined, target: string, place: AwsPlace): string {
  // Functions and balancers are named by their ARN whatever the type says.
  if (target.startsWith('arn:')) return target;
  switch (type) {
    case 'ip':
      return addressId(target);
    case 'lambda':
      return arn(place, { service: 'lambda', resource: `function:${target}` });
    default:
      return ec2Arn(place, `instance/${target}`);
  }
}
