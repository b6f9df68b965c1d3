import { hostId } from '../addresses.ts';
import { azureType } from '../azure-type.ts';
import { firstTextAt, textAt } from '../json-path.ts';

const sets = 'properties.virtualMachineProfile';
const cards = `${sets}.networkProfile.networkInterfaceConfigurations[].properties`;
const vaults = 'properties.encryptionSettingsCollection.encryptionSettings[]';

const diskEdges = [
  { type: 'DERIVED_FROM', path: 'properties.creationData.sourceResourceId' },
  { type: 'DERIVED_FROM', path: 'properties.creationData.galleryImageReference' },
  { type: 'ENCRYPTED_BY', path: 'properties.encryption.diskEncryptionSetId' },
  { type: 'ENCRYPTED_BY', path: `${vaults}.diskEncryptionKey.sourceVault` },
  { type: 'ENCRYPTED_BY', path: `${vaults}.keyEncryptionKey.sourceVault` },
] as const;

/** Machines, scale sets, and the disks, images and keys they are made with. */
export const computeTypes = [
  azureType({
    type: 'Microsoft.Compute/virtualMachines',
    category: 'machine',
    edges: [
      { type: 'ATTACHED_TO', path: 'properties.networkProfile.networkInterfaces[]', reversed: true },
      { type: 'ATTACHED_TO', path: 'properties.storageProfile.osDisk.managedDisk', reversed: true },
      { type: 'ATTACHED_TO', path: 'properties.storageProfile.dataDisks[].managedDisk', reversed: true },
      { type: 'DERIVED_FROM', path: 'properties.storageProfile.imageReference' },
      { type: 'ENCRYPTED_BY', path: 'properties.storageProfile.osDisk.managedDisk.diskEncryptionSet' },
      { type: 'ENCRYPTED_BY', path: 'properties.storageProfile.dataDisks[].managedDisk.diskEncryptionSet' },
      { type: 'MANAGED_BY', path: 'properties.virtualMachineScaleSet' },
      { type: 'REFERENCES', path: 'properties.diagnosticsProfile.bootDiagnostics.storageUri', idOf: hostId },
    ],
    describe: (body) => ({
      state: firstTextAt(body, [
        'properties.extended.instanceView.powerState.displayStatus',
        'properties.instanceView.powerState.displayStatus',
        'properties.provisioningState',
      ]),
    }),
  }),
  azureType({
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    category: 'scaling-group',
    edges: [
      { type: 'IN_NETWORK', path: `${cards}.ipConfigurations[].properties.subnet` },
      { type: 'PROTECTED_BY', path: `${cards}.networkSecurityGroup` },
      { type: 'PROTECTED_BY', path: `${cards}.ipConfigurations[].properties.applicationSecurityGroups[]` },
      {
        type: 'TARGETS',
        path: `${cards}.ipConfigurations[].properties.loadBalancerBackendAddressPools[]`,
        reversed: true,
      },
      {
        type: 'TARGETS',
        path: `${cards}.ipConfigurations[].properties.applicationGatewayBackendAddressPools[]`,
        reversed: true,
      },
      { type: 'DERIVED_FROM', path: `${sets}.storageProfile.imageReference` },
      { type: 'ENCRYPTED_BY', path: `${sets}.storageProfile.osDisk.managedDisk.diskEncryptionSet` },
      { type: 'ENCRYPTED_BY', path: `${sets}.storageProfile.dataDisks[].managedDisk.diskEncryptionSet` },
    ],
  }),
  azureType({
    type: 'Microsoft.Compute/disks',
    category: 'disk',
    edges: [
      { type: 'ATTACHED_TO', path: 'managedBy' },
      { type: 'ATTACHED_TO', path: 'managedByExtended[]' },
      ...diskEdges,
    ],
    describe: (body) => ({ state: textAt(body, 'properties.diskState') }),
  }),
  azureType({ type: 'Microsoft.Compute/snapshots', category: 'disk', edges: diskEdges }),
  azureType({
    type: 'Microsoft.Compute/images',
    category: 'template',
    edges: [
      { type: 'DERIVED_FROM', path: 'properties.sourceVirtualMachine' },
      { type: 'DERIVED_FROM', path: 'properties.storageProfile.osDisk.managedDisk' },
      { type: 'DERIVED_FROM', path: 'properties.storageProfile.osDisk.snapshot' },
    ],
  }),
  azureType({
    type: 'Microsoft.Compute/availabilitySets',
    category: 'other',
    edges: [{ type: 'CONTAINS', path: 'properties.virtualMachines[]' }],
  }),
  azureType({
    type: 'Microsoft.Compute/diskEncryptionSets',
    category: 'key',
    edges: [
      { type: 'ENCRYPTED_BY', path: 'properties.activeKey.sourceVault' },
      { type: 'ENCRYPTED_BY', path: 'properties.activeKey.keyUrl', idOf: hostId },
    ],
  }),
];
