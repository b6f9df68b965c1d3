import type { ServiceConfiguration, VpcEndpoint } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody, policyBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, nameId } from '../place.ts';
import { objectsIn, textsIn } from '../lists.ts';

/** A way from a network to a service of AWS or of another account. Routes to it are told by the route tables. */
export function convertVpcEndpoint(endpoint: VpcEndpoint, place: AwsPlace): Converted {
  const nativeId = need(endpoint.VpcEndpointId, 'VpcEndpointId');
  const owner = endpoint.OwnerId;
  const id = ec2Arn(place, `vpc-endpoint/${nativeId}`, owner);
  const edges = new EdgeList(id, 'DescribeVpcEndpoints').to('IN_NETWORK', {
    to: endpoint.VpcId && ec2Arn(place, `vpc/${endpoint.VpcId}`, owner),
    field: 'VpcId',
  });
  for (const subnet of textsIn(endpoint.SubnetIds, 'SubnetIds')) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${subnet}`, owner), field: 'SubnetIds' });
  }
  for (const { GroupId } of objectsIn(endpoint.Groups, 'Groups')) {
    edges.to('PROTECTED_BY', { to: GroupId && ec2Arn(place, `security-group/${GroupId}`, owner), field: 'Groups' });
  }
  for (const networkInterface of textsIn(endpoint.NetworkInterfaceIds, 'NetworkInterfaceIds')) {
    edges.from('ATTACHED_TO', {
      from: ec2Arn(place, `network-interface/${networkInterface}`, owner),
      field: 'NetworkInterfaceIds',
    });
  }
  for (const { DnsName } of objectsIn(endpoint.DnsEntries, 'DnsEntries')) {
    edges.to('HAS_ADDRESS', { to: DnsName && nameId(DnsName), field: 'DnsEntries' });
  }
  const service = /\.(vpce-svc-[0-9a-f]+)$/u.exec(endpoint.ServiceName ?? '')?.[1];
  edges.to('TARGETS', {
    to: service && ec2Arn(place, `vpc-endpoint-service/${service}`, ''),
    field: 'ServiceName',
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpc-endpoint',
      id,
      nativeId,
      name: endpoint.ServiceName,
      tags: tagsOf(endpoint.Tags),
      state: endpoint.State,
      createdAt: endpoint.CreationTimestamp,
      raw: { ...jsonObjectBody(endpoint), PolicyDocument: policyBody(endpoint.PolicyDocument) },
    }),
    relationships: edges.edges,
  };
}

/** A service offered by private link. Its ARN names no account, because those who use it are not told one. */
export function convertEndpointService(service: ServiceConfiguration, place: AwsPlace): Converted {
  const nativeId = need(service.ServiceId, 'ServiceId');
  const id = ec2Arn(place, `vpc-endpoint-service/${nativeId}`, '');
  const edges = new EdgeList(id, 'DescribeVpcEndpointServiceConfigurations');
  for (const balancer of [
    ...textsIn(service.NetworkLoadBalancerArns, 'NetworkLoadBalancerArns'),
    ...textsIn(service.GatewayLoadBalancerArns, 'GatewayLoadBalancerArns'),
  ]) {
    edges.to('TARGETS', { to: balancer, field: 'NetworkLoadBalancerArns' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpc-endpoint-service',
      id,
      nativeId,
      name: service.ServiceName,
      tags: tagsOf(service.Tags),
      state: service.ServiceState,
      raw: jsonObjectBody(service),
    }),
    relationships: edges.edges,
  };
}
