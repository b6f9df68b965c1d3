import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from '@aws-sdk/client-organizations';
import { type CompanyClients, required } from './company-clients.ts';
import type { CompanyAccount, CompanySummary } from './company-types.ts';

/** Makes the organisation with its units and the three accounts. Fails when the server already holds one. */
export async function createOrganization(
  management: CompanyClients,
): Promise<Pick<CompanySummary, 'organizationId' | 'managementAccountId' | 'accounts'>> {
  const client = management.organizations;
  const { Organization: organization } = await client
    .send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'AlreadyInOrganizationException') throw error;
      throw new Error('The server already holds a company. Start another, or POST /moto-api/reset.', { cause: error });
    });
  const { Roots: roots } = await client.send(new ListRootsCommand({}));
  const rootId = required(roots?.[0]?.Id, 'root of the organisation');

  async function createUnit(name: string, parentId: string): Promise<string> {
    const answer = await client.send(new CreateOrganizationalUnitCommand({ Name: name, ParentId: parentId }));
    return required(answer.OrganizationalUnit?.Id, `organisational unit ${name}`);
  }

  async function createAccount(name: string, unitId: string): Promise<CompanyAccount> {
    const answer = await client.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@harbour-goods.example` }),
    );
    const id = required(answer.CreateAccountStatus?.AccountId, `account ${name}`);
    await client.send(new MoveAccountCommand({ AccountId: id, SourceParentId: rootId, DestinationParentId: unitId }));
    return { id, name };
  }

  const infrastructure = await createUnit('infrastructure', rootId);
  const workloads = await createUnit('workloads', rootId);
  return {
    organizationId: required(organization?.Id, 'organisation'),
    managementAccountId: required(organization?.MasterAccountId, 'management account'),
    accounts: {
      sharedServices: await createAccount('shared-services', infrastructure),
      production: await createAccount('production', workloads),
      staging: await createAccount('staging', workloads),
    },
  };
}
