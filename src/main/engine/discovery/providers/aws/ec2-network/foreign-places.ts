import type { ManagedPrefixList, Subnet, TransitGateway, Vpc, VpcPeeringConnection } from '@aws-sdk/client-ec2';
import type { AwsPlace, ForeignPlace } from '../place.ts';
import { isOfAws } from './client.ts';

/** Networks and subnets that other accounts share with this one, by native id. */
export function foreignNetworks(
  { accountId, region }: AwsPlace,
  { subnets, vpcs }: { readonly subnets: readonly Subnet[]; readonly vpcs: readonly Vpc[] },
): ReadonlyMap<string, ForeignPlace> {
  const foreign = new Map<string, ForeignPlace>();
  const add = (id: string | undefined, owner: string | undefined): void => {
    if (id !== undefined && owner !== undefined && owner !== accountId) foreign.set(id, { owner, region });
  };
  for (const { SubnetId, VpcId, OwnerId } of subnets) {
    add(SubnetId, OwnerId);
    // A shared subnet lies in its owner's network, which is not shared as such.
    add(VpcId, OwnerId);
  }
  for (const { VpcId, OwnerId } of vpcs) add(VpcId, OwnerId);
  return foreign;
}

/** Transit gateways of other accounts and peerings that were asked for elsewhere, by native id. */
export function foreignGateways(
  { accountId, region }: AwsPlace,
  known: { readonly gateways: readonly TransitGateway[]; readonly peerings: readonly VpcPeeringConnection[] },
): ReadonlyMap<string, ForeignPlace> {
  const foreign = new Map<string, ForeignPlace>();
  for (const { TransitGatewayId, OwnerId } of known.gateways) {
    if (TransitGatewayId !== undefined && OwnerId !== undefined && OwnerId !== accountId) {
      foreign.set(TransitGatewayId, { owner: OwnerId, region });
    }
  }
  for (const { VpcPeeringConnectionId, RequesterVpcInfo } of known.peerings) {
    const owner = RequesterVpcInfo?.OwnerId ?? accountId;
    const home = RequesterVpcInfo?.Region ?? region;
    if (VpcPeeringConnectionId !== undefined && (owner !== accountId || home !== region)) {
      foreign.set(VpcPeeringConnectionId, { owner, region: home });
    }
  }
  return foreign;
}

/** Prefix lists that AWS keeps, which go by `aws` in their ARNs, and those that other accounts share, by native id. */
export function foreignLists(
  { accountId, region }: AwsPlace,
  lists: readonly ManagedPrefixList[],
): ReadonlyMap<string, ForeignPlace> {
  const foreign = new Map<string, ForeignPlace>();
  for (const list of lists) {
    const owner = isOfAws(list) ? 'aws' : list.OwnerId;
    if (list.PrefixListId !== undefined && owner !== undefined && owner !== accountId) {
      foreign.set(list.PrefixListId, { owner, region });
    }
  }
  return foreign;
}
