import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { JsonObject } from '#shared/base/json.ts';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, ec2Arn, rangeId } from '../place.ts';
import { objectsIn } from '../lists.ts';

const anywhere = new Set(['0.0.0.0/0', '::/0']);

/** A security group; each rule is an `ALLOWS` edge from who may start to who is reached. */
export function convertSecurityGroup(group: SecurityGroup, place: AwsPlace): Converted {
  const nativeId = need(group.GroupId, 'GroupId');
  const owner = group.OwnerId;
  const id = ec2Arn(place, `security-group/${nativeId}`, owner);
  const edges = new EdgeList(id, 'DescribeSecurityGroups');
  if (group.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${group.VpcId}`, owner), field: 'VpcId' });
  for (const permission of objectsIn(group.IpPermissions, 'IpPermissions')) {
    for (const { other, description } of othersOf(permission, place, owner)) {
      edges.from('ALLOWS', {
        from: other,
        field: 'IpPermissions',
        properties: ruleOf(permission, { id, direction: 'ingress', other, description }),
      });
    }
  }
  for (const permission of objectsIn(group.IpPermissionsEgress, 'IpPermissionsEgress')) {
    for (const { other, description } of othersOf(permission, place, owner)) {
      edges.to('ALLOWS', {
        to: other,
        field: 'IpPermissionsEgress',
        properties: ruleOf(permission, { id, direction: 'egress', other, description }),
      });
    }
  }
  const open = objectsIn(group.IpPermissions, 'IpPermissions').some(
    ({ IpRanges, Ipv6Ranges }) =>
      objectsIn(IpRanges, 'IpRanges').some(({ CidrIp }) => anywhere.has(CidrIp ?? '')) ||
      objectsIn(Ipv6Ranges, 'Ipv6Ranges').some(({ CidrIpv6 }) => anywhere.has(CidrIpv6 ?? '')),
  );
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.security-group',
      id,
      nativeId,
      name: group.GroupName,
      tags: tagsOf(group.Tags),
      public: open,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}

interface Other {
  readonly other: string;
  readonly description: string | null;
}

function othersOf(permission: IpPermission, place: AwsPlace, owner: string | undefined): Other[] {
  const others: Other[] = [];
  const add = (other: string | undefined, description: string | undefined): void => {
    if (other !== undefined) others.push({ other, description: description || null });
  };
  for (const { CidrIp, Description } of objectsIn(permission.IpRanges, 'IpRanges'))
    add(CidrIp && rangeId(CidrIp), Description);
  for (const { CidrIpv6, Description } of objectsIn(permission.Ipv6Ranges, 'Ipv6Ranges'))
    add(CidrIpv6 && rangeId(CidrIpv6), Description);
  for (const { PrefixListId, Description } of objectsIn(permission.PrefixListIds, 'PrefixListIds')) {
    // A prefix list may be AWS's own or shared; only its id is told here.
    add(PrefixListId && ec2Arn(place, `prefix-list/${PrefixListId}`, owner), Description);
  }
  for (const { GroupId, UserId, Description } of objectsIn(permission.UserIdGroupPairs, 'UserIdGroupPairs')) {
    add(GroupId && ec2Arn(place, `security-group/${GroupId}`, UserId || owner), Description);
  }
  return others;
}

function ruleOf(
  permission: IpPermission,
  rule: { readonly id: string; readonly direction: 'ingress' | 'egress' } & Other,
): JsonObject {
  const protocol = permission.IpProtocol === '-1' ? 'all' : (permission.IpProtocol ?? 'all');
  const ports =
    permission.FromPort === undefined ? 'all' : `${permission.FromPort}-${permission.ToPort ?? permission.FromPort}`;
  return {
    // The rule's own canonical id.
    id: `${rule.id}#${rule.direction}:${protocol}:${ports}→${rule.other}`,
    direction: rule.direction,
    protocol,
    fromPort: permission.FromPort ?? null,
    toPort: permission.ToPort ?? null,
    description: rule.description,
  };
}
