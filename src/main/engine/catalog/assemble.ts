import { findUse, inputPorts, outputPorts } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type {
  Artifact,
  BlueprintDocument,
  LockDocument,
  PaletteItem,
  Problem,
  ReleaseInterface,
} from '#shared/model/index.ts';
import { resolveInside, writeYaml, type FolderContent } from '#engine/files/index.ts';
import { plainData } from './draft-files.ts';
import type { Library } from './library.ts';
import { schemaAddresses } from './names.ts';
import { listRelease, readRelease, type StoredRelease } from './release-files.ts';

/** Everything a release consists of except `release.yaml`. */
export interface Assembly {
  readonly content: FolderContent;
  readonly lock: LockDocument;
  readonly ports: ReleaseInterface;
  /** Where each artifact's sources lie in the release, with the digest they must have. */
  readonly sources: readonly { readonly path: string; readonly digest: string }[];
}

interface Parts {
  readonly content: Map<string, FolderContent[number]>;
  readonly nodes: Map<string, LockDocument['nodes'][string]>;
  readonly artifacts: Map<string, Artifact>;
}

function sourcesPath(item: { readonly name: string; readonly version: string }): string {
  return `sources/${item.name}/${item.version}`;
}

function unresolved(message: string, advice: string): AppError {
  return new AppError('bad-input', message, { advice });
}

function describe(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ file, line, message }) => `${file ?? ''}${line === null ? '' : `:${line}`}: ${message}`);
}

/** Takes an artifact of the workspace into a release, as it is now. */
async function addWorkspaceArtifact(library: Library, item: PaletteItem, parts: Parts): Promise<string | null> {
  const found = await library.artifacts.find(item.name);
  if (found === null || found.artifact.version !== item.version) return null;
  const errors = found.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new AppError('bad-input', `The artifact ${item.use} has errors and cannot be published.`, {
      advice: 'Mend them; then publish again.',
      details: { problems: [...describe(errors)] },
    });
  }
  const folder = sourcesPath(item);
  for (const file of found.files) {
    parts.content.set(`${folder}/${file.path}`, { path: `${folder}/${file.path}`, copyOf: file.absolute });
  }
  parts.artifacts.set(item.use, { ...found.artifact, source: folder });
  return found.artifact.digest;
}

async function publishedRelease(library: Library, item: PaletteItem): Promise<StoredRelease> {
  // Verified here and now, without the cache: what is copied must be what was published.
  const stored = await readRelease(library.workspace.paths, item, null);
  if (stored.intact) return stored;
  throw new AppError('digest-mismatch', `${item.use} in the catalog is not what was published.`, {
    advice: 'Restore it from git.',
    details: { name: item.name, version: item.version },
  });
}

/** Takes what a published release locked into another one. */
async function addPublished(stored: StoredRelease, node: string, parts: Parts): Promise<string> {
  const { release } = stored;
  const own = sourcesPath(release);
  for (const file of await listRelease(stored.folder)) {
    // A nested blueprint keeps its document, lock and interface; the sources are shared by all of the release.
    const target = file.path.startsWith('sources/') ? file.path : `${own}/${file.path}`;
    if (release.type === 'artifact' && !file.path.startsWith('sources/')) continue;
    parts.content.set(target, { path: target, copyOf: file.absolute });
  }
  for (const [use, artifact] of Object.entries(stored.ports.artifacts)) parts.artifacts.set(use, artifact);
  if (release.type === 'artifact') return stored.lock.nodes[release.name]?.digest ?? release.digest;
  for (const [inner, locked] of Object.entries(stored.lock.nodes)) parts.nodes.set(`${node}/${inner}`, locked);
  return release.digest;
}

async function addNode(library: Library, node: string, options: { item: PaletteItem; parts: Parts }): Promise<void> {
  const { item, parts } = options;
  const digest =
    (item.type === 'artifact' ? await addWorkspaceArtifact(library, item, parts) : null) ??
    (await addPublished(await publishedRelease(library, item), node, parts));
  parts.nodes.set(node, { use: item.use, type: item.type, digest, path: sourcesPath(item) });
}

function finish(
  parts: Parts,
  rest: { readonly files: FolderContent; readonly ports: Omit<ReleaseInterface, 'artifacts'> },
): Assembly {
  checkOneContent(parts);
  const lock: LockDocument = { nodes: Object.fromEntries(parts.nodes) };
  const ports: ReleaseInterface = { ...rest.ports, artifacts: Object.fromEntries(parts.artifacts) };
  const sources = [...parts.nodes.values()]
    .filter(({ type }) => type === 'artifact')
    .map(({ path: place, digest }) => ({ path: place, digest }));
  return {
    lock,
    ports,
    sources,
    content: [
      ...rest.files,
      { path: 'lock.yaml', text: writeYaml(plainData(lock), schemaAddresses.lock) },
      { path: 'interface.yaml', text: writeYaml(plainData(ports)) },
      ...parts.content.values(),
    ],
  };
}

/** The same version of an artifact may come by two ways, but only with the same bytes. */
function checkOneContent(parts: Parts): void {
  const digests = new Map<string, string>();
  for (const { use, type, digest } of parts.nodes.values()) {
    if (type !== 'artifact') continue;
    if ((digests.get(use) ?? digest) !== digest) {
      throw unresolved(
        `${use} comes with two different contents, one of the workspace and one published.`,
        'Raise the version of the artifact in the workspace.',
      );
    }
    digests.set(use, digest);
  }
}

function newParts(): Parts {
  return { content: new Map(), nodes: new Map(), artifacts: new Map() };
}

/**
 * Puts a blueprint's release together: every range becomes an exact version, every artifact's sources are copied,
 * nested blueprints bring theirs. Artifacts are published with the blueprint that uses them and appear in the catalog
 * by themselves only when they are published by name. Throws `bad-input` for what cannot be published.
 */
export async function assembleBlueprint(
  library: Library,
  document: BlueprintDocument,
  text: string,
): Promise<Assembly> {
  const palette = await library.palette();
  const parts = newParts();
  for (const [node, { use }] of Object.entries(document.nodes)) {
    const item = findUse(palette, use);
    if (item === null) throw unresolved(`${node} uses ${use}, which does not exist.`, 'Choose what exists.');
    await addNode(library, node, { item, parts });
  }
  const ports = { inputs: inputPorts(document), outputs: outputPorts(document, palette) };
  return finish(parts, { files: [{ path: 'blueprint.yaml', text }], ports });
}

/** Puts the release of a single artifact of the workspace together. */
export async function assembleArtifact(library: Library, artifact: Artifact): Promise<Assembly> {
  const item = (await library.palette()).find(({ use }) => use === `${artifact.name}@${artifact.version}`);
  if (item === undefined) throw unresolved(`${artifact.name} cannot be read.`, 'Mend its problems first.');
  const parts = newParts();
  await addNode(library, artifact.name, { item, parts });
  return finish(parts, { files: [], ports: { inputs: artifact.inputs, outputs: artifact.outputs } });
}

/** The absolute path of something inside a release. Throws `bad-input` for a path that leads out of it. */
export function insideRelease(folder: string, relative: string): string {
  return resolveInside(folder, relative);
}
