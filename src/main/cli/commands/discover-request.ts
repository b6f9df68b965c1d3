import { AppError } from '#shared/errors/index.ts';
import {
  discoverableClouds,
  type CloudRequest,
  type Connection,
  type DiscoverableCloud,
  type DiscoverRequestInput,
} from '#shared/model/index.ts';

/** What `groundplan discover` takes; lists are empty where nothing was given. */
export interface DiscoverOptions {
  readonly cloud: DiscoverableCloud[];
  readonly connection: string[];
  readonly profile: string[];
  readonly organization?: boolean;
  readonly account: string[];
  readonly role?: string;
  readonly externalId?: string;
  readonly scope: string[];
  readonly region: string[];
  readonly kind: string[];
  readonly endpoint?: string;
  readonly accessTokenEnv?: string;
  readonly transport?: 'grpc' | 'rest';
  readonly at?: number;
  /** True for the newest run. */
  readonly resume?: number | true;
}

/** Options that say where to look, and the clouds that know them. */
const placeOptions: Readonly<Record<string, { readonly flag: string; readonly clouds: readonly DiscoverableCloud[] }>> =
  {
    profile: { flag: '--profile', clouds: ['aws'] },
    organization: { flag: '--organization', clouds: ['aws'] },
    account: { flag: '--account', clouds: ['aws'] },
    role: { flag: '--role', clouds: ['aws'] },
    externalId: { flag: '--external-id', clouds: ['aws'] },
    scope: { flag: '--scope', clouds: discoverableClouds },
    endpoint: { flag: '--endpoint', clouds: discoverableClouds },
    accessTokenEnv: { flag: '--access-token-env', clouds: ['azure', 'gcp'] },
    transport: { flag: '--transport', clouds: ['gcp'] },
  };

/**
 * The order that the options mean. Options that say where to look make one part for their cloud; without any, the
 * workspace's connections are used: those that are named, those of the named clouds, or all of them. Where it has none,
 * the clouds of the kinds are looked at with the machine's own credentials, or AWS.
 * Throws `bad-input` for options that do not go together, `not-found` for an unknown connection.
 */
export function discoverRequestOf(options: DiscoverOptions, connections: readonly Connection[]): DiscoverRequestInput {
  const given = Object.entries(placeOptions).filter(([name]) => isGiven(options[name as keyof DiscoverOptions]));
  const parts =
    given.length > 0
      ? [
          partOfOptions(
            options,
            given.map(([, option]) => option),
          ),
        ]
      : configured(options, connections);
  refusePast(parts, options);
  return { clouds: parts.map((part) => narrowed(part, options)), kinds: options.kind };
}

/** Only Google keeps what was; a run that took the others as they are now would put two times into one map. */
function refusePast(parts: readonly CloudRequest[], { at }: DiscoverOptions): void {
  const others = [...new Set(parts.map(({ cloud }) => cloud).filter((cloud) => cloud !== 'gcp'))];
  if (at === undefined || others.length === 0) return;
  throw new AppError(
    'bad-input',
    `--at reads a moment in the past, which only gcp keeps, not ${others.join(' and ')}.`,
    {
      advice: 'Add --cloud gcp, or name a connection to Google Cloud.',
      details: { clouds: others },
    },
  );
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

type PlaceOption = (typeof placeOptions)[string];

function partOfOptions(options: DiscoverOptions, given: readonly PlaceOption[]): CloudRequest {
  const [first] = given;
  if (options.connection.length > 0 && first !== undefined) {
    throw new AppError('bad-input', `--connection says already where to look; ${first.flag} does not go with it.`);
  }
  const [cloud = usualCloud(given, options.kind), second] = options.cloud;
  if (second !== undefined) {
    throw new AppError('bad-input', `${given.map(({ flag }) => flag).join(', ')} can be said of one cloud only.`, {
      advice: 'Run the command once for each cloud, or keep a connection for each on the Settings screen.',
    });
  }
  const foreign = given.find(({ clouds }) => !clouds.includes(cloud));
  if (foreign !== undefined) {
    throw new AppError(
      'bad-input',
      `${foreign.flag} means nothing to ${cloud}; it is for ${foreign.clouds.join(', ')}.`,
    );
  }
  const { profile, organization, account, role, externalId, scope, endpoint, accessTokenEnv, transport } = options;
  const everywhere = {
    ...(scope.length > 0 ? { scopes: scope } : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const token = accessTokenEnv === undefined ? {} : { accessTokenEnv };
  switch (cloud) {
    case 'aws':
      return {
        cloud,
        ...everywhere,
        ...(profile.length > 0 ? { profiles: profile } : {}),
        ...(organization === true ? { organization } : {}),
        ...(account.length > 0 ? { accounts: account } : {}),
        ...(role === undefined ? {} : { role }),
        ...(externalId === undefined ? {} : { externalId }),
      };
    case 'azure':
      return { cloud, ...everywhere, ...token };
    case 'gcp':
      return { cloud, ...everywhere, ...token, ...(transport === undefined ? {} : { transport }) };
  }
}

/** The cloud that options mean which name none: that of the kinds, or AWS, unless an option is for others only. */
function usualCloud(given: readonly PlaceOption[], kinds: readonly string[]): DiscoverableCloud {
  const known = discoverableClouds.filter((cloud) => given.every(({ clouds }) => clouds.includes(cloud)));
  return cloudsOf(kinds).find((cloud) => known.includes(cloud)) ?? known[0] ?? 'aws';
}

/** The clouds that kinds are of: `azure` of `azure.compute.disks`. */
function cloudsOf(kinds: readonly string[]): DiscoverableCloud[] {
  return discoverableClouds.filter((cloud) => kinds.some((kind) => kind.startsWith(`${cloud}.`)));
}

/** What to say of a connection that the workspace does not have. */
export function unknownConnection(name: string, connections: readonly string[]): AppError {
  return new AppError('not-found', `The workspace has no connection called ${name}.`, {
    advice: connections.length === 0 ? 'Add one on the Settings screen.' : `It has ${connections.join(', ')}.`,
    details: { connections: [...connections] },
  });
}

function configured({ cloud, connection, kind }: DiscoverOptions, connections: readonly Connection[]): CloudRequest[] {
  const names = connections.map(({ name }) => name);
  const unknown = connection.find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownConnection(unknown, names);
  const chosen = connections.filter(
    (one) =>
      (connection.length === 0 || connection.includes(one.name)) && (cloud.length === 0 || cloud.includes(one.cloud)),
  );
  const missing = cloud.filter((name) => !chosen.some((one) => one.cloud === name));
  const alone = missing.map((name): CloudRequest => ({ cloud: name }));
  if (chosen.length + alone.length === 0) {
    const meant = cloudsOf(kind);
    return meant.length === 0 ? [{ cloud: 'aws' }] : meant.map((name): CloudRequest => ({ cloud: name }));
  }
  return [...chosen.map(({ name: _name, ...part }): CloudRequest => part), ...alone];
}

/** What is said of every part: regions in place of its own, and for Google the moment. */
function narrowed(part: CloudRequest, { region, at }: DiscoverOptions): CloudRequest {
  const regions = region.length > 0 ? { regions: region } : {};
  return part.cloud === 'gcp' ? { ...part, ...regions, ...(at === undefined ? {} : { at }) } : { ...part, ...regions };
}
