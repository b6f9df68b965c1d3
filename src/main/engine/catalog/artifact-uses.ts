import { splitUse, wiresOf } from '#shared/blueprint/index.ts';
import { references } from '#shared/expressions/index.ts';
import type {
  Artifact,
  ArtifactDiff,
  ArtifactUse,
  BlueprintDocument,
  Environment,
  Ports,
} from '#shared/model/index.ts';
import { fits } from '#shared/wiring/index.ts';
import { artifactState } from './artifact-states.ts';
import { compareArtifacts } from './compare-artifacts.ts';
import type { Library } from './library.ts';

type Place = Omit<ArtifactUse, 'environments'> & {
  /** The document that holds the node; null for a node of a nested blueprint. */
  readonly document: BlueprintDocument | null;
  /** Interfaces of the artifacts around it, by `name@version`. */
  readonly around: Readonly<Record<string, Artifact>>;
};

async function placesOf(library: Library, name: string): Promise<readonly Place[]> {
  const places: Place[] = [];
  const isMeant = (use: string): boolean => splitUse(use).name === name;
  const workspace = Object.fromEntries(
    (await library.artifacts.all()).map(({ artifact }) => [`${artifact.name}@${artifact.version}`, artifact]),
  );
  for (const { name: blueprint, document } of await library.drafts()) {
    for (const [node, { use }] of Object.entries(document?.nodes ?? {})) {
      if (isMeant(use)) places.push({ blueprint, version: null, node, use, document, around: workspace });
    }
  }
  for (const { release, document, lock, ports } of (await library.catalog()).releases) {
    if (release.type !== 'blueprint') continue;
    for (const [node, { use, type }] of Object.entries(lock.nodes)) {
      if (type !== 'artifact' || !isMeant(use)) continue;
      const own = document?.nodes[node] === undefined ? null : document;
      const { name: blueprint, version } = release;
      places.push({ blueprint, version, node, use, document: own, around: ports.artifacts });
    }
  }
  return places;
}

function shown({ blueprint, version, node, use }: Place) {
  return { blueprint, version, node, use };
}

/** Every draft and published version that uses an artifact, with the environments that run it. */
export async function artifactUses(
  library: Library,
  name: string,
  environments: readonly Environment[],
): Promise<ArtifactUse[]> {
  return (await placesOf(library, name)).map((place) => ({
    ...shown(place),
    environments: environments
      .filter((one) => one.blueprint === place.blueprint && one.version === place.version)
      .map(({ name: environment, lastDeployment }) => ({ name: environment, lastDeployment })),
  }));
}

/** The inputs of the artifact that a node of the document uses; null when it is not known. */
function inputsAt({ document, around }: Place, node: string): Ports | null {
  const use = document?.nodes[node]?.use;
  const found = Object.entries(around).find(([key]) => use !== undefined && key.split('@')[0] === splitUse(use).name);
  return found?.[1].inputs ?? null;
}

/** What a node could not do any more if its artifact became `after`. */
function breaksAt(place: Place, after: Artifact): string[] {
  const { document, node } = place;
  if (document === null) return [];
  const set = document.nodes[node]?.set ?? {};
  const breaks: string[] = [];
  for (const [input, value] of Object.entries(set)) {
    const port = after.inputs.properties[input];
    if (port === undefined) {
      breaks.push(`It sets "${input}", which is gone.`);
      continue;
    }
    if (references(value).length > 0 || typeof value === 'object') continue;
    const type = typeof value as 'string' | 'number' | 'boolean';
    const fit = fits({ type, const: value }, port);
    if (!fit.fits) breaks.push(`The value it sets for "${input}" does not fit: ${fit.reason}.`);
  }
  for (const input of after.inputs.required.filter((one) => !Object.hasOwn(set, one))) {
    breaks.push(`It does not set "${input}", which is required.`);
  }
  for (const { from, to } of wiresOf(document)) {
    if (from.node !== node) continue;
    const output = after.outputs.properties[from.output];
    const input = inputsAt(place, to.node)?.properties[to.input];
    if (output === undefined) breaks.push(`${to.node}.${to.input} takes "${from.output}", which is gone.`);
    else if (input !== undefined) {
      const fit = fits(output, input);
      if (!fit.fits) breaks.push(`"${from.output}" does not fit ${to.node}.${to.input} any more: ${fit.reason}.`);
    }
  }
  return [...new Set(breaks)];
}

/** What differs between two states of an artifact, and what that means for each place that uses it. */
export async function artifactDiff(
  library: Library,
  { name, from, to }: { readonly name: string; readonly from: string; readonly to: string },
): Promise<ArtifactDiff> {
  const [before, after] = [await artifactState(library, name, from), await artifactState(library, name, to)];
  const side = (label: string, { version, digest }: Artifact) => ({ label, version, digest });
  return {
    name,
    from: side(from, before),
    to: side(to, after),
    changes: [...compareArtifacts(before, after)],
    uses: (await placesOf(library, name)).map((place) => ({ ...shown(place), breaks: breaksAt(place, after) })),
  };
}
