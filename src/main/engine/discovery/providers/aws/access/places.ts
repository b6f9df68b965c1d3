import type { AwsRequest } from '#shared/model/index.ts';

/** The role AWS Organizations makes in every member account. */
export const usualRole = 'OrganizationAccountAccessRole';

/** Where to look, with the blanks filled in. */
export interface AwsPlaces {
  readonly profiles: readonly string[];
  readonly organization: boolean;
  readonly accounts: readonly string[];
  readonly role: string;
  /** Empty for every enabled region. */
  readonly regions: readonly string[];
  readonly endpoint: string | null;
}

export function placesOf(request: AwsRequest): AwsPlaces {
  return {
    profiles: request.profiles ?? [],
    organization: request.organization ?? false,
    accounts: request.accounts ?? [],
    role: request.role ?? usualRole,
    regions: request.regions ?? [],
    endpoint: request.endpoint ?? null,
  };
}
