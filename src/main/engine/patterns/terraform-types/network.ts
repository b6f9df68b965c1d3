import type { ResourceFact } from '#shared/model/index.ts';
import { blocks, body, range, reference, scalar, text, type OpenBody, type Reading } from '../readings.ts';
import type { Conversion, NewPart, ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf, type Raw } from './raw.ts';
import { nameOf, tagsOf } from './tags.ts';

const vpc: ResourceMapping = {
  kind: 'aws.ec2.vpc',
  convert(fact) {
    const raw = rawOf(fact.raw);
    if (raw.flag('IsDefault') === true) return { leftOut: 'The default network that AWS makes in every region.' };
    return {
      parts: [
        {
          type: 'aws_vpc',
          name: nameOf(fact),
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id },
          body: body({
            cidr_block: range(raw.text('CidrBlock'), null),
            instance_tenancy: text(raw.text('InstanceTenancy')),
            enable_dns_support: scalar(raw.flag('EnableDnsSupport', 'EnableDnsSupport.Value')),
            enable_dns_hostnames: scalar(raw.flag('EnableDnsHostnames', 'EnableDnsHostnames.Value')),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const subnet: ResourceMapping = {
  kind: 'aws.ec2.subnet',
  convert(fact, { isDefaultNetwork }) {
    const raw = rawOf(fact.raw);
    const network = raw.text('VpcId');
    if (isDefaultNetwork(network)) return { leftOut: 'A subnet of the default network.' };
    const zone = raw.text('AvailabilityZone');
    return {
      parts: [
        {
          type: 'aws_subnet',
          name: nameOf(fact),
          zone,
          importId: fact.nativeId,
          identities: { id: fact.nativeId, arn: fact.id },
          body: body({
            vpc_id: reference('aws_vpc', network),
            cidr_block: range(raw.text('CidrBlock'), network),
            availability_zone: text(zone),
            map_public_ip_on_launch: scalar(raw.flag('MapPublicIpOnLaunch')),
            assign_ipv6_address_on_creation: scalar(raw.flag('AssignIpv6AddressOnCreation')),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const internetGateway: ResourceMapping = {
  kind: 'aws.ec2.internet-gateway',
  convert(fact, { isDefaultNetwork }) {
    const network = rawOf(fact.raw).text('Attachments.0.VpcId');
    if (isDefaultNetwork(network)) return { leftOut: 'The way out of the default network.' };
    return single(fact, 'aws_internet_gateway', { vpc_id: reference('aws_vpc', network) });
  },
};

const elasticIp: ResourceMapping = {
  kind: 'aws.ec2.elastic-ip',
  convert(fact, { dialect }) {
    const raw = rawOf(fact.raw);
    const id = raw.text('AllocationId') ?? fact.nativeId;
    const domain: OpenBody = dialect.has('aws_eip', 'domain') ? { domain: text('vpc') } : { vpc: scalar(true) };
    return {
      parts: [
        {
          type: 'aws_eip',
          name: nameOf(fact),
          importId: id,
          identities: { id, arn: fact.id },
          body: body({ ...domain, instance: reference('aws_instance', raw.text('InstanceId')), tags: tagsOf(fact) }),
        },
      ],
    };
  },
};

const natGateway: ResourceMapping = {
  kind: 'aws.ec2.natgateway',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const state = raw.text('State');
    if (state === 'deleted' || state === 'deleting' || state === 'failed') {
      return { leftOut: `The NAT gateway is ${state}.` };
    }
    return single(fact, 'aws_nat_gateway', {
      allocation_id: reference('aws_eip', raw.text('NatGatewayAddresses.0.AllocationId')),
      subnet_id: reference('aws_subnet', raw.text('SubnetId')),
    });
  },
};

const routeTable: ResourceMapping = {
  kind: 'aws.ec2.route-table',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const associations = raw.list('Associations');
    if (associations.some((association) => association.flag('Main') === true)) {
      return { leftOut: 'The main route table, which AWS makes and removes with its network.' };
    }
    const id = fact.nativeId;
    const table: NewPart = {
      type: 'aws_route_table',
      name: nameOf(fact),
      importId: id,
      identities: { id },
      body: body({
        vpc_id: reference('aws_vpc', raw.text('VpcId')),
        route: blocks(raw.list('Routes').filter(isOwnRoute).map(routeOf)),
        tags: tagsOf(fact),
      }),
    };
    const parts = associations.flatMap((association): NewPart[] => {
      const subnetId = association.text('SubnetId');
      if (subnetId === null) return [];
      return [
        {
          type: 'aws_route_table_association',
          name: null,
          of: { id: subnetId, label: '' },
          importId: `${subnetId}/${id}`,
          identities: {},
          body: body({
            subnet_id: reference('aws_subnet', subnetId),
            route_table_id: reference('aws_route_table', id),
          }),
        },
      ];
    });
    return { parts: [table, ...parts] };
  },
};

/** The route inside the network comes with the table; propagated routes come from their gateway. */
function isOwnRoute(route: Raw): boolean {
  return route.text('GatewayId') !== 'local' && route.text('Origin') !== 'EnableVgwRoutePropagation';
}

function routeOf(route: Raw): OpenBody {
  const gateway = route.text('GatewayId');
  return {
    cidr_block: range(route.text('DestinationCidrBlock'), null),
    ipv6_cidr_block: text(route.text('DestinationIpv6CidrBlock')),
    gateway_id: reference('aws_internet_gateway', gateway),
    nat_gateway_id: reference('aws_nat_gateway', route.text('NatGatewayId')),
    transit_gateway_id: text(route.text('TransitGatewayId')),
    vpc_peering_connection_id: text(route.text('VpcPeeringConnectionId')),
    network_interface_id: route.text('NatGatewayId') === null ? text(route.text('NetworkInterfaceId')) : undefined,
    egress_only_gateway_id: text(route.text('EgressOnlyInternetGatewayId')),
  };
}

function single(fact: ResourceFact, type: string, attributes: Record<string, Reading | undefined>): Conversion {
  return {
    parts: [
      {
        type,
        name: nameOf(fact),
        importId: fact.nativeId,
        identities: { id: fact.nativeId, arn: fact.id },
        body: body({ ...attributes, tags: tagsOf(fact) }),
      },
    ],
  };
}

const networkInterface: ResourceMapping = {
  kind: 'aws.ec2.network-interface',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const made = raw.text('InterfaceType');
    if (made === 'nat_gateway') return { leftOut: 'An interface that the NAT gateway makes and removes.' };
    if (raw.text('Attachment.InstanceId') !== null && raw.flag('Attachment.DeleteOnTermination') === true) {
      return { leftOut: 'An interface that comes and goes with its instance.' };
    }
    if (raw.flag('RequesterManaged') === true || raw.text('RequesterId') !== null) {
      return { leftOut: 'An interface that an AWS service makes and removes.' };
    }
    return { leftOut: 'Interfaces of their own are not written as code yet.' };
  },
};

const networkAcl: ResourceMapping = {
  kind: 'aws.ec2.network-acl',
  convert(fact) {
    return rawOf(fact.raw).flag('IsDefault') === true
      ? { leftOut: 'The default access list, which AWS makes with its network.' }
      : { leftOut: 'Access lists are not written as code yet.' };
  },
};

export const networkMappings: readonly ResourceMapping[] = [
  vpc,
  subnet,
  internetGateway,
  elasticIp,
  natGateway,
  routeTable,
  networkInterface,
  networkAcl,
];

export const networkTypes: readonly TypeAbout[] = [
  {
    type: 'aws_vpc',
    noun: 'vpc',
    boundary: 'networking',
    defaults: { instance_tenancy: 'default', enable_dns_support: true, enable_dns_hostnames: false },
    choices: ['instance_tenancy'],
  },
  {
    type: 'aws_subnet',
    noun: 'subnet',
    boundary: 'networking',
    defaults: { map_public_ip_on_launch: false, assign_ipv6_address_on_creation: false },
  },
  { type: 'aws_internet_gateway', noun: 'internet_gateway', boundary: 'networking' },
  { type: 'aws_eip', noun: 'address', boundary: 'networking' },
  { type: 'aws_nat_gateway', noun: 'nat_gateway', boundary: 'networking' },
  { type: 'aws_route_table', noun: 'route_table', boundary: 'networking' },
  { type: 'aws_route_table_association', noun: 'route_table_association', boundary: 'networking' },
];
