import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Artifact, ImportReport, Problem } from '#shared/model/index.ts';
import { isInside, writeFolderAtomically } from '#engine/files/index.ts';
import type { Workspace } from '../ports/index.ts';
import { gatherSources } from './outside-modules.ts';
import { readArtifact } from './read-artifact.ts';
import { isIgnoredSource } from './source-files.ts';
import { configurationFiles } from './terraform/module.ts';
import { artifactExists, artifactFolder } from './write-artifact.ts';

const maximumDepth = 8;

/** The module and root folders at or below a folder; a module's own sub-modules belong to it. */
async function findModules(folder: string, signal?: AbortSignal): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (current: string, depth: number): Promise<void> => {
    signal?.throwIfAborted();
    if ((await configurationFiles(current)).length > 0) {
      found.push(current);
      return;
    }
    if (depth === maximumDepth) return;
    const entries = await readdir(current, { withFileTypes: true });
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || isIgnoredSource(`${entry.name}/`)) continue;
      await walk(path.join(current, entry.name), depth + 1);
    }
  };
  await walk(folder, 0);
  return found;
}

/** A folder's name as the name of an artifact. */
function nameOfFolder(folder: string): string {
  const name = path
    .basename(folder)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return /^[a-z]/.test(name) ? name : `module-${name}`.replace(/-$/, '');
}

async function checkedFolder(given: string, workspace: Workspace): Promise<string> {
  const absolute = path.resolve(workspace.paths.root, given);
  const status = await stat(absolute).catch(() => null);
  const details = { path: absolute };
  if (status === null) {
    throw new AppError('not-found', `${absolute} does not exist.`, { advice: 'Check the path.', details });
  }
  if (!status.isDirectory()) {
    const advice = 'Point at the folder that holds the module.';
    throw new AppError('bad-input', `${absolute} is not a folder.`, { advice, details });
  }
  const folder = await realpath(absolute);
  if (isInside(await realpath(workspace.paths.root), folder) && isInside(workspace.paths.artifacts, absolute)) {
    const advice = 'It is listed already; edit it where it is.';
    throw new AppError('bad-input', `${absolute} lies among the artifacts of this workspace.`, { advice, details });
  }
  return folder;
}

function fileIn(name: string, problem: Problem): Problem {
  return problem.file === null ? problem : { ...problem, file: `artifacts/${name}/${problem.file}` };
}

function failure(code: string, message: string, advice: string): Problem {
  return { severity: 'error', code, message, advice, file: null, line: null, column: null, field: null, node: null };
}

async function importOne(
  folder: string,
  name: string,
  context: { readonly workspace: Workspace; readonly signal: AbortSignal },
): Promise<{ readonly artifact: Artifact | null; readonly problems: readonly Problem[] }> {
  const { workspace, signal } = context;
  const target = artifactFolder(workspace, name);
  const gathered = await gatherSources(folder, signal);
  const staging = await mkdtemp(path.join(tmpdir(), 'groundplan-import-'));
  try {
    // Read as a copy first: what cannot be an artifact never appears in the workspace.
    const copy = path.join(staging, name);
    await writeFolderAtomically(copy, gathered.content, { replace: false });
    const reading = await readArtifact(copy, { workspaceRoot: staging, signal });
    const problems = [...gathered.problems, ...reading.problems];
    if (reading.artifact === null) return { artifact: null, problems };
    if (await artifactExists(workspace, name)) {
      const existing = await readArtifact(target, { workspaceRoot: workspace.paths.root, signal });
      if (existing.artifact?.digest === reading.artifact.digest) {
        return { artifact: existing.artifact, problems: existing.problems.map((problem) => fileIn(name, problem)) };
      }
      const message = `There is another artifact called ${name}.`;
      return { artifact: null, problems: [failure('already-exists', message, 'Import it under another name.')] };
    }
    await writeFolderAtomically(target, gathered.content, { replace: false });
    const artifact = { ...reading.artifact, source: `artifacts/${reading.artifact.source}` };
    return { artifact, problems: problems.map((problem) => fileIn(name, problem)) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Copies modules and roots into `artifacts/` and reads them. A folder may be one, or hold several. Importing the same
 * code again changes nothing. Throws before anything is written when a path does not exist or is no folder
 * (`not-found`, `bad-input`); what is wrong with single modules is reported, and the others are imported.
 */
export async function importArtifacts(
  request: { readonly paths: readonly string[]; readonly name?: string | undefined },
  context: { readonly workspace: Workspace; readonly signal: AbortSignal },
): Promise<ImportReport> {
  const { workspace, signal } = context;
  workspace.assertWritable();
  const folders: string[] = [];
  for (const given of request.paths) {
    const folder = await checkedFolder(given, workspace);
    const modules = await findModules(folder, signal);
    if (modules.length === 0) {
      throw new AppError('bad-input', `${folder} holds no Terraform or OpenTofu code.`, {
        advice: 'Point at a folder with .tf or .tofu files, or one that holds such folders.',
        details: { path: folder },
      });
    }
    folders.push(...modules.filter((module) => !folders.includes(module)));
  }
  if (request.name !== undefined && folders.length > 1) {
    throw new AppError('bad-input', `One name was given, but there are ${folders.length} modules.`, {
      advice: 'Import them one by one, or without a name.',
      details: { paths: folders },
    });
  }
  const imported: Artifact[] = [];
  const problems: Problem[] = [];
  for (const folder of folders) {
    signal.throwIfAborted();
    const name = request.name ?? nameOfFolder(folder);
    const result = await importOne(folder, name, context);
    if (result.artifact !== null) imported.push(result.artifact);
    problems.push(...result.problems);
  }
  return { imported, problems };
}
