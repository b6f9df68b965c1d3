import type { ScopeFact } from '#shared/model/index.ts';
import type { GcpAsset } from './asset.ts';
import { fullNameOf, projectIn } from './names.ts';

/**
 * Who is who: projects go by number in some names and by id in others, service accounts by number in their own name
 * and by address wherever they are used. Everything is written by id and address, so that one thing is one node.
 * Teach it before converting: what it does not know stays as it was written.
 */
export class GcpDirectory {
  readonly #projectIds = new Map<string, string>();
  readonly #projectNumbers = new Map<string, string>();
  readonly #accountAddresses = new Map<string, string>();

  /** Takes what an asset tells: a project's or an account's own asset, or a name by id under ancestors by number. */
  learn(asset: GcpAsset): void {
    const { data } = asset;
    if (asset.type === 'cloudresourcemanager.googleapis.com/Project') {
      const id = data?.['projectId'];
      const written = data?.['projectNumber'];
      const number = typeof written === 'string' || typeof written === 'number' ? `${written}` : projectIn(asset.name);
      if (typeof id === 'string' && number !== null) this.#learnProject(number, id);
      return;
    }
    if (asset.type === 'iam.googleapis.com/ServiceAccount') {
      const [address, number] = [data?.['email'], data?.['uniqueId']];
      if (typeof address === 'string' && address !== '') {
        if (typeof number === 'string') this.#accountAddresses.set(number, address);
        this.#accountAddresses.set(asset.name.slice(asset.name.lastIndexOf('/') + 1), address);
      }
    }
    const named = projectIn(asset.name);
    const number = /^projects\/(\d+)$/.exec(asset.ancestors[0] ?? '')?.[1];
    if (named !== null && number !== undefined) this.#learnProject(number, named);
  }

  /** Takes what earlier runs knew of projects. */
  teach(scopes: Iterable<ScopeFact>): void {
    for (const { cloud, kind, nativeId, number } of scopes) {
      if (cloud === 'gcp' && kind === 'project' && number !== undefined && !this.#projectIds.has(number)) {
        this.#learnProject(number, nativeId);
      }
    }
  }

  #learnProject(number: string, id: string): void {
    if (!/^\d+$/.test(number) || /^\d+$/.test(id)) return;
    this.#projectIds.set(number, id);
    this.#projectNumbers.set(id, number);
  }

  /** The id of a project given by number or id. */
  projectId(project: string): string {
    return this.#projectIds.get(project) ?? project;
  }

  /** The number of a project given by id; undefined where it is not known. */
  projectNumber(id: string): string | undefined {
    return this.#projectNumbers.get(id);
  }

  /** A full resource name with its project by id and its service account by address, where they are known. */
  canonical(name: string): string {
    let known = fullNameOf(name) ?? name;
    const project = projectIn(name);
    const id = project === null ? undefined : this.#projectIds.get(project);
    if (id !== undefined) known = known.replace(`projects/${project}`, `projects/${id}`);
    if (!known.startsWith('//iam.googleapis.com/')) return known;
    return known.replace(/\/serviceAccounts\/(\d+)/, (whole, number: string) => {
      const address = this.#accountAddresses.get(number);
      return address === undefined ? whole : `/serviceAccounts/${address}`;
    });
  }

  /** The canonical id of the service account with this address. */
  accountId(address: string): string {
    return `//iam.googleapis.com/projects/${this.#projectOfAccount(address)}/serviceAccounts/${address}`;
  }

  /** The project an address names: `NAME@PROJECT.iam…`, `NUMBER-compute@developer…`, `PROJECT@appspot…`. */
  #projectOfAccount(address: string): string {
    const [name = '', host = ''] = address.split('@');
    const named = /^(.+)\.iam\.gserviceaccount\.com$/.exec(host)?.[1];
    // Projects of a domain, `example.org:shop`, are written `shop.example.org` there.
    if (named !== undefined) return named.replace(/^([^.]+)\.(.+)$/, '$2:$1');
    if (host === 'appspot.gserviceaccount.com') return name;
    const number = /^(?:service-)?(\d+)/.exec(name)?.[1];
    // `-` is how the IAM API itself writes "whichever project it is".
    return number === undefined ? '-' : this.projectId(number);
  }
}
