import { AuthorizeSecurityGroupIngressCommand, DeleteSubnetCommand } from '@aws-sdk/client-ec2';
import { assumeRole, openClients } from './company-clients.ts';
import { fromAddresses } from './company-network.ts';
import { companyRole } from './company-types.ts';

/** Where a change is made by hand, past Groundplan. */
export interface HandMadeChange {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
}

/** Opens a port of a security group to the world, as somebody in a hurry does. */
export async function openPortByHand(
  place: HandMadeChange,
  change: { readonly securityGroupId: string; readonly port: number },
): Promise<void> {
  const credentials = await assumeRole(place.endpoint, `arn:aws:iam::${place.accountId}:role/${companyRole}`);
  const clients = openClients({ ...place, credentials });
  try {
    await clients.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: change.securityGroupId,
        IpPermissions: [fromAddresses(change.port, '0.0.0.0/0', 'opened by hand')],
      }),
    );
  } finally {
    clients.close();
  }
}

/** Deletes a subnet past Groundplan. */
export async function deleteSubnetByHand(place: HandMadeChange, subnetId: string): Promise<void> {
  const credentials = await assumeRole(place.endpoint, `arn:aws:iam::${place.accountId}:role/${companyRole}`);
  const clients = openClients({ ...place, credentials });
  try {
    await clients.ec2.send(new DeleteSubnetCommand({ SubnetId: subnetId }));
  } finally {
    clients.close();
  }
}
