import type { Artifact, PaletteItem } from '#shared/model/index.ts';
import type { ArtifactSource } from '../ports/index.ts';
import type { StoredRelease } from './release-files.ts';

function createsOf(artifact: Artifact, source: ArtifactSource): NonNullable<PaletteItem['creates']> {
  return Object.keys(artifact.creates).flatMap((type) => {
    const row = source.boundaryOfType(type);
    return row === null || row.companion ? [] : [{ type, boundary: row.boundary }];
  });
}

function artifactItem(artifact: Artifact, source: ArtifactSource): PaletteItem {
  const { name, version, runner, boundary, summary, inputs, outputs } = artifact;
  const creates = createsOf(artifact, source);
  return {
    use: `${name}@${version}`,
    name,
    version,
    type: 'artifact',
    runner,
    boundary,
    summary,
    inputs,
    outputs,
    creates,
  };
}

function releaseItem(stored: StoredRelease, source: ArtifactSource): PaletteItem | null {
  const { release, document, ports } = stored;
  if (document === null) {
    const artifact = ports.artifacts[`${release.name}@${release.version}`];
    return artifact === undefined ? null : artifactItem(artifact, source);
  }
  const { name, version } = release;
  const { boundary, summary = '' } = document;
  const { inputs, outputs } = ports;
  return {
    use: `${name}@${version}`,
    name,
    version,
    type: 'blueprint',
    runner: null,
    boundary,
    summary,
    inputs,
    outputs,
  };
}

/**
 * What can be placed in a blueprint: the artifacts of the workspace, and what is published, whole and not withdrawn.
 * An artifact of the workspace goes before a published one of the same version.
 */
export async function buildPalette(source: ArtifactSource, releases: readonly StoredRelease[]): Promise<PaletteItem[]> {
  const items = new Map<string, PaletteItem>();
  for (const { artifact } of await source.all()) {
    const item = artifactItem(artifact, source);
    items.set(item.use, item);
  }
  for (const stored of releases) {
    if (!stored.intact || stored.release.status === 'withdrawn') continue;
    const item = releaseItem(stored, source);
    if (item !== null && !items.has(item.use)) items.set(item.use, item);
  }
  return [...items.values()].sort((left, right) => (left.use < right.use ? -1 : 1));
}
