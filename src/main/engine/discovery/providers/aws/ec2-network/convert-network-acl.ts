import type { EgressOnlyInternetGateway, NetworkAcl } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, rangeId } from '../place.ts';
import type { DetailedPrefixList } from './client.ts';
import { objectsIn } from '../lists.ts';

/** A network ACL. Its entries stay in the body: they allow and deny in an order, which edges would not tell. */
export function convertNetworkAcl(acl: NetworkAcl, place: AwsPlace): Converted {
  const nativeId = need(acl.NetworkAclId, 'NetworkAclId');
  const owner = acl.OwnerId;
  const id = ec2Arn(place, `network-acl/${nativeId}`, owner);
  const edges = new EdgeList(id, 'DescribeNetworkAcls').to('IN_NETWORK', {
    to: acl.VpcId && ec2Arn(place, `vpc/${acl.VpcId}`, owner),
    field: 'VpcId',
  });
  for (const { SubnetId, NetworkAclAssociationId } of objectsIn(acl.Associations, 'Associations')) {
    edges.from('PROTECTED_BY', {
      from: SubnetId && ec2Arn(place, `subnet/${SubnetId}`, owner),
      field: 'Associations',
      properties: { association: NetworkAclAssociationId ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.network-acl',
      id,
      nativeId,
      tags: tagsOf(acl.Tags),
      state: acl.IsDefault === true ? 'default' : undefined,
      raw: jsonObjectBody(acl),
    }),
    relationships: edges.edges,
  };
}

export function convertEgressOnlyGateway(gateway: EgressOnlyInternetGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.EgressOnlyInternetGatewayId, 'EgressOnlyInternetGatewayId');
  const id = ec2Arn(place, `egress-only-internet-gateway/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeEgressOnlyInternetGateways');
  for (const { VpcId, State } of objectsIn(gateway.Attachments, 'Attachments')) {
    edges.to('ATTACHED_TO', {
      to: VpcId && ec2Arn(place, `vpc/${VpcId}`),
      field: 'Attachments',
      properties: { state: State ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.egress-only-internet-gateway',
      id,
      nativeId,
      tags: tagsOf(gateway.Tags),
      state: gateway.Attachments?.[0]?.State ?? 'detached',
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

export function convertPrefixList({ list, entries }: DetailedPrefixList, place: AwsPlace): Converted {
  const nativeId = need(list.PrefixListId, 'PrefixListId');
  const id = list.PrefixListArn ?? ec2Arn(place, `prefix-list/${nativeId}`, list.OwnerId);
  const edges = new EdgeList(id, 'GetManagedPrefixListEntries');
  for (const { Cidr } of objectsIn(entries, 'entries'))
    edges.to('HAS_ADDRESS', { to: Cidr && rangeId(Cidr), field: 'Entries' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.prefix-list',
      id,
      nativeId,
      name: list.PrefixListName,
      tags: tagsOf(list.Tags),
      state: list.State,
      raw: { ...jsonObjectBody(list), Entries: jsonBody(entries) },
    }),
    relationships: edges.edges,
  };
}
