import { AppError } from '#shared/errors/index.ts';
import type { GcpRequest } from '#shared/model/index.ts';
import { unknownRegion } from '../../../unknown-region.ts';
import { endpointOf, type GcpEndpoint } from './endpoint.ts';
import { gcpRegions } from './regions.ts';
import { type GcpHost, usualProject } from './sources.ts';

/** Where to look, with the blanks filled in. */
export interface GcpPlaces {
  /** `organizations/6001`, `folders/45`, `projects/shop`; never empty. */
  readonly scopes: readonly string[];
  /** Empty for every region. */
  readonly regions: readonly string[];
  readonly endpoint: GcpEndpoint;
  readonly transport: 'grpc' | 'rest';
  readonly tokenVariable: string | undefined;
  /** A moment in the past to read, in milliseconds since 1970; null for now. */
  readonly at: number | null;
}

/** How far back the inventory can be read. */
const daysKept = 35;
const dayMilliseconds = 24 * 3600 * 1000;

/**
 * What a request means. Without scopes it is the project that this machine's own tools use.
 * Throws `bad-input` for what cannot be asked.
 */
export async function placesOf(
  request: GcpRequest,
  { host, now }: { readonly host: GcpHost; readonly now: () => number },
): Promise<GcpPlaces> {
  const at = request.at ?? null;
  if (at !== null) refuseUnkept(at, now());
  return {
    scopes: await scopesOf(request, host),
    regions: regionsOf(request.regions ?? []),
    endpoint: endpointOf(request.endpoint),
    transport: request.transport ?? 'grpc',
    tokenVariable: request.accessTokenEnv,
    at,
  };
}

/** Throws `bad-input` for a moment of which the inventory knows nothing: not yet, or not any more. */
function refuseUnkept(at: number, now: number): void {
  const oldest = now - daysKept * dayMilliseconds;
  if (at <= now && at >= oldest) return;
  const why = at > now ? 'it has not come yet' : `the inventory keeps ${daysKept} days`;
  throw new AppError('bad-input', `${new Date(at).toISOString()} cannot be read: ${why}.`, {
    advice: `Name a moment between ${new Date(oldest).toISOString()} and ${new Date(now).toISOString()}.`,
    details: { at },
  });
}

async function scopesOf({ scopes }: GcpRequest, host: GcpHost): Promise<readonly string[]> {
  if (scopes !== undefined && scopes.length > 0) return [...new Set(scopes)];
  const project = await usualProject(host);
  if (project !== null) return [`projects/${project}`];
  throw new AppError('bad-input', 'Nothing says where to look in Google Cloud.', {
    advice: 'Name an organisation, a folder or a project: --scope organizations/123456, or set GOOGLE_CLOUD_PROJECT.',
  });
}

/**
 * `europe-west1`, `eu`, `nam4`. What is in no region is listed with them. The inventory cannot say which regions there
 * are, so those are taken that Google publishes.
 */
function regionsOf(names: readonly string[]): readonly string[] {
  const regions = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name !== 'global');
  const unknown = regions.filter((name) => !gcpRegions.includes(name));
  if (unknown.length === 0) return regions;
  throw unknownRegion('Google Cloud', unknown, { known: gcpRegions, example: 'europe-west1' });
}
