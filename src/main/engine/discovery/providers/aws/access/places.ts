import type { AwsRequest } from '#shared/model/index.ts';

/** The role AWS Organizations makes in every member account. */
export const usualRole = 'OrganizationAccountAccessRole';

/** Where to look, with the blanks filled in. */
export interface AwsPlaces {
  readonly profiles: readonly string[];
  readonly organization: boolean;
  readonly accounts: readonly string[];
  /** Accounts, units and roots of the organisation to keep to; empty for no limit. */
  readonly scopes: readonly string[];
  readonly role: string;
  readonly externalId: string | undefined;
  /** Empty for every enabled region. */
  readonly regions: readonly string[];
  readonly endpoint: string | null;
}

export function placesOf(request: AwsRequest): AwsPlaces {
  return {
    profiles: request.profiles ?? [],
    // Which accounts a unit holds only the organisation knows.
    organization: (request.organization ?? false) || (request.scopes ?? []).some(isUnit),
    accounts: request.accounts ?? [],
    scopes: request.scopes ?? [],
    role: request.role ?? usualRole,
    externalId: request.externalId,
    regions: request.regions ?? [],
    endpoint: request.endpoint ?? null,
  };
}

/** True for units and roots of an organisation, false for accounts. */
function isUnit(scope: string): boolean {
  return !/^\d{12}$/u.test(scope);
}

/** True when a connection says that its identities may take a role in the account. */
export function mayEnter(places: Omit<AwsRequest, 'cloud'>, account: string): boolean {
  const { accounts = [], scopes = [], organization = false } = places;
  return organization || accounts.includes(account) || scopes.includes(account) || scopes.some(isUnit);
}
