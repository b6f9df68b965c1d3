import { AppError } from '#shared/errors/index.ts';
import type { Artifact } from '#shared/model/index.ts';
import type { Library } from './library.ts';

interface States {
  /** As it lies in the workspace. */
  readonly now: Artifact | null;
  /** As it was imported, newest first. */
  readonly recorded: readonly Artifact[];
  /** As published versions hold it. */
  readonly published: readonly Artifact[];
}

async function statesOf(library: Library, name: string): Promise<States> {
  return {
    now: (await library.artifacts.find(name))?.artifact ?? null,
    recorded: await library.artifacts.recorded(name),
    published: (await library.catalog()).releases.flatMap(({ ports }) =>
      Object.values(ports.artifacts).filter((artifact) => artifact.name === name),
    ),
  };
}

/** What each state is asked for by: a version, and where two states share one, the beginning of the digest. */
function labelsOf({ now, recorded, published }: States): string[] {
  const versions = new Map<string, Set<string>>();
  for (const { version, digest } of [...published, ...recorded.slice(1)]) {
    versions.set(version, (versions.get(version) ?? new Set()).add(digest));
  }
  const labels = [...versions].flatMap(([version, digests]) =>
    digests.size === 1 ? [version] : [...digests].map((digest) => digest.slice('sha256:'.length, 19)),
  );
  return [...(now === null ? [] : ['now']), ...(recorded.length === 0 ? [] : ['recorded']), ...labels];
}

/** The states of an artifact that can be compared. */
export async function artifactStates(library: Library, name: string): Promise<string[]> {
  return labelsOf(await statesOf(library, name));
}

/** A digest has to be given with this many characters at least. */
const shortestDigest = 6;

/**
 * One state of an artifact: `now` as it lies in the workspace, `recorded` as it was imported last, a version, or the
 * beginning of a digest. Throws `not-found` with what there is to choose from.
 */
export async function artifactState(library: Library, name: string, label: string): Promise<Artifact> {
  const states = await statesOf(library, name);
  const { now, recorded, published } = states;
  const digest = label.replace(/^sha256:/, '');
  const all = [...published, ...recorded.slice(1), ...(now === null ? [] : [now]), ...recorded];
  const found =
    label === 'now'
      ? now
      : label === 'recorded'
        ? recorded[0]
        : (all.find(({ version }) => version === label) ??
          all.find((one) => digest.length >= shortestDigest && one.digest.startsWith(`sha256:${digest}`)));
  if (found != null) return found;
  const choices = labelsOf(states);
  throw new AppError('not-found', `There is no state "${label}" of the artifact ${name}.`, {
    advice: choices.length === 0 ? 'Import it, or correct the name.' : `Choose one of: ${choices.join(', ')}.`,
    details: { name, label },
  });
}
