import type { Address, InternetGateway, NatGateway, NetworkInterface, Subnet } from '@aws-sdk/client-ec2';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { addressId, type AwsPlace, ec2Arn, rangeId } from '../place.ts';
import type { DetailedVpc } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertVpc({ vpc, dnsSupport, dnsHostnames }: DetailedVpc, place: AwsPlace): Converted {
  const nativeId = need(vpc.VpcId, 'VpcId');
  const id = ec2Arn(place, `vpc/${nativeId}`, vpc.OwnerId);
  const ranges = [
    ...objectsIn(vpc.CidrBlockAssociationSet, 'CidrBlockAssociationSet').map(({ CidrBlock }) => CidrBlock),
    ...objectsIn(vpc.Ipv6CidrBlockAssociationSet, 'Ipv6CidrBlockAssociationSet').map(
      ({ Ipv6CidrBlock }) => Ipv6CidrBlock,
    ),
    vpc.CidrBlock,
  ].filter((range): range is string => range !== undefined && range !== '');
  const edges = new EdgeList(id, 'DescribeVpcs');
  for (const range of new Set(ranges))
    edges.to('HAS_ADDRESS', { to: rangeId(range), field: 'CidrBlockAssociationSet' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.vpc',
      id,
      nativeId,
      tags: tagsOf(vpc.Tags),
      state: vpc.State,
      cidr: vpc.CidrBlock,
      raw: { ...jsonObjectBody(vpc), EnableDnsSupport: dnsSupport, EnableDnsHostnames: dnsHostnames },
    }),
    relationships: edges.edges,
  };
}

export function convertSubnet(subnet: Subnet, place: AwsPlace): Converted {
  const nativeId = need(subnet.SubnetId, 'SubnetId');
  // Made like the ids by which everything else names subnets, so that both are one whatever the answer calls it.
  const id = ec2Arn(place, `subnet/${nativeId}`, subnet.OwnerId);
  const vpc = ec2Arn(place, `vpc/${need(subnet.VpcId, 'VpcId')}`, subnet.OwnerId);
  const edges = new EdgeList(id, 'DescribeSubnets')
    .from('CONTAINS', { from: vpc, field: 'VpcId' })
    .to('IN_NETWORK', { to: vpc, field: 'VpcId' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.subnet',
      id,
      nativeId,
      tags: tagsOf(subnet.Tags),
      zone: subnet.AvailabilityZone,
      state: subnet.State,
      public: subnet.MapPublicIpOnLaunch,
      cidr: subnet.CidrBlock,
      raw: jsonObjectBody(subnet),
    }),
    relationships: edges.edges,
  };
}

export function convertInternetGateway(gateway: InternetGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.InternetGatewayId, 'InternetGatewayId');
  const id = ec2Arn(place, `internet-gateway/${nativeId}`, gateway.OwnerId);
  const edges = new EdgeList(id, 'DescribeInternetGateways');
  for (const { VpcId, State } of objectsIn(gateway.Attachments, 'Attachments')) {
    if (VpcId === undefined) continue;
    edges.to('ATTACHED_TO', {
      to: ec2Arn(place, `vpc/${VpcId}`, gateway.OwnerId),
      field: 'Attachments',
      properties: { state: State ?? null },
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.internet-gateway',
      id,
      nativeId,
      tags: tagsOf(gateway.Tags),
      state: gateway.Attachments?.[0]?.State ?? 'detached',
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

export function convertNatGateway(gateway: NatGateway, place: AwsPlace): Converted {
  const nativeId = need(gateway.NatGatewayId, 'NatGatewayId');
  const id = ec2Arn(place, `natgateway/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeNatGateways');
  if (gateway.SubnetId !== undefined) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${gateway.SubnetId}`), field: 'SubnetId' });
  }
  if (gateway.VpcId !== undefined) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${gateway.VpcId}`), field: 'VpcId' });
  }
  for (const { AllocationId } of objectsIn(gateway.NatGatewayAddresses, 'NatGatewayAddresses')) {
    if (AllocationId === undefined) continue;
    edges.to('HAS_ADDRESS', { to: ec2Arn(place, `elastic-ip/${AllocationId}`), field: 'NatGatewayAddresses' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.natgateway',
      id,
      nativeId,
      tags: tagsOf(gateway.Tags),
      state: gateway.State,
      createdAt: gateway.CreateTime,
      public: gateway.ConnectivityType === undefined ? undefined : gateway.ConnectivityType === 'public',
      ip: gateway.NatGatewayAddresses?.find(({ PublicIp }) => PublicIp !== undefined)?.PublicIp,
      raw: jsonObjectBody(gateway),
    }),
    relationships: edges.edges,
  };
}

export function convertAddress(address: Address, place: AwsPlace): Converted {
  // Addresses from before there were VPCs have no allocation; the address itself names them.
  const nativeId = address.AllocationId ?? need(address.PublicIp, 'PublicIp');
  const id = ec2Arn(place, `elastic-ip/${nativeId}`);
  const edges = new EdgeList(id, 'DescribeAddresses');
  if (address.PublicIp !== undefined) edges.to('HAS_ADDRESS', { to: addressId(address.PublicIp), field: 'PublicIp' });
  if (address.NetworkInterfaceId) {
    edges.to('ATTACHED_TO', {
      to: ec2Arn(
        place,
        `network-interface/${address.NetworkInterfaceId}`,
        address.NetworkInterfaceOwnerId || undefined,
      ),
      field: 'NetworkInterfaceId',
    });
  }
  if (address.InstanceId) {
    edges.to('ATTACHED_TO', { to: ec2Arn(place, `instance/${address.InstanceId}`), field: 'InstanceId' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.elastic-ip',
      id,
      nativeId,
      name: address.PublicIp,
      tags: tagsOf(address.Tags),
      state: address.AssociationId ? 'associated' : 'unassociated',
      public: true,
      ip: address.PublicIp,
      raw: jsonObjectBody(address),
    }),
    relationships: edges.edges,
  };
}

export function convertNetworkInterface(networkInterface: NetworkInterface, place: AwsPlace): Converted {
  const nativeId = need(networkInterface.NetworkInterfaceId, 'NetworkInterfaceId');
  const owner = networkInterface.OwnerId;
  const id = ec2Arn(place, `network-interface/${nativeId}`, owner);
  const edges = new EdgeList(id, 'DescribeNetworkInterfaces');
  if (networkInterface.SubnetId !== undefined) {
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${networkInterface.SubnetId}`, owner), field: 'SubnetId' });
  }
  for (const { GroupId } of objectsIn(networkInterface.Groups, 'Groups')) {
    if (GroupId === undefined) continue;
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${GroupId}`, owner), field: 'Groups' });
  }
  const attachment = networkInterface.Attachment;
  if (attachment?.InstanceId) {
    edges.to('ATTACHED_TO', {
      to: ec2Arn(place, `instance/${attachment.InstanceId}`, attachment.InstanceOwnerId || undefined),
      field: 'Attachment.InstanceId',
      properties: { device: attachment.DeviceIndex ?? null },
    });
  }
  const publicIp = networkInterface.Association?.PublicIp;
  // Private addresses repeat from network to network, so they are no nodes: two networks would touch in them.
  if (publicIp) edges.to('HAS_ADDRESS', { to: addressId(publicIp), field: 'Association.PublicIp' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.ec2.network-interface',
      id,
      nativeId,
      name: networkInterface.Description || undefined,
      tags: tagsOf(networkInterface.TagSet),
      zone: networkInterface.AvailabilityZone,
      state: networkInterface.Status,
      public: publicIp !== undefined && publicIp !== '',
      ip: publicIp || networkInterface.PrivateIpAddress,
      raw: jsonObjectBody(networkInterface),
    }),
    relationships: edges.edges,
  };
}
