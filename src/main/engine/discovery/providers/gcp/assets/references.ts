import { canonicalId } from '../../../canonical-id.ts';
import type { GcpDirectory } from './directory.ts';
import { fullNameOf, nameIn, projectIn, withoutKeyVersion } from './names.ts';

/**
 * Canonical ids of what one resource's body refers to. Bodies write links, full names, names relative to a service,
 * to a project (`global/networks/main`), and sometimes bare names; what is none of these has no id.
 */
export class References {
  readonly #project: string | null;
  readonly #region: string;
  readonly #directory: GcpDirectory;

  /** `id` is the canonical id of the resource whose body is read. */
  constructor(id: string, { directory, region }: { readonly directory: GcpDirectory; readonly region: string }) {
    this.#project = projectIn(id);
    this.#region = region;
    this.#directory = directory;
  }

  /** A resource of a service, by link, full name or `projects/…`. */
  in(service: string, reference: string | undefined): string | undefined {
    if (reference === undefined) return undefined;
    const full = fullNameOf(reference);
    if (full !== null) return this.#canonical(full);
    return /^(projects|folders|organizations)\//.test(reference)
      ? this.#canonical(nameIn(service, reference))
      : undefined;
  }

  /** A resource of Compute Engine; also by a name inside the project, such as `regions/r/subnetworks/s`. */
  compute(reference: string | undefined): string | undefined {
    const known = this.in('compute', reference);
    if (known !== undefined || reference === undefined) return known;
    if (!/^(global|regions|zones)\//.test(reference)) return undefined;
    return this.#inProject('compute', reference);
  }

  network(reference: string | undefined): string | undefined {
    return (
      this.compute(reference) ?? this.#bare(reference, (name) => this.#inProject('compute', `global/networks/${name}`))
    );
  }

  subnetwork(reference: string | undefined, region = this.#region): string | undefined {
    return (
      this.compute(reference) ??
      this.#bare(reference, (name) => this.#inProject('compute', `regions/${region}/subnetworks/${name}`))
    );
  }

  /** A key of Cloud KMS, also when one of its versions is named. */
  key(reference: string | undefined): string | undefined {
    const version = this.in('cloudkms', reference);
    return version === undefined ? undefined : withoutKeyVersion(version);
  }

  /**
   * A service account by its address, or by `projects/…/serviceAccounts/ADDRESS`; `default` is the project's own of
   * Compute Engine, whose address begins with the project's number.
   */
  account(reference: string | undefined): string | undefined {
    if (reference === undefined) return undefined;
    if (reference === 'default') {
      const number = this.#project === null ? undefined : this.#directory.projectNumber(this.#project);
      return number === undefined
        ? undefined
        : this.#directory.accountId(`${number}-compute@developer.gserviceaccount.com`);
    }
    const address = /([^/\s]+@[^/\s]+)$/.exec(reference)?.[1];
    return address === undefined ? undefined : this.#directory.accountId(address);
  }

  /** A bucket by its name, `gs://NAME/…` or link. */
  bucket(reference: string | undefined): string | undefined {
    if (reference === undefined) return undefined;
    const full = fullNameOf(reference);
    if (full !== null) return full;
    return this.#bare(reference.replace(/^gs:\/\/([^/]+).*$/, '$1'), (name) =>
      this.#canonical(nameIn('storage', name)),
    );
  }

  /** The repository a container's image comes from, where it is one of Artifact Registry. */
  imageRepository(image: string | undefined): string | undefined {
    const found = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\//.exec(image ?? '');
    if (found === null) return undefined;
    const [, location, project, repository] = found;
    return this.in('artifactregistry', `projects/${project}/locations/${location}/repositories/${repository}`);
  }

  /** A resource of this resource's own project, by its name inside it. */
  sibling(service: string, relative: string): string | undefined {
    return this.#inProject(service, relative);
  }

  #inProject(service: string, relative: string): string | undefined {
    return this.#project === null
      ? undefined
      : this.#canonical(nameIn(service, `projects/${this.#project}/${relative}`));
  }

  #bare(reference: string | undefined, make: (name: string) => string | undefined): string | undefined {
    return reference !== undefined && /^[^/\s:]+$/.test(reference) ? make(reference) : undefined;
  }

  #canonical(name: string): string {
    return canonicalId({ cloud: 'gcp', name: this.#directory.canonical(name) });
  }
}
