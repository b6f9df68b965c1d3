import { kindOfType } from './arm-id.ts';
import { type AzureType, azureType } from './azure-type.ts';
import { computeTypes } from './compute/types.ts';
import { containerTypes } from './containers/types.ts';
import { dataTypes } from './data/types.ts';
import { identityTypes } from './identity/types.ts';
import { balancerTypes } from './network/balancers.ts';
import { firewallTypes } from './network/firewalls.ts';
import { gatewayTypes } from './network/gateways.ts';
import { interfaceTypes } from './network/interfaces.ts';
import { privateAccessTypes } from './network/private-access.ts';
import { securityRuleTypes } from './network/security-rules.ts';
import { virtualNetworkTypes } from './network/virtual-networks.ts';
import { scopeTypes } from './scopes/types.ts';

/** Every type that is understood beyond its columns; a new service adds its list here. */
export const azureTypes: readonly AzureType[] = [
  ...scopeTypes,
  ...virtualNetworkTypes,
  ...securityRuleTypes,
  ...interfaceTypes,
  ...gatewayTypes,
  ...balancerTypes,
  ...firewallTypes,
  ...privateAccessTypes,
  ...computeTypes,
  ...dataTypes,
  ...containerTypes,
  ...identityTypes,
];

const byName = new Map(azureTypes.map((type) => [type.type.toLowerCase(), type]));

/** The cell of everything that no declared type answers for. */
export const otherKind = 'azure.other';

const otherType = azureType({ type: '', category: 'other' });

/** A type by its name in any case; one that nobody declared is read by what all types have in common. */
export function typeNamed(name: string): AzureType {
  return byName.get(name.toLowerCase()) ?? otherType;
}

/** The kind of the ledger's cell that answers for a type: its own, or that of the type it is a part of. */
export function cellKindOf(name: string): string {
  const type = typeNamed(name);
  return type === otherType ? otherKind : kindOfType(type.partOf ?? type.type);
}
