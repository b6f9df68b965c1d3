import { AppError } from '#shared/errors/index.ts';
import type { CatalogEntry, PublishedBlueprint } from '#shared/model/index.ts';
import type { CatalogService, Clock, EventSink } from '../ports/index.ts';
import { artifactStates } from './artifact-states.ts';
import { artifactDiff, artifactUses } from './artifact-uses.ts';
import { setAudience, setStatus } from './change-release.ts';
import { comparableOf } from './comparable.ts';
import { compareReleases } from './compare-versions.ts';
import { readEnvironments } from './environment-files.ts';
import type { Library } from './library.ts';
import { listEnvironments, type EnvironmentStatus } from './list-environments.ts';
import { publish } from './publish.ts';
import { readRelease, versionsOf, type StoredRelease } from './release-files.ts';

export interface CatalogServiceDeps {
  readonly library: Library;
  readonly events: EventSink;
  readonly clock: Clock;
  /** What became of an environment, as the deployments know it; null when nothing was ever deployed to it. */
  readonly environmentStatus: (name: string) => Promise<EnvironmentStatus | null>;
}

function entryOf(stored: StoredRelease, usedBy: ReadonlyMap<string, readonly string[]>): CatalogEntry {
  const { release, document, ports, intact } = stored;
  const use = `${release.name}@${release.version}`;
  const artifact = ports.artifacts[use];
  return {
    release,
    boundary: document?.boundary ?? artifact?.boundary ?? 'platform',
    summary: document?.summary ?? artifact?.summary ?? '',
    runner: document === null ? (artifact?.runner ?? null) : null,
    intact,
    usedBy: [...(usedBy.get(use) ?? [])],
  };
}

/** Published versions and environments on disk: the service behind the contract's `catalog`. */
export function createCatalogService({
  library,
  events,
  clock,
  environmentStatus,
}: CatalogServiceDeps): CatalogService {
  const { workspace } = library;

  async function usedBy(): Promise<ReadonlyMap<string, readonly string[]>> {
    const users = new Map<string, string[]>();
    for (const { document } of await readEnvironments(workspace)) {
      if (document === null) continue;
      users.set(document.blueprint, [...(users.get(document.blueprint) ?? []), document.environment]);
    }
    return users;
  }

  /** The newest active version, else the newest. */
  async function newest(name: string): Promise<string> {
    const versions = await versionsOf(workspace.paths, name);
    for (const version of versions) {
      const { release } = await readRelease(workspace.paths, { name, version }, library.cache);
      if (release.status === 'active') return version;
    }
    const [first] = versions;
    if (first !== undefined) return first;
    throw new AppError('not-found', `${name} is not in the catalog.`, {
      advice: 'Publish it first.',
      details: { name },
    });
  }

  return {
    async list() {
      const { releases, problems } = await library.catalog();
      const users = await usedBy();
      return { entries: releases.map((stored) => entryOf(stored, users)), problems: [...problems] };
    },

    async get({ name, version }): Promise<PublishedBlueprint> {
      const stored = await readRelease(
        workspace.paths,
        { name, version: version ?? (await newest(name)) },
        library.cache,
      );
      const { inputs, outputs } = stored.ports;
      return {
        entry: entryOf(stored, await usedBy()),
        document: stored.document,
        artifact: stored.document === null ? { inputs, outputs } : null,
        lock: stored.lock,
        inputs,
        outputs,
      };
    },

    async publish(request, { actor }) {
      const release = await publish(library, { ...request, actor }, clock);
      events.changed(['catalog', 'blueprints'], release.name);
      return release;
    },

    async setAudience(request, { actor }) {
      const release = await setAudience(library, { ...request, actor }, clock);
      events.changed(['catalog'], release.name);
      return release;
    },

    async setStatus(request, { actor }) {
      const release = await setStatus(library, { ...request, actor }, clock);
      events.changed(['catalog', 'blueprints'], release.name);
      return release;
    },

    async diff({ name, from, to }) {
      const [before, after] = [await comparableOf(library, name, from), await comparableOf(library, name, to)];
      return compareReleases(name, before, after);
    },

    async artifactUses({ name }) {
      const { environments } = await listEnvironments(library, environmentStatus);
      return artifactUses(library, name, environments);
    },

    artifactStates: ({ name }) => artifactStates(library, name),
    artifactDiff: (request) => artifactDiff(library, request),

    environments: () => listEnvironments(library, environmentStatus),
  };
}
