import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, type Artifact, type ArtifactDocument, type Boundary, type Problem } from '#shared/model/index.ts';
import {
  editYaml,
  writeFileAtomically,
  writeFolderAtomically,
  writeYaml,
  type FolderContent,
} from '#engine/files/index.ts';
import type { JsonObject } from '#shared/base/json.ts';
import type { WritableWorkspace } from '../ports/index.ts';
import { noAids } from './artifact-tool.ts';
import { readCorrections } from './corrections.ts';
import { readArtifact } from './read-artifact.ts';
import { correctionsFile, correctionsFiles } from './source-files.ts';

/** First line of `groundplan.yaml` beside code, so that editors complete and check it. */
const artifactSchemaAddress = '../../.groundplan/schemas/artifact.schema.json';

export interface NewArtifact {
  readonly name: string;
  readonly version: string;
  readonly boundary: Boundary;
  readonly summary?: string;
  /** Texts, or files copied from elsewhere. */
  readonly files: FolderContent;
  /** Corrections of single ports, where the code cannot say it. */
  readonly inputs?: ArtifactDocument['inputs'];
  readonly outputs?: ArtifactDocument['outputs'];
  /** Replaces an artifact of the same name; without, that is refused. */
  readonly replace?: boolean;
}

/** The folder of an artifact. Throws `bad-input` for a name that cannot be one. */
export function artifactFolder(workspace: WritableWorkspace, name: string): string {
  if (!nameSchema.safeParse(name).success) {
    throw new AppError('bad-input', `"${name}" cannot be the name of an artifact.`, {
      advice: 'Use lower-case letters, digits and dashes, starting with a letter.',
      details: { name },
    });
  }
  return path.join(workspace.paths.artifacts, name);
}

/** Tells whether there is a folder of that name. */
export async function artifactExists(workspace: WritableWorkspace, name: string): Promise<boolean> {
  return stat(artifactFolder(workspace, name)).then(
    () => true,
    () => false,
  );
}

/** The text of the corrections of an artifact. */
export function correctionsText(document: ArtifactDocument): string {
  // The model's optional fields hold `undefined`, which YAML would write as null.
  return writeYaml(JSON.parse(JSON.stringify(document)) as JsonObject, artifactSchemaAddress);
}

/**
 * Writes an artifact made of texts, whole or not at all, and reads it back. Throws `already-exists` unless `replace`
 * is set, and `bad-input` for paths that lead out of the folder.
 */
export async function writeArtifact(
  workspace: WritableWorkspace,
  artifact: NewArtifact,
): Promise<{ readonly artifact: Artifact; readonly problems: readonly Problem[]; readonly files: readonly string[] }> {
  workspace.assertWritable();
  const folder = artifactFolder(workspace, artifact.name);
  if (artifact.replace !== true && (await artifactExists(workspace, artifact.name))) {
    throw new AppError('already-exists', `There is an artifact called ${artifact.name}.`, {
      advice: 'Choose another name, or remove it first.',
      details: { name: artifact.name },
    });
  }
  const { version, boundary, summary, inputs, outputs } = artifact;
  const document: ArtifactDocument = { artifact: artifact.name, version, summary, boundary, inputs, outputs };
  const code = artifact.files.filter((file) => !correctionsFiles.includes(file.path));
  const content: FolderContent = [...code, { path: correctionsFile, text: correctionsText(document) }];
  await writeFolderAtomically(folder, content, { replace: artifact.replace === true });
  const reading = await readArtifact(folder, { workspaceRoot: workspace.paths.root, aids: noAids });
  if (reading.artifact === null) {
    throw new AppError('internal', `The artifact ${artifact.name} cannot be read back.`, {
      details: { problems: reading.problems.map(({ message }) => message) },
    });
  }
  const files = content.map((file) => path.relative(workspace.paths.root, path.join(folder, file.path)));
  return { artifact: reading.artifact, problems: reading.problems, files };
}

/** Gives an artifact another version, in the file that holds its corrections; the rest of the file keeps its bytes. */
export async function writeArtifactVersion(
  workspace: WritableWorkspace,
  { name, version }: Pick<Artifact, 'name' | 'version'>,
): Promise<void> {
  workspace.assertWritable();
  const folder = artifactFolder(workspace, name);
  const { file, text, document } = await readCorrections(folder);
  const changed = { ...(text === null ? { artifact: name } : document), version };
  const target = JSON.parse(JSON.stringify(changed)) as JsonObject;
  await writeFileAtomically(path.join(folder, file), text === null ? correctionsText(changed) : editYaml(text, target));
}
