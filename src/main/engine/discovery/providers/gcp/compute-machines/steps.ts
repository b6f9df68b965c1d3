import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import {
  convertAutoscaler,
  convertInstance,
  convertInstanceGroup,
  convertInstanceGroupManager,
  convertInstanceTemplate,
  convertStorage,
} from './convert.ts';

const storage = {
  category: 'disk',
  relationships: ['DERIVED_FROM', 'ENCRYPTED_BY'],
  convert: convertStorage,
} as const;

export const computeMachinesSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.compute.machines',
    typesOf('compute.googleapis.com', {
      Instance: {
        category: 'machine',
        relationships: ['ATTACHED_TO', 'HAS_ADDRESS', 'IN_NETWORK', 'MANAGED_BY', 'RUNS_AS', 'TARGETS'],
        convert: convertInstance,
      },
      InstanceTemplate: {
        category: 'template',
        relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'RUNS_AS'],
        convert: convertInstanceTemplate,
      },
      InstanceGroup: { category: 'target-group', relationships: ['IN_NETWORK'], convert: convertInstanceGroup },
      InstanceGroupManager: {
        category: 'scaling-group',
        relationships: ['CONTAINS', 'DERIVED_FROM', 'TARGETS'],
        convert: convertInstanceGroupManager,
      },
      Autoscaler: { category: 'other', relationships: ['ATTACHED_TO'], convert: convertAutoscaler },
    }),
  ),
  gcpStep(
    'gcp.compute.disks',
    typesOf('compute.googleapis.com', {
      Disk: storage,
      RegionDisk: storage,
      Snapshot: storage,
      Image: storage,
      MachineImage: storage,
    }),
  ),
];
