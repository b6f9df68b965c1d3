import type { VpcPeeringConnection, VpcPeeringConnectionVpcInfo } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn } from '../place.ts';

/** A peering of two networks. Both sides see it; it goes by the side that asked for it. */
export function convertPeering(peering: VpcPeeringConnection, place: AwsPlace): Converted {
  const nativeId = need(peering.VpcPeeringConnectionId, 'VpcPeeringConnectionId');
  const id = endArn(place, peering.RequesterVpcInfo, `vpc-peering-connection/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeVpcPeeringConnections');
  for (const [side, info] of [
    ['requester', peering.RequesterVpcInfo],
    ['accepter', peering.AccepterVpcInfo],
  ] as const) {
    if (!info?.VpcId) continue;
    edges.to('PEERED_WITH', {
      to: endArn(place, info, `vpc/${info.VpcId}`),
      field: side === 'requester' ? 'RequesterVpcInfo' : 'AccepterVpcInfo',
      properties: { side },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpc-peering-connection',
      id,
      nativeId,
      tags: tagsOf(peering.Tags),
      state: peering.Status?.Code,
      raw: jsonObjectBody(peering),
    }),
    relationships: edges.edges,
  };
}

function endArn(place: AwsPlace, end: VpcPeeringConnectionVpcInfo | undefined, resource: string): string {
  return ec2Arn({ ...place, region: end?.Region ?? place.region }, resource, end?.OwnerId);
}
