import { convertVpcEndpoint } from '#engine/discovery/providers/aws/ec2-connectivity/convert-endpoint.ts';
import { convertPeering } from '#engine/discovery/providers/aws/ec2-connectivity/convert-peering.ts';
import { convertTransitGatewayAttachment } from '#engine/discovery/providers/aws/ec2-connectivity/convert-transit-gateway.ts';
import { convertVpnConnection } from '#engine/discovery/providers/aws/ec2-connectivity/convert-vpn.ts';
import { convertNetworkAcl } from '#engine/discovery/providers/aws/ec2-network/convert-network-acl.ts';
import { convertRouteTable } from '#engine/discovery/providers/aws/ec2-network/convert-routes.ts';
import { convertSecurityGroup } from '#engine/discovery/providers/aws/ec2-network/convert-security-group.ts';
import {
  convertNetworkInterface,
  convertSubnet,
  convertVpc,
} from '#engine/discovery/providers/aws/ec2-network/convert.ts';
import { account } from '../place.ts';
import { Tags, policy, sample, type Sample } from './sample.ts';

/** Items of a network and what is connected to it, with the fields their converters read. */
export const networkSamples: readonly Sample[] = [
  sample(convertVpc, {
    vpc: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/8', CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/8' }], Tags },
  }),
  sample(convertSubnet, { SubnetId: 'subnet-1', VpcId: 'vpc-1', OwnerId: account, CidrBlock: '10.0.0.0/24', Tags }),
  sample(convertRouteTable, {
    RouteTableId: 'rtb-1',
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: 'subnet-1' }, { Main: true }],
    Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }, { GatewayId: 'igw-1' }],
  }),
  sample(convertSecurityGroup, {
    GroupId: 'sg-1',
    GroupName: 'web',
    VpcId: 'vpc-1',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 2,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: account }],
      },
    ],
  }),
  sample(convertNetworkAcl, {
    NetworkAclId: 'acl-1',
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: 'subnet-1', NetworkAclAssociationId: 'a' }],
  }),
  sample(convertNetworkInterface, {
    NetworkInterfaceId: 'eni-1',
    SubnetId: 'subnet-1',
    Groups: [{ GroupId: 'sg-1' }],
    Attachment: { InstanceId: 'i-1', DeviceIndex: 0 },
    Association: { PublicIp: '192.0.2.1' },
    TagSet: Tags,
  }),
  sample(convertPeering, {
    VpcPeeringConnectionId: 'pcx-1',
    RequesterVpcInfo: { OwnerId: account, VpcId: 'vpc-1', Region: 'eu-west-1' },
    AccepterVpcInfo: { VpcId: 'vpc-2' },
  }),
  sample(convertTransitGatewayAttachment, {
    attachment: {
      TransitGatewayAttachmentId: 'a',
      TransitGatewayId: 't',
      ResourceType: 'vpc',
      ResourceId: 'vpc-1',
      Association: { TransitGatewayRouteTableId: 'r' },
    },
    vpc: { SubnetIds: ['subnet-1'] },
    peering: null,
  }),
  sample(convertVpnConnection, {
    VpnConnectionId: 'vpn-1',
    CustomerGatewayId: 'c',
    VpnGatewayId: 'v',
    VgwTelemetry: [{ OutsideIpAddress: '192.0.2.1' }],
  }),
  sample(convertVpcEndpoint, {
    VpcEndpointId: 'vpce-1',
    VpcId: 'vpc-1',
    SubnetIds: ['subnet-1'],
    Groups: [{ GroupId: 'sg-1' }],
    DnsEntries: [{ DnsName: 'a.example' }],
    ServiceName: 'x.vpce-svc-1a',
    PolicyDocument: policy,
  }),
];
