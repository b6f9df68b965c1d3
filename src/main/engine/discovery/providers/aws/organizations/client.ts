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
import type { AwsSession } from '../calls/account-session.ts';
import { listed } from '../calls/aws-caller.ts';
import { InvalidAnswerError } from '../calls/aws-error.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';

// The most that these calls give on a page.
const MaxResults = 20;

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
  readonly rootIds: readonly string[];
  readonly units: readonly OrganizationUnit[];
  readonly accounts: readonly OrganizationAccount[];
}

/** Reads the organisation with its units and accounts, from the roots down. */
export async function readOrganization(
  session: AwsSession,
  region: string,
  signal: AbortSignal,
): Promise<OrganizationTree> {
  const client = session.client(OrganizationsClient, region);
  const caller = session.caller(region, signal);
  const { Organization: organization } = await caller.call('organizations:DescribeOrganization', (options) =>
    client.send(new DescribeOrganizationCommand({}), options),
  );
  if (organization?.Id === undefined) throw new InvalidAnswerError('The answer names no organisation.');

  const units: OrganizationUnit[] = [];
  const accounts: OrganizationAccount[] = [];
  const roots = await everyItem(
    pagesOf(caller, {
      permission: 'organizations:ListRoots',
      send: (NextToken, options) => client.send(new ListRootsCommand({ MaxResults, NextToken }), options),
      next: (output) => output.NextToken,
    }),
    ({ Roots }) => listed(Roots, 'Roots'),
  );

  async function descend(ParentId: string, parentId: string | null): Promise<void> {
    const here = await everyItem(
      pagesOf(caller, {
        permission: 'organizations:ListAccountsForParent',
        send: (NextToken, options) =>
          client.send(new ListAccountsForParentCommand({ ParentId, MaxResults, NextToken }), options),
        next: (output) => output.NextToken,
      }),
      ({ Accounts }) => listed(Accounts, 'Accounts'),
    );
    accounts.push(...here.map((account) => ({ account, parentId })));
    const below = await everyItem(
      pagesOf(caller, {
        permission: 'organizations:ListOrganizationalUnitsForParent',
        send: (NextToken, options) =>
          client.send(new ListOrganizationalUnitsForParentCommand({ ParentId, MaxResults, NextToken }), options),
        next: (output) => output.NextToken,
      }),
      ({ OrganizationalUnits }) => listed(OrganizationalUnits, 'OrganizationalUnits'),
    );
    units.push(...below.map((unit) => ({ unit, parentId })));
    await Promise.all(below.map(({ Id }) => (Id === undefined ? Promise.resolve() : descend(Id, Id))));
  }
  const rootIds = roots.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
  await Promise.all(rootIds.map((rootId) => descend(rootId, null)));
  return { organization, rootIds, units, accounts };
}
