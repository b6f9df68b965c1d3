import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type IpPermission,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagged } from './company-tags.ts';

export interface NetworkPlan {
  /** Name everything of it starts with. */
  readonly name: string;
  readonly cidr: string;
  /** First two octets of the addresses, for example `10.10`. */
  readonly prefix: string;
  /** Zone letters that get a public subnet. */
  readonly publicZones: readonly string[];
  readonly privateZones: readonly string[];
  readonly tags: Tags;
}

export interface Network {
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly publicRouteTableId: string;
  readonly privateRouteTableId: string;
  readonly natGatewayId: string;
}

/** A network as most companies have it: public and private subnets, one way out for each. */
export async function createNetwork(clients: CompanyClients, plan: NetworkPlan): Promise<Network> {
  const { ec2 } = clients;
  const vpcId = await createVpc(clients, plan);
  const publicSubnetIds = await createSubnets(clients, { plan, vpcId, reach: 'public', zones: plan.publicZones });
  const privateSubnetIds = await createSubnets(clients, { plan, vpcId, reach: 'private', zones: plan.privateZones });

  const gateway = await ec2.send(
    new CreateInternetGatewayCommand({ TagSpecifications: tagged('internet-gateway', plan.name, plan.tags) }),
  );
  const internetGatewayId = required(gateway.InternetGateway?.InternetGatewayId, 'internet gateway');
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: internetGatewayId, VpcId: vpcId }));

  const address = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      TagSpecifications: tagged('elastic-ip', `${plan.name}-nat`, plan.tags),
    }),
  );
  const nat = await ec2.send(
    new CreateNatGatewayCommand({
      AllocationId: required(address.AllocationId, 'elastic IP'),
      SubnetId: required(publicSubnetIds[0], 'public subnet'),
      TagSpecifications: tagged('natgateway', plan.name, plan.tags),
    }),
  );
  const natGatewayId = required(nat.NatGateway?.NatGatewayId, 'NAT gateway');

  const publicRouteTableId = await createRouteTable(clients, {
    plan,
    vpcId,
    reach: 'public',
    subnetIds: publicSubnetIds,
    route: { GatewayId: internetGatewayId },
  });
  const privateRouteTableId = await createRouteTable(clients, {
    plan,
    vpcId,
    reach: 'private',
    subnetIds: privateSubnetIds,
    route: { NatGatewayId: natGatewayId },
  });
  return { vpcId, publicSubnetIds, privateSubnetIds, publicRouteTableId, privateRouteTableId, natGatewayId };
}

async function createVpc(clients: CompanyClients, plan: NetworkPlan): Promise<string> {
  const { Vpc: vpc } = await clients.ec2.send(
    new CreateVpcCommand({ CidrBlock: plan.cidr, TagSpecifications: tagged('vpc', plan.name, plan.tags) }),
  );
  const vpcId = required(vpc?.VpcId, 'VPC');
  await clients.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsSupport: { Value: true } }));
  await clients.ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  return vpcId;
}

interface SubnetOptions {
  readonly plan: NetworkPlan;
  readonly vpcId: string;
  readonly reach: 'public' | 'private';
  readonly zones: readonly string[];
}

async function createSubnets(clients: CompanyClients, options: SubnetOptions): Promise<string[]> {
  const { plan, vpcId, reach, zones } = options;
  const ids: string[] = [];
  for (const [index, zone] of zones.entries()) {
    // Public networks count from 0, private ones from 100, so that both can grow.
    const third = reach === 'public' ? index : 100 + index;
    const { Subnet: subnet } = await clients.ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `${plan.prefix}.${third}.0/24`,
        AvailabilityZone: `${clients.region}${zone}`,
        TagSpecifications: tagged('subnet', `${plan.name}-${reach}-${zone}`, { ...plan.tags, Tier: reach }),
      }),
    );
    const id = required(subnet?.SubnetId, 'subnet');
    // Said for both: the test server opens the first subnet of a zone by itself, which AWS does not.
    const MapPublicIpOnLaunch = { Value: reach === 'public' };
    await clients.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: id, MapPublicIpOnLaunch }));
    ids.push(id);
  }
  return ids;
}

interface RouteTableOptions {
  readonly plan: NetworkPlan;
  readonly vpcId: string;
  readonly reach: 'public' | 'private';
  readonly subnetIds: readonly string[];
  readonly route: { readonly GatewayId: string } | { readonly NatGatewayId: string };
}

async function createRouteTable(clients: CompanyClients, options: RouteTableOptions): Promise<string> {
  const { plan, reach } = options;
  const answer = await clients.ec2.send(
    new CreateRouteTableCommand({
      VpcId: options.vpcId,
      TagSpecifications: tagged('route-table', `${plan.name}-${reach}`, { ...plan.tags, Tier: reach }),
    }),
  );
  const id = required(answer.RouteTable?.RouteTableId, 'route table');
  await clients.ec2.send(
    new CreateRouteCommand({ RouteTableId: id, DestinationCidrBlock: '0.0.0.0/0', ...options.route }),
  );
  for (const subnetId of options.subnetIds) {
    await clients.ec2.send(new AssociateRouteTableCommand({ RouteTableId: id, SubnetId: subnetId }));
  }
  return id;
}

export interface SecurityGroupPlan {
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly ingress: readonly IpPermission[];
  readonly tags: Tags;
}

/** A security group with its ways in; the way out stays open, as the cloud makes it. */
export async function createSecurityGroup(clients: CompanyClients, plan: SecurityGroupPlan): Promise<string> {
  const { GroupId: groupId } = await clients.ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: plan.name,
      Description: plan.description,
      VpcId: plan.vpcId,
      TagSpecifications: tagged('security-group', plan.name, plan.tags),
    }),
  );
  const id = required(groupId, 'security group');
  if (plan.ingress.length > 0) {
    await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: id, IpPermissions: [...plan.ingress] }));
  }
  return id;
}

/** A TCP port opened to an address range. */
export function fromAddresses(port: number, cidr: string, description: string): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [{ CidrIp: cidr, Description: description }],
  };
}

/** A TCP port opened to the members of another security group. */
export function fromGroup(port: number, groupId: string, description: string): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    UserIdGroupPairs: [{ GroupId: groupId, Description: description }],
  };
}
