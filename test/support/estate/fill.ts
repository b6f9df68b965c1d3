import type { RelationshipType, ResourceFact } from '#shared/model/index.ts';
import type { Random } from './random.ts';
import { addResource, relate, type Region, type ResourceOptions, type ShapeName } from './region.ts';

interface FillOptions {
  readonly random: Random;
  /** How many resources to add. */
  readonly resources: number;
  /** How many relationships there shall be among them. */
  readonly relationships: number;
  /** Number of the first resource; numbers go on from there and are unique over the estate. */
  readonly firstSerial: number;
  /** Second part of the region's addresses: 10.<block>.0.0/16 and on. */
  readonly block: number;
}

/** How often each kind stands in a region beside its hubs: machines, their disks and interfaces first. */
const mix: readonly ShapeName[] = [
  'machine',
  'nic',
  'disk',
  'machine',
  'nic',
  'disk',
  'machine',
  'nic',
  'disk',
  'group',
  'subnet',
  'bucket',
  'queue',
  'code',
  'database',
  'routes',
];

/**
 * Fills one account's region. Its hubs are what makes a cloud graph slow: one VPC that holds everything, one key
 * that encrypts every disk, one role that runs every machine, one security group that most interfaces share.
 */
export function fillRegion(target: Region, options: FillOptions): void {
  const { random } = options;
  let serial = options.firstSerial;
  function add(shape: ShapeName, more: ResourceOptions = {}): ResourceFact {
    serial += 1;
    return addResource(target, random, { shape, serial: serial - 1, ...more });
  }
  function link(type: RelationshipType, from: ResourceFact, to: ResourceFact | string): void {
    relate(target, type, { from, to });
  }

  const second = options.block % 256;
  const vpc = add('vpc', { cidr: `10.${second}.0.0/16` });
  const key = add('key');
  const role = add('role', { region: 'global' });
  const shared = add('group');
  const gateway = add('gateway');
  link('ATTACHED_TO', gateway, vpc);
  link('IN_NETWORK', shared, vpc);
  const subnets: ResourceFact[] = [];
  const groups: ResourceFact[] = [shared];
  const machines: ResourceFact[] = [];

  function addSubnet(): void {
    const subnet = add('subnet', { cidr: `10.${second}.${subnets.length % 256}.0/24` });
    link('IN_NETWORK', subnet, vpc);
    link('CONTAINS', vpc, subnet);
    subnets.push(subnet);
  }

  function addFrom(shape: ShapeName): void {
    const subnet = random.pick(subnets);
    const machine = machines.length > 0 ? random.pick(machines) : null;
    switch (shape) {
      case 'subnet':
        return addSubnet();
      case 'group': {
        const group = add('group');
        link('IN_NETWORK', group, vpc);
        relate(target, 'ALLOWS', { from: random.pick(groups), to: group });
        groups.push(group);
        return;
      }
      case 'machine': {
        const made = add('machine', { ip: address(random, second) });
        link('IN_NETWORK', made, subnet);
        link('PROTECTED_BY', made, random.pick(groups));
        link('RUNS_AS', made, role);
        machines.push(made);
        return;
      }
      case 'nic': {
        const made = add('nic', { ip: address(random, second) });
        link('IN_NETWORK', made, subnet);
        link('PROTECTED_BY', made, shared);
        if (machine !== null) link('ATTACHED_TO', made, machine);
        return;
      }
      case 'disk': {
        const made = add('disk');
        link('ENCRYPTED_BY', made, key);
        if (machine !== null) link('ATTACHED_TO', made, machine);
        return;
      }
      case 'routes':
        return link('ROUTES_TO', add('routes'), gateway);
      case 'database': {
        const made = add('database');
        link('IN_NETWORK', made, subnet);
        link('PROTECTED_BY', made, random.pick(groups));
        link('ENCRYPTED_BY', made, key);
        return;
      }
      case 'code':
        return link('RUNS_AS', add('code'), role);
      case 'bucket':
      case 'queue':
        return link('ENCRYPTED_BY', add(shape), key);
      case 'vpc':
      case 'gateway':
      case 'key':
      case 'role':
        add(shape);
        return;
    }
  }

  addSubnet();
  for (let index = 0; target.resources.length < options.resources; index += 1) {
    addFrom(mix[index % mix.length] ?? 'machine');
  }
  target.resources.length = options.resources;
  while (target.relationships.length < options.relationships) {
    relate(target, 'REFERENCES', { from: random.pick(target.resources), to: random.pick(target.resources) });
  }
  target.relationships.length = options.relationships;
}

function address(random: Random, second: number): string {
  return `10.${second}.${random.below(256)}.${1 + random.below(254)}`;
}
