import type { Connection, DiscoverRequestInput } from '#shared/model/index.ts';

export type AwsConnection = Extract<Connection, { cloud: 'aws' }>;

/** An AWS connection while it is being filled in; every field is present. */
export interface ConnectionForm {
  readonly name: string;
  readonly profiles: readonly string[];
  readonly organization: boolean;
  readonly accounts: readonly string[];
  readonly role: string;
  readonly regions: readonly string[];
  readonly endpoint: string;
}

export type ConnectionFormProblems = Partial<Record<keyof ConnectionForm, string>>;

const usualRole = 'OrganizationAccountAccessRole';

export const emptyConnectionForm: ConnectionForm = {
  name: 'aws',
  profiles: [],
  organization: false,
  accounts: [],
  role: usualRole,
  regions: [],
  endpoint: '',
};

/** A kept connection as a form. */
export function formOfConnection(connection: AwsConnection): ConnectionForm {
  return {
    name: connection.name,
    profiles: connection.profiles ?? [],
    organization: connection.organization ?? false,
    accounts: connection.accounts ?? [],
    role: connection.role ?? usualRole,
    regions: connection.regions ?? [],
    endpoint: connection.endpoint ?? '',
  };
}

/** The form as `groundplan.yaml` keeps it: only what differs from the defaults. */
export function connectionOfForm(form: ConnectionForm): AwsConnection {
  const needsRole = form.organization || form.accounts.length > 0;
  return {
    name: form.name.trim(),
    cloud: 'aws',
    ...(form.profiles.length > 0 ? { profiles: [...form.profiles] } : {}),
    ...(form.organization ? { organization: true } : {}),
    ...(form.accounts.length > 0 ? { accounts: [...form.accounts] } : {}),
    ...(needsRole ? { role: form.role.trim() } : {}),
    ...(form.regions.length > 0 ? { regions: [...form.regions] } : {}),
    ...(form.endpoint.trim() === '' ? {} : { endpoint: form.endpoint.trim() }),
  };
}

/** The form as the order to map. */
export function requestOfForm(form: ConnectionForm): DiscoverRequestInput {
  const { name: _name, ...places } = connectionOfForm(form);
  return { clouds: [places] };
}

/** What is wrong with each field, as a sentence; empty when all is well. */
export function problemsOfForm(form: ConnectionForm): ConnectionFormProblems {
  const problems: ConnectionFormProblems = {};
  if (form.name.trim() === '') problems.name = 'Give the connection a name.';
  const wrongAccount = form.accounts.find((account) => !/^\d{12}$/.test(account));
  if (wrongAccount !== undefined) problems.accounts = `“${wrongAccount}” is not an AWS account: twelve digits.`;
  const wrongRegion = form.regions.find((region) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region));
  if (wrongRegion !== undefined) problems.regions = `“${wrongRegion}” is not an AWS region such as eu-west-1.`;
  if ((form.organization || form.accounts.length > 0) && form.role.trim() === '') {
    problems.role = 'Name the role to assume in the accounts.';
  }
  if (form.endpoint.trim() !== '' && !isHttpUrl(form.endpoint.trim())) {
    problems.endpoint = 'Use an address such as http://127.0.0.1:5000.';
  }
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
