import { readFile } from 'node:fs/promises';
import semver from 'semver';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { BlueprintDocument, Draft } from '#shared/model/index.ts';
import { writeArtifactVersion } from '../../artifacts/index.ts';
import { digestText, writeFileAtomically } from '../../files/index.ts';
import type { Call, ResolvedRelease, SourcedArtifact } from '../../ports/index.ts';
import type { DriftDeps } from '../deps.ts';
import type { SourceFile } from './module-source.ts';
import { withEdits, type ValueEdit } from './value-edit.ts';

/** What a draft version is to change in one node of a blueprint. */
export interface NodeChange {
  readonly node: string;
  /** `name@version` of the locked artifact. */
  readonly use: string;
  /** Locked files that change, as they were and as they will be. */
  readonly files: readonly { readonly before: SourceFile; readonly after: SourceFile }[];
  /** What the node sets, by variable; `base` is what decides it now. */
  readonly set: readonly {
    readonly variable: string;
    readonly base: JsonObject[string];
    readonly edits: readonly ValueEdit[];
  }[];
}

/**
 * Changes the draft of a blueprint, and artifacts of the workspace, to a next version that says what runs. Everything
 * is looked at before anything is written. Throws `conflict` where somebody edited the same thing meanwhile.
 */
export async function changeDraft(
  deps: DriftDeps,
  {
    release,
    nodes,
    call,
  }: { readonly release: ResolvedRelease; readonly nodes: readonly NodeChange[]; readonly call: Call },
): Promise<{ readonly draft: string; readonly changed: readonly string[] }> {
  const name = release.document.blueprint;
  const newest = await deps.releases.resolve(name);
  const draft = await existingDraft(deps, name, call);
  const base = draft?.document ?? newest.document;
  const document = structuredClone(base);
  document.version = nextVersion(base.version, [release.document.version, newest.document.version]);
  const artifacts = await artifactChanges(deps, nodes);
  const changed: string[] = [];
  for (const { node, set, use } of nodes) {
    const written = document.nodes[node];
    if (written === undefined) {
      throw new AppError('conflict', `The draft of ${name} no longer has the node ${node}.`, {
        advice: 'Change the draft by hand.',
        details: { blueprint: name, node },
      });
    }
    const artifact = artifacts.get(use);
    if (artifact !== undefined) written.use = `${artifact.name}@${artifact.version}`;
    for (const { variable, base: before, edits } of set) {
      written.set = { ...written.set, [variable]: withEdits(written.set?.[variable] ?? before, edits) };
      changed.push(`blueprints/${name}/blueprint.yaml: nodes.${node}.set.${variable}`);
    }
  }
  for (const artifact of artifacts.values()) changed.push(...(await writeArtifactChange(deps, artifact)));
  await saveDraft(deps, draft, { document, call });
  return { draft: `${name}@${document.version}`, changed };
}

async function existingDraft(deps: DriftDeps, name: string, call: Call): Promise<Draft | null> {
  const draft = await Promise.resolve(deps.blueprints.get({ name }, call)).catch((thrown: unknown) => {
    if (toAppError(thrown).code === 'not-found') return null;
    throw thrown;
  });
  if (draft !== null && draft.document === null) {
    throw new AppError('conflict', `The draft of ${name} cannot be read, so nothing was added to it.`, {
      advice: 'Mend or remove the draft, then accept again.',
      details: { blueprint: name },
    });
  }
  return draft as Draft | null;
}

async function saveDraft(
  deps: DriftDeps,
  draft: Draft | null,
  { document, call }: { readonly document: BlueprintDocument; readonly call: Call },
): Promise<void> {
  const { blueprint: name, boundary, summary = '' } = document;
  const current = draft ?? (await deps.blueprints.create({ name, boundary, summary }, call));
  await deps.blueprints.save({ name, document, canvas: current.canvas, baseRevision: current.revision }, call);
}

/** A version that is not published keeps its number; else the next patch after all that are known. */
function nextVersion(current: string, published: readonly string[]): string {
  if (published.every((version) => semver.gt(current, version))) return current;
  const highest = [current, ...published].reduce((one, other) => (semver.gt(other, one) ? other : one));
  return semver.inc(highest, 'patch') ?? highest;
}

interface ArtifactChange {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly absolute: string; readonly relative: string; readonly text: string }[];
}

/** What each artifact becomes, by the `use` it has now. */
async function artifactChanges(deps: DriftDeps, nodes: readonly NodeChange[]): Promise<Map<string, ArtifactChange>> {
  const changes = new Map<string, ArtifactChange>();
  for (const { use, files } of nodes) {
    if (files.length === 0) continue;
    const [name = '', locked = ''] = use.split('@');
    if (changes.has(use)) {
      throw new AppError('bad-input', `Two steps run ${use}, and both would change it.`, {
        advice: 'Accept the differences of one step, publish, then those of the other.',
        details: { use },
      });
    }
    const found = await deps.artifacts.find(name);
    if (found === null) {
      throw new AppError('not-found', `The artifact ${name} is no longer in the workspace, so it cannot be changed.`, {
        advice: 'Import it again, then accept.',
        details: { artifact: name },
      });
    }
    const edited: ArtifactChange['files'][number][] = [];
    for (const { before, after } of files) edited.push(await fileChange(found, before, after));
    changes.set(use, { name, version: nextVersion(found.artifact.version, [locked]), files: edited });
  }
  return changes;
}

async function fileChange(
  { artifact, files }: SourcedArtifact,
  before: SourceFile,
  after: SourceFile,
): Promise<ArtifactChange['files'][number]> {
  const file = files.find((one) => one.path === before.path);
  const text = file === undefined ? null : await readFile(file.absolute, 'utf8');
  if (file === undefined || text === null || digestText(text) !== digestText(before.text)) {
    throw new AppError('conflict', `${before.path} of ${artifact.name} was edited since it was published.`, {
      advice: 'Make the change there by hand, then publish.',
      details: { artifact: artifact.name, file: before.path },
    });
  }
  return { absolute: file.absolute, relative: `${artifact.source}/${before.path}`, text: after.text };
}

async function writeArtifactChange(deps: DriftDeps, change: ArtifactChange): Promise<string[]> {
  for (const { absolute, text } of change.files) await writeFileAtomically(absolute, text);
  await writeArtifactVersion(deps.workspace, change);
  return change.files.map(({ relative }) => relative);
}
