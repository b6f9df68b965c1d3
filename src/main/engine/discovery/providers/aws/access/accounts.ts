import type { ScopeFact } from '#shared/model/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Logger } from '#engine/ports/index.ts';
import { awsScopeId } from '../../../canonical-id.ts';
import type { AwsSession } from '../calls/account-session.ts';
import { toAwsAppError } from '../calls/errors.ts';
import { type OrganizationTree, readOrganization } from '../organizations/client.ts';
import { accountInOrganization, organizationScopes } from '../organizations/convert.ts';
import { homeRegion } from '../partitions.ts';
import { assumeRole } from '../sts/client.ts';
import { chosenAccounts } from './chosen-accounts.ts';
import { type AwsCredentialSource, cachedCredentials } from './credential-cache.ts';
import type { AwsPlaces } from './places.ts';
import { principalOf } from './principal.ts';
import type { SignedIn } from './sign-in.ts';

/** An account to be mapped, with the session that acts in it. */
export interface AwsAccount {
  readonly accountId: string;
  readonly partition: string;
  readonly scope: ScopeFact;
  /** Name and number, for messages. */
  readonly label: string;
  readonly session: AwsSession;
  /** The role to be taken before anything else works; null where one signed in to the account itself. */
  readonly role: string | null;
  /** The role or user whose permissions count in the account, as an ARN. */
  readonly principal: string;
  /** Who takes the role: one's own identity, as an ARN. */
  readonly identity: string;
  /** Closed or suspended: listed in the organisation, not to be entered. */
  readonly active: boolean;
}

export interface FoundAccounts {
  readonly accounts: readonly AwsAccount[];
  readonly scopes: readonly ScopeFact[];
}

export interface FindAccountsOptions {
  readonly request: AwsPlaces;
  readonly signedIn: readonly SignedIn[];
  readonly openSession: (credentials: AwsCredentialSource) => AwsSession;
  /** Ends when the run ends; roles are taken anew until then. */
  readonly lifetime: AbortSignal;
  readonly endpoint: string;
  readonly now: () => number;
  readonly logger: Logger;
}

/** The accounts a request means: the organisation's, the listed ones, or those one signed in to. */
export async function findAccounts(options: FindAccountsOptions, signal: AbortSignal): Promise<FoundAccounts> {
  const { request, signedIn } = options;
  const own = new Map(signedIn.map((source) => [source.identity.accountId, source]));
  const wantsOthers = request.organization || request.accounts.length > 0 || request.scopes.length > 0;
  const tree = wantsOthers ? await organizationTree(options, signal) : null;
  const ids = chosenAccounts(request, [...own.keys()], tree?.tree ?? null);

  const accounts = ids.map((accountId): AwsAccount => {
    const member = tree === null ? null : accountInOrganization(tree.tree, accountId);
    const name = member?.name ?? accountId;
    const source = own.get(accountId);
    const scope: ScopeFact = {
      id: awsScopeId('account', accountId),
      cloud: 'aws',
      kind: 'account',
      name,
      nativeId: accountId,
      parentId: member?.parentId ?? null,
    };
    const common = {
      accountId,
      scope,
      label: name === accountId ? accountId : `${name} (${accountId})`,
      active: member?.active ?? true,
    };
    if (source !== undefined) {
      const { arn, partition } = source.identity;
      const principal = principalOf(arn);
      return { ...common, partition, session: source.session, role: null, principal, identity: principal };
    }
    const base = tree?.source ?? signedIn[0];
    if (base === undefined) throw new AppError('credentials-missing', 'No AWS credentials were found.');
    return { ...common, ...assumed(base, accountId, options) };
  });
  const scopes = [...(tree === null ? [] : relevantScopes(tree.tree, accounts)), ...accounts.map(({ scope }) => scope)];
  return { accounts, scopes };
}

function assumed(
  base: SignedIn,
  accountId: string,
  options: FindAccountsOptions,
): Pick<AwsAccount, 'partition' | 'session' | 'role' | 'principal' | 'identity'> {
  const { arn, partition } = base.identity;
  const { role: name, externalId } = options.request;
  const role = `arn:${partition}:iam::${accountId}:role/${name}`;
  const taken = { arn: role, region: base.region ?? homeRegion(partition), externalId };
  const credentials = cachedCredentials(() => assumeRole(base.session, taken, options.lifetime), options.now);
  return { partition, session: options.openSession(credentials), role, principal: role, identity: principalOf(arn) };
}

interface FoundTree {
  readonly tree: OrganizationTree;
  readonly source: SignedIn;
}

/** The organisation through the first identity that may read it; null when it is only wanted for names. */
async function organizationTree(options: FindAccountsOptions, signal: AbortSignal): Promise<FoundTree | null> {
  const failures: AppError[] = [];
  for (const source of options.signedIn) {
    const region = homeRegion(source.identity.partition);
    try {
      return { tree: await readOrganization(source.session, region, signal), source };
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(toAwsAppError(error, { account: source.identity.accountId, region, endpoint: options.endpoint }));
    }
  }
  const first = failures[0];
  if (options.request.organization && first !== undefined) {
    throw new AppError(first.code, `The accounts of the organisation cannot be listed. ${first.message}`, {
      advice: 'Sign in to the management account or a delegated one, or list the accounts instead.',
      details: first.details,
      cause: first,
    });
  }
  // Listed accounts work without the organisation; only their names and their place in the tree are missing.
  options.logger.info('discovery.aws.organization-not-read', { reason: first?.message ?? null });
  return null;
}

/** The units above the accounts, and nothing of the organisation that nobody asked for. */
function relevantScopes(tree: OrganizationTree, accounts: readonly AwsAccount[]): ScopeFact[] {
  const all = new Map(organizationScopes(tree).map((scope) => [scope.id, scope]));
  const wanted = new Map<string, ScopeFact>();
  for (const account of accounts) {
    let parent = account.scope.parentId;
    while (parent !== null) {
      const scope = all.get(parent);
      if (scope === undefined || wanted.has(parent)) break;
      wanted.set(parent, scope);
      parent = scope.parentId;
    }
  }
  return [...all.values()].filter(({ id }) => wanted.has(id));
}
