import { expect, test } from 'vitest';
import type { StepDeclaration } from '#shared/model/index.ts';
import { kindGroups } from './kind-groups.ts';

function step(cloud: StepDeclaration['cloud'], kinds: string[], parts?: string[]): StepDeclaration {
  const nothing = { relationships: [], permissions: [], apis: [], global: false };
  return { id: kinds.join(), cloud, kinds, ...(parts === undefined ? {} : { parts }), ...nothing };
}

test('the kinds of one cloud by service, with the parts of others, each once and in order', () => {
  const steps = [
    step('azure', ['azure.network.virtualnetworks'], ['azure.network.virtualnetworks.subnets']),
    step('azure', ['azure.compute.virtualmachines']),
    step('azure', ['azure.compute.disks']),
    step('azure', ['azure.compute.disks']),
    step('azure', ['azure.other']),
    step('aws', ['aws.ec2.vpc']),
  ];
  expect(kindGroups(steps, 'azure')).toEqual([
    { group: 'compute', items: ['azure.compute.disks', 'azure.compute.virtualmachines'] },
    { group: 'network', items: ['azure.network.virtualnetworks', 'azure.network.virtualnetworks.subnets'] },
    { group: 'other', items: ['azure.other'] },
  ]);
  expect(kindGroups(steps, 'gcp')).toEqual([]);
});
