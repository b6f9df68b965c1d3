/** Services whose full resource names go by another host than their API: `sqladmin` names its instances `cloudsql`. */
const nameHosts: Readonly<Record<string, string>> = {
  sqladmin: 'cloudsql',
  sql: 'cloudsql',
  bigtableadmin: 'bigtable',
};

/** `v1`, `v1beta4`, `beta`, `alpha`, `projects` is none. */
const apiVersion = '(?:v\\d\\w*|alpha|beta)';
// https://www.googleapis.com/compute/v1/projects/… : the service is the first step of the path.
const sharedHost = new RegExp(`^https?://www\\.googleapis\\.com/([a-z]+)/${apiVersion}/(.+)$`);
// https://compute.googleapis.com/compute/v1/projects/… and https://container.googleapis.com/v1/projects/…
const ownHost = new RegExp(`^https?://([a-z0-9-]+)\\.googleapis\\.com/(?:[a-z]+/)?${apiVersion}/(.+)$`);

/**
 * The full resource name of what a link or a full name means: `https://www.googleapis.com/compute/v1/projects/p/…`
 * becomes `//compute.googleapis.com/projects/p/…`. Null for anything else.
 */
export function fullNameOf(reference: string): string | null {
  if (reference.startsWith('//')) return settle(reference);
  const found = sharedHost.exec(reference) ?? ownHost.exec(reference);
  if (found === null) return null;
  const [, service = '', rest = ''] = found;
  if (service === 'storage') return `//storage.googleapis.com/${rest.replace(/^b\//, '')}`;
  return nameIn(service, rest);
}

/** The full resource name of a relative name in a service: `projects/p/topics/t` in `pubsub`. */
export function nameIn(service: string, relative: string): string {
  return settle(`//${nameHosts[service] ?? service}.googleapis.com/${relative}`);
}

/**
 * Zonal clusters are named by `zones/` or by `locations/`, depending on who names them; the second is also what the
 * Kubernetes API of Google and Terraform say.
 */
function settle(name: string): string {
  return name.startsWith('//container.googleapis.com/')
    ? name.replace(/\/zones\/([^/]+)\/clusters\//, '/locations/$1/clusters/')
    : name;
}

/** The part after the service, as command lines take it: `projects/p/global/networks/n`, `my-bucket`. */
export function relativeName(fullName: string): string {
  return fullName.replace(/^\/\/[^/]+\//, '');
}

/** The last step of a name: `n` of `projects/p/global/networks/n`. */
export function lastStep(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The project a name lies in, by id or number as it is written; null for names outside projects. */
export function projectIn(name: string): string | null {
  return /(?:^|\/)projects\/([^/]+)/.exec(name)?.[1] ?? null;
}

/** A key without its version: things are encrypted by a version, and the key is what people know. */
export function withoutKeyVersion(name: string): string {
  return name.replace(/\/cryptoKeyVersions\/[^/]+$/, '');
}

const zoneForm = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/** Region and zone of a location such as `europe-west1-b`, `europe-west1`, `eu` or `global`. */
export function regionAndZone(location: string): { readonly region: string; readonly zone: string | null } {
  const zone = zoneForm.exec(location);
  return zone?.[1] === undefined ? { region: location, zone: null } : { region: zone[1], zone: location };
}

/** The location a name tells: `zones/europe-west1-b`, `regions/…`, `locations/…`; null where it tells none. */
export function locationIn(name: string): string | null {
  return /\/(?:zones|regions|locations)\/([^/]+)/.exec(name)?.[1]?.toLowerCase() ?? null;
}
