import {
  awsExternalIdSchema,
  type Connection,
  type DiscoverableCloud,
  type DiscoverRequestInput,
} from '#shared/model/index.ts';

/** A connection while it is being filled in; every field of every cloud is present, and those of its own count. */
export interface ConnectionForm {
  readonly cloud: DiscoverableCloud;
  readonly name: string;
  readonly profiles: readonly string[];
  readonly organization: boolean;
  readonly accounts: readonly string[];
  readonly role: string;
  readonly externalId: string;
  readonly scopes: readonly string[];
  readonly regions: readonly string[];
  readonly kinds: readonly string[];
  readonly endpoint: string;
  readonly accessTokenEnv: string;
  readonly transport: '' | 'grpc' | 'rest';
}

export type ConnectionFormProblems = Partial<Record<keyof ConnectionForm, string>>;

export const cloudNames: Readonly<Record<DiscoverableCloud, string>> = {
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'Google Cloud',
};

const usualRole = 'OrganizationAccountAccessRole';

export const emptyConnectionForm: ConnectionForm = {
  cloud: 'aws',
  name: 'aws',
  profiles: [],
  organization: false,
  accounts: [],
  role: usualRole,
  externalId: '',
  scopes: [],
  regions: [],
  kinds: [],
  endpoint: '',
  accessTokenEnv: '',
  transport: '',
};

/** A form with nothing filled in. */
export function emptyFormOf(cloud: DiscoverableCloud): ConnectionForm {
  return { ...emptyConnectionForm, cloud, name: cloud };
}

/** A kept connection as a form. */
export function formOfConnection(connection: Connection): ConnectionForm {
  const common = {
    ...emptyFormOf(connection.cloud),
    name: connection.name,
    scopes: connection.scopes ?? [],
    regions: connection.regions ?? [],
    kinds: connection.kinds ?? [],
    endpoint: connection.endpoint ?? '',
  };
  switch (connection.cloud) {
    case 'aws': {
      const { profiles = [], organization = false, accounts = [], role = usualRole, externalId = '' } = connection;
      return { ...common, profiles, organization, accounts, role, externalId };
    }
    case 'azure':
      return { ...common, accessTokenEnv: connection.accessTokenEnv ?? '' };
    case 'gcp':
      return { ...common, accessTokenEnv: connection.accessTokenEnv ?? '', transport: connection.transport ?? '' };
  }
}

/** Whether other accounts are meant: the organisation's, listed ones, or those of a unit. */
function needsRole({ organization, accounts, scopes }: ConnectionForm): boolean {
  return organization || accounts.length > 0 || scopes.length > 0;
}

/** The form as `groundplan.yaml` keeps it: only what differs from the defaults. */
export function connectionOfForm(form: ConnectionForm): Connection {
  const name = form.name.trim();
  const places = {
    ...(form.scopes.length > 0 ? { scopes: [...form.scopes] } : {}),
    ...(form.regions.length > 0 ? { regions: [...form.regions] } : {}),
    ...(form.kinds.length > 0 ? { kinds: [...form.kinds] } : {}),
    ...(form.endpoint.trim() === '' ? {} : { endpoint: form.endpoint.trim() }),
  };
  const token = form.accessTokenEnv.trim() === '' ? {} : { accessTokenEnv: form.accessTokenEnv.trim() };
  switch (form.cloud) {
    case 'aws': {
      return {
        name,
        cloud: 'aws',
        ...(form.profiles.length > 0 ? { profiles: [...form.profiles] } : {}),
        ...(form.organization ? { organization: true } : {}),
        ...(form.accounts.length > 0 ? { accounts: [...form.accounts] } : {}),
        ...(needsRole(form) ? { role: form.role.trim() } : {}),
        ...(needsRole(form) && form.externalId.trim() !== '' ? { externalId: form.externalId.trim() } : {}),
        ...places,
      };
    }
    case 'azure':
      return { name, cloud: 'azure', ...places, ...token };
    case 'gcp':
      return {
        name,
        cloud: 'gcp',
        ...places,
        ...token,
        ...(form.transport === '' ? {} : { transport: form.transport }),
      };
  }
}

/** The form as the order to map, now or as a moment in the past was, in milliseconds since 1970. */
export function requestOfForm(form: ConnectionForm, at: number | null = null): DiscoverRequestInput {
  const { name: _name, ...places } = connectionOfForm(form);
  return { clouds: [places.cloud === 'gcp' && at !== null ? { ...places, at } : places] };
}

/** Kept connections as one order to map. */
export function requestOfConnections(connections: readonly Connection[]): DiscoverRequestInput {
  return { clouds: connections.map(({ name: _name, ...places }) => places) };
}

const regionRules: Readonly<Record<DiscoverableCloud, { readonly shape: RegExp; readonly example: string }>> = {
  aws: { shape: /^[a-z]{2,4}(-[a-z]+)+-\d+$/, example: 'eu-west-1' },
  azure: { shape: /^[a-z][a-z0-9]+$/, example: 'westeurope' },
  gcp: { shape: /^[a-z]+(-[a-z0-9]+)*$/, example: 'europe-west1' },
};

const gcpScope = /^(organizations|folders|projects)\/[^/\s]+$/;
const awsScope = /^(\d{12}|ou-[a-z0-9-]+|r-[a-z0-9]+)$/;

/** What is wrong with each field, as a sentence; empty when all is well. */
export function problemsOfForm(form: ConnectionForm): ConnectionFormProblems {
  const problems: ConnectionFormProblems = {};
  if (form.name.trim() === '') problems.name = 'Give the connection a name.';
  const { shape, example } = regionRules[form.cloud];
  const wrongRegion = form.regions.find((region) => !shape.test(region));
  if (wrongRegion !== undefined) {
    const article = form.cloud === 'gcp' ? 'a' : 'an';
    problems.regions = `“${wrongRegion}” is not ${article} ${cloudNames[form.cloud]} region such as ${example}.`;
  }
  if (form.cloud === 'aws') Object.assign(problems, problemsOfAws(form));
  const wrongScope = form.cloud === 'gcp' ? form.scopes.find((scope) => !gcpScope.test(scope)) : undefined;
  if (wrongScope !== undefined) problems.scopes = `“${wrongScope}” is not organizations/N, folders/N or projects/ID.`;
  const variable = form.cloud === 'aws' ? '' : form.accessTokenEnv.trim();
  if (variable !== '' && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
    problems.accessTokenEnv = 'Give the name of an environment variable, not the token.';
  }
  if (form.endpoint.trim() !== '' && !isHttpUrl(form.endpoint.trim())) {
    problems.endpoint = 'Use an address such as http://127.0.0.1:5000.';
  }
  return problems;
}

function problemsOfAws(form: ConnectionForm): ConnectionFormProblems {
  const problems: ConnectionFormProblems = {};
  const wrongAccount = form.accounts.find((account) => !/^\d{12}$/.test(account));
  if (wrongAccount !== undefined) problems.accounts = `“${wrongAccount}” is not an AWS account: twelve digits.`;
  const wrongScope = form.scopes.find((scope) => !awsScope.test(scope));
  if (wrongScope !== undefined) problems.scopes = `“${wrongScope}” is not an account or organisational unit.`;
  if (needsRole(form) && form.role.trim() === '') problems.role = 'Name the role to assume in the accounts.';
  if (form.externalId.trim() !== '' && !awsExternalIdSchema.safeParse(form.externalId.trim()).success) {
    problems.externalId = 'An external id has at least two letters, digits and + = , . @ : / - alone.';
  }
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
