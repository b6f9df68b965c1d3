import {
  type Account,
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  type Organization,
  type OrganizationalUnit,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { type AwsCaller, type AwsSession, listed } from '../calls/account-session.ts';
import { InvalidAnswerError } from '../calls/aws-error.ts';

/** The calls `readOrganization` makes; they are allowed in the management account and in a delegated one. */
export const organizationPermissions = [
  'organizations:DescribeOrganization',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
] as const;

interface OrganizationUnit {
  readonly unit: OrganizationalUnit;
  /** Null right under the organisation. */
  readonly parentId: string | null;
}

interface OrganizationAccount {
  readonly account: Account;
  readonly parentId: string | null;
}

export interface OrganizationTree {
  readonly organization: Organization;
  readonly units: readonly OrganizationUnit[];
  readonly accounts: readonly OrganizationAccount[];
}

/** Reads the organisation with its units and accounts, from the roots down. */
export async function readOrganization(
  session: AwsSession,
  caller: AwsCaller,
  region: string,
): Promise<OrganizationTree> {
  const client = session.client(OrganizationsClient, region);
  const { Organization: organization } = await caller.call('organizations:DescribeOrganization', (options) =>
    client.send(new DescribeOrganizationCommand({}), options),
  );
  if (organization?.Id === undefined) throw new InvalidAnswerError('The answer names no organisation.');

  const units: OrganizationUnit[] = [];
  const accounts: OrganizationAccount[] = [];
  const roots = await paged(async (NextToken) => {
    const page = await caller.call('organizations:ListRoots', (options) =>
      client.send(new ListRootsCommand({ NextToken }), options),
    );
    return { items: listed(page.Roots, 'Roots'), next: page.NextToken };
  });

  async function descend(ParentId: string, parentId: string | null): Promise<void> {
    const here = await paged(async (NextToken) => {
      const page = await caller.call('organizations:ListAccountsForParent', (options) =>
        client.send(new ListAccountsForParentCommand({ ParentId, NextToken }), options),
      );
      return { items: listed(page.Accounts, 'Accounts'), next: page.NextToken };
    });
    accounts.push(...here.map((account) => ({ account, parentId })));
    const below = await paged(async (NextToken) => {
      const page = await caller.call('organizations:ListOrganizationalUnitsForParent', (options) =>
        client.send(new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }), options),
      );
      return { items: listed(page.OrganizationalUnits, 'OrganizationalUnits'), next: page.NextToken };
    });
    for (const unit of below) {
      units.push({ unit, parentId });
      if (unit.Id !== undefined) await descend(unit.Id, unit.Id);
    }
  }
  for (const root of roots) if (root.Id !== undefined) await descend(root.Id, null);
  return { organization, units, accounts };
}

async function paged<Item>(
  read: (token: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    all.push(...page.items);
    if (page.next !== undefined && page.next === token)
      throw new InvalidAnswerError('The answer repeats its page token.');
    token = page.next || undefined;
  } while (token !== undefined);
  return all;
}
