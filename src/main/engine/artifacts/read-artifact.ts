import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, type Artifact, type Problem } from '#shared/model/index.ts';
import { isInside, type FolderFile } from '#engine/files/index.ts';
import { proposeBoundary } from './boundary-table.ts';
import { correctPorts, readCorrections, type Corrections } from './corrections.ts';
import { digestSources, listSources } from './source-files.ts';
import { configurationFiles, readModule } from './terraform/module.ts';

/** An artifact as its folder describes it. */
export interface ArtifactReading {
  /** Null when nothing in the folder can be read as an artifact; the problems say why. */
  readonly artifact: Artifact | null;
  /** Files are relative to the artifact's folder. */
  readonly problems: readonly Problem[];
  readonly files: readonly FolderFile[];
}

interface ReadArtifactOptions {
  /** Nothing outside of it is read; paths in the answer are relative to it. */
  readonly workspaceRoot: string;
  readonly signal?: AbortSignal | undefined;
}

/** The version of an artifact whose `artifact.yaml` names none. */
const firstVersion = '0.1.0';

function problemOf(code: string, message: string, advice: string): Problem {
  return { severity: 'error', code, message, advice, file: null, line: null, column: null, field: null, node: null };
}

function summaryOf(creates: Readonly<Record<string, number>>): string {
  const entries = Object.entries(creates).sort(([, left], [, right]) => right - left);
  if (entries.length === 0) return 'Creates no resources of its own';
  const shown = entries.slice(0, 4).map(([type, count]) => `${count} ${type}`);
  const rest = entries.length - shown.length;
  return `Creates ${shown.join(', ')}${rest > 0 ? ` and ${rest} more ${rest === 1 ? 'type' : 'types'}` : ''}`;
}

function sourceFolder(folder: string, corrections: Corrections, root: string): string {
  const { source } = corrections.document;
  if (source === undefined) return folder;
  if (/^(git::|https?:|ssh:|git@)/.test(source)) {
    throw new AppError('bad-input', `The source ${source} is a remote address.`, {
      advice: 'Check the code out and import that folder.',
      details: { file: 'artifact.yaml', field: 'source' },
    });
  }
  const resolved = path.resolve(folder, source);
  if (path.isAbsolute(source) || !isInside(root, resolved)) {
    throw new AppError('bad-input', `The source ${source} lies outside of the workspace.`, {
      advice: 'Import the folder, so that a copy lies in the workspace.',
      details: { file: 'artifact.yaml', field: 'source' },
    });
  }
  return resolved;
}

async function readTerraform(
  folder: string,
  corrections: Corrections,
  options: ReadArtifactOptions,
): Promise<ArtifactReading> {
  const name = corrections.document.artifact ?? path.basename(folder);
  const sources = sourceFolder(folder, corrections, options.workspaceRoot);
  const files = await listSources(sources, options.signal);
  const module = await readModule(sources, { boundary: sources, signal: options.signal });
  const inputs = correctPorts(module.inputs, corrections, 'inputs');
  const outputs = correctPorts(module.outputs, corrections, 'outputs');
  const problems = [...corrections.problems, ...module.problems, ...inputs.problems, ...outputs.problems];
  if (!nameSchema.safeParse(name).success) {
    const advice = 'Rename the folder: lower-case letters, digits and dashes.';
    problems.push(problemOf('bad-name', `"${name}" cannot be the name of an artifact.`, advice));
  }
  if (module.readableFiles === 0) return { artifact: null, problems, files };
  const artifact: Artifact = {
    name,
    version: corrections.document.version ?? firstVersion,
    runner: 'terraform',
    boundary: corrections.document.boundary ?? proposeBoundary(module.creates),
    summary: corrections.document.summary ?? summaryOf(module.creates),
    digest: await digestSources(files),
    source: path.relative(options.workspaceRoot, sources).split(path.sep).join('/'),
    inputs: inputs.ports,
    outputs: outputs.ports,
    requires: [...module.requires],
    creates: { ...module.creates },
    dependencies: module.calls.map(({ name: call, source }) => ({ name: call, source })),
  };
  return { artifact, problems, files };
}

/**
 * Reads a folder as an artifact: interface from the code, then the corrections of `artifact.yaml`, each fact with its
 * origin. What is wrong is a problem with file and line; only failures of the disk are thrown.
 */
export async function readArtifact(folder: string, options: ReadArtifactOptions): Promise<ArtifactReading> {
  const corrections = await readCorrections(folder);
  const { runner = 'terraform' } = corrections.document;
  try {
    if (runner !== 'terraform') {
      const message = `Artifacts run by ${runner} cannot be read yet.`;
      const advice = 'Import a Terraform or OpenTofu module.';
      return { artifact: null, problems: [problemOf('unknown-runner', message, advice)], files: [] };
    }
    const sources = sourceFolder(folder, corrections, options.workspaceRoot);
    if ((await configurationFiles(sources)).length === 0) {
      const message = `${path.basename(folder)} holds no .tf or .tofu file.`;
      const problem = problemOf('no-code', message, 'Put the code of a module there, or remove the folder.');
      return { artifact: null, problems: [...corrections.problems, problem], files: [] };
    }
    return await readTerraform(folder, corrections, options);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') {
      return { artifact: null, problems: [problemOf('refused', error.message, error.advice ?? '')], files: [] };
    }
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      const message = `The source of ${path.basename(folder)} does not exist.`;
      return {
        artifact: null,
        problems: [problemOf('no-code', message, 'Correct source in artifact.yaml.')],
        files: [],
      };
    }
    throw error;
  }
}
