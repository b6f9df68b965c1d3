import { rm } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { BlueprintDocument, EnvironmentDocument, Problem } from '#shared/model/index.ts';
import { artifactExists, artifactFolder, writeArtifact } from '../../artifacts/index.ts';
import { createEnvironmentFiles, readDraft, writeDraft } from '../../catalog/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';
import { artifactName, type SplitNaming } from './documents.ts';
import type { EmittedPart } from './emit-split.ts';
import { readRecord, writeRecord, type SplitRecord } from './split-record.ts';

export interface PartsToWrite {
  /** Folder of the root they come from. */
  readonly root: string;
  readonly naming: SplitNaming;
  readonly parts: readonly EmittedPart[];
  readonly blueprint: BlueprintDocument;
  readonly environment: EnvironmentDocument | null;
  /** False: none is wanted, not even an earlier one. */
  readonly makeEnvironment: boolean;
}

async function refuseForeign(
  workspace: WritableWorkspace,
  given: PartsToWrite,
  earlier: SplitRecord | null,
): Promise<void> {
  const own = earlier?.root === given.root ? earlier : null;
  const foreign: string[] = [];
  for (const { name } of given.parts) {
    const artifact = artifactName(given.naming, name);
    if (own?.artifacts.includes(artifact) !== true && (await artifactExists(workspace, artifact)))
      foreign.push(`artifact ${artifact}`);
  }
  if (own === null && (await readDraft(workspace.paths, given.naming.blueprint, [])) !== null) {
    foreign.push(`blueprint ${given.naming.blueprint}`);
  }
  const environment = given.environment?.environment ?? null;
  if (environment !== null && own?.environment !== environment) {
    if ((await createEnvironmentFiles(workspace).read(environment)) !== null)
      foreign.push(`environment ${environment}`);
  }
  if (foreign.length === 0) return;
  throw new AppError(
    'already-exists',
    `${workspace.paths.root} has these already, and not from this root: ${foreign.join(', ')}.`,
    {
      advice: 'Give the split another name.',
      details: { existing: foreign },
    },
  );
}

/**
 * Writes the parts as artifacts, the blueprint as a draft and the environment. What an earlier split of the same root
 * wrote is replaced, and removed where it has no successor; anything else of the same name is not touched
 * (`already-exists`, before anything is written). Answers the files, relative to the workspace.
 */
export async function writeParts(
  workspace: WritableWorkspace,
  given: PartsToWrite,
): Promise<{ readonly files: readonly string[]; readonly problems: readonly Problem[] }> {
  workspace.assertWritable();
  const { naming, environment } = given;
  const earlier = await readRecord(workspace, naming.blueprint);
  await refuseForeign(workspace, given, earlier);
  const artifacts = given.parts.map(({ name }) => artifactName(naming, name));
  // First what will be ours: should writing stop half-way, the next attempt may replace it.
  const record: SplitRecord = {
    root: given.root,
    artifacts: [...new Set([...(earlier?.artifacts ?? []), ...artifacts])],
    environment: environment?.environment ?? null,
    sensitive: earlier?.sensitive ?? [],
  };
  await writeRecord(workspace, naming.blueprint, record);
  const files: string[] = [];
  const problems: Problem[] = [];
  for (const part of given.parts) {
    const written = await writeArtifact(workspace, {
      name: artifactName(naming, part.name),
      version: naming.version,
      boundary: part.boundary,
      summary: `${part.name} of ${naming.blueprint}`,
      files: part.content,
      replace: true,
    });
    files.push(...written.files);
    problems.push(
      ...written.problems.map((found) => ({
        ...found,
        file: found.file === null ? null : `artifacts/${artifactName(naming, part.name)}/${found.file}`,
      })),
    );
  }
  for (const gone of record.artifacts.filter((name) => !artifacts.includes(name))) {
    await rm(artifactFolder(workspace, gone), { recursive: true, force: true });
  }
  const draft = await readDraft(workspace.paths, naming.blueprint, []);
  await writeDraft(workspace.paths, {
    name: naming.blueprint,
    text: draft?.text ?? null,
    document: given.blueprint,
    canvas: draft?.canvas ?? { positions: {} },
  });
  files.push(`blueprints/${naming.blueprint}/blueprint.yaml`, `blueprints/${naming.blueprint}/canvas.json`);
  const own = earlier?.root === given.root ? earlier.environment : null;
  if (!given.makeEnvironment && own !== null) await createEnvironmentFiles(workspace).remove(own);
  if (environment !== null) {
    await createEnvironmentFiles(workspace).write(environment);
    files.push(`environments/${environment.environment}.yaml`);
  }
  await writeRecord(workspace, naming.blueprint, { ...record, artifacts });
  return { files, problems };
}
