import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { nameSchema, type Artifact, type Ports, type Problem } from '#shared/model/index.ts';
import { isInside, type FolderFile } from '#engine/files/index.ts';
import type { ArtifactTool, ReadingAids } from './artifact-tool.ts';
import { proposeBoundary } from './boundary-table.ts';
import { correctPorts } from './correct-ports.ts';
import { correctionsInCode, readCorrections, type Corrections } from './corrections.ts';
import { settleMarks } from './settle-marks.ts';
import { correctionsFile, digestSources, listSources } from './source-files.ts';
import { codeLooksLike, findCode, toolOf } from './tools.ts';

/** An artifact as its folder describes it. */
export interface ArtifactReading {
  /** Null when nothing in the folder can be read as an artifact; the problems say why. */
  readonly artifact: Artifact | null;
  /** Files are relative to the artifact's folder. */
  readonly problems: readonly Problem[];
  readonly files: readonly FolderFile[];
}

export interface ReadArtifactOptions {
  readonly aids: ReadingAids;
  /** Nothing outside of it is read; paths in the answer are relative to it. */
  readonly workspaceRoot: string;
  readonly signal?: AbortSignal | undefined;
}

/** The version of an artifact that names none. */
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
      details: { file: corrections.file, field: 'source' },
    });
  }
  const resolved = path.resolve(folder, source);
  if (path.isAbsolute(source) || !isInside(root, resolved)) {
    throw new AppError('bad-input', `The source ${source} lies outside of the workspace.`, {
      advice: 'Import the folder, so that a copy lies in the workspace.',
      details: { file: corrections.file, field: 'source' },
    });
  }
  return resolved;
}

interface Code {
  readonly tool: ArtifactTool;
  readonly entry: string | null;
  /** Where the code lies. */
  readonly folder: string;
}

/** Which code a folder holds: what the corrections say, or else the only piece that is found. */
async function codeOf(folder: string, { document }: Corrections): Promise<Code | Problem> {
  const { runner, entry } = document;
  if (runner !== undefined && entry !== undefined) return { tool: toolOf(runner), entry, folder };
  const { found } = await findCode(folder);
  const fitting = found.filter(
    (code) => (runner === undefined || code.runner === runner) && (entry === undefined || code.entry === entry),
  );
  const [code, second] = fitting;
  const name = path.basename(folder);
  if (code === undefined) {
    const message = `${name} holds no ${runner === undefined ? 'infrastructure code' : `code for ${runner}`}.`;
    return problemOf('no-code', message, `Put the code there (${codeLooksLike}), or remove the folder.`);
  }
  if (second !== undefined) {
    const names = fitting.map((one) => one.entry ?? one.runner).join(', ');
    const message = `${name} holds several pieces of code: ${names}.`;
    return problemOf('several-pieces', message, `Name one as entry in ${correctionsFile}.`);
  }
  return { tool: toolOf(code.runner), entry: code.entry, folder };
}

async function readCode(
  { tool, entry, folder: sources }: Code,
  corrections: Corrections,
  { name, workspaceRoot, aids, signal }: ReadArtifactOptions & { readonly name: string },
): Promise<ArtifactReading> {
  const files = await listSources(sources, signal);
  const code = await tool.read(sources, { entry, aids, signal });
  const { rendered, corrections: own } = code;
  const layers = [...(own === undefined ? [] : [correctionsInCode(own)]), corrections];
  const found: Problem[] = [];
  const corrected = (ports: Ports, side: 'inputs' | 'outputs'): Ports =>
    layers.reduce((under, layer) => {
      const result = correctPorts(under, layer, { side, runner: tool.runner, rendered });
      found.push(...result.problems);
      return result.ports;
    }, ports);
  const inputs = corrected(code.inputs, 'inputs');
  const outputs = corrected(code.outputs, 'outputs');
  const problems = [...corrections.problems, ...code.problems, ...found];
  if (!nameSchema.safeParse(name).success) {
    const advice = 'Rename the folder: lower-case letters, digits and dashes.';
    problems.push(problemOf('bad-name', `"${name}" cannot be the name of an artifact.`, advice));
  }
  if (!code.readable) return { artifact: null, problems, files };
  const document = { ...own?.document, ...corrections.document };
  const artifact: Artifact = {
    name,
    version: document.version ?? code.version ?? firstVersion,
    runner: tool.runner,
    boundary: document.boundary ?? proposeBoundary(code.creates).boundary,
    summary: document.summary ?? code.summary ?? summaryOf(code.creates),
    digest: await digestSources(files),
    source: path.relative(workspaceRoot, sources).split(path.sep).join('/'),
    inputs: settleMarks(inputs, 'inputs', tool.runner),
    outputs: settleMarks(outputs, 'outputs', tool.runner),
    requires: [...code.requires],
    creates: { ...code.creates },
    dependencies: [...code.dependencies],
  };
  return { artifact, problems, files };
}

/**
 * Reads a folder as an artifact: interface from the code, then the corrections of `groundplan.yaml`, each fact with its
 * origin. What is wrong is a problem with file and line; only failures of the disk are thrown.
 */
export async function readArtifact(folder: string, options: ReadArtifactOptions): Promise<ArtifactReading> {
  const corrections = await readCorrections(folder);
  try {
    const sources = sourceFolder(folder, corrections, options.workspaceRoot);
    const code = await codeOf(sources, corrections);
    if ('message' in code) return { artifact: null, problems: [...corrections.problems, code], files: [] };
    const name = corrections.document.artifact ?? path.basename(folder);
    return await readCode(code, corrections, { ...options, name });
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') {
      return { artifact: null, problems: [problemOf('refused', error.message, error.advice ?? '')], files: [] };
    }
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      const message = `The source of ${path.basename(folder)} does not exist.`;
      return {
        artifact: null,
        problems: [problemOf('no-code', message, `Correct source in ${corrections.file}.`)],
        files: [],
      };
    }
    throw error;
  }
}
