import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Artifact, ImportReport, Problem } from '#shared/model/index.ts';
import { isInside, writeFolderAtomically, type FolderContent } from '#engine/files/index.ts';
import type { Workspace } from '../ports/index.ts';
import type { FoundCode } from './artifact-tool.ts';
import type { ChartRenderer } from './helm/render.ts';
import { readArtifact } from './read-artifact.ts';
import { correctionsFile, isIgnoredSource } from './source-files.ts';
import { isArchive, unpackArchive } from './unpack-archive.ts';
import { codeLooksLike, findCode, toolOf } from './tools.ts';
import { artifactExists, artifactFolder, correctionsText } from './write-artifact.ts';

const maximumDepth = 8;

/** The code at or below a folder; what lies below a module belongs to it. */
async function findAllCode(folder: string, signal?: AbortSignal): Promise<readonly FoundCode[]> {
  const all: FoundCode[] = [];
  const walk = async (current: string, depth: number): Promise<void> => {
    signal?.throwIfAborted();
    const { found, owned } = await findCode(current);
    all.push(...found);
    if (owned || depth === maximumDepth) return;
    const entries = await readdir(current, { withFileTypes: true });
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      if (!entry.isDirectory() || entry.name.startsWith('.') || isIgnoredSource(`${entry.name}/`)) continue;
      await walk(path.join(current, entry.name), depth + 1);
    }
  };
  await walk(folder, 0);
  return all;
}

/** The name of a folder or file as the name of an artifact. */
function artifactNameOf({ title, runner }: FoundCode): string {
  const name = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  const prefix = runner === 'terraform' ? 'module' : runner;
  return /^[a-z]/.test(name) ? name : `${prefix}-${name}`.replace(/-$/, '');
}

/** Where a given path leads. Throws `not-found`, and `bad-input` for what is an artifact already. */
async function checkedPlace(
  given: string,
  workspace: Workspace,
): Promise<{ readonly place: string; readonly isFolder: boolean }> {
  const absolute = path.resolve(workspace.paths.root, given);
  const status = await stat(absolute).catch(() => null);
  const details = { path: absolute };
  if (status === null) {
    throw new AppError('not-found', `${absolute} does not exist.`, { advice: 'Check the path.', details });
  }
  const folder = await realpath(absolute);
  if (isInside(await realpath(workspace.paths.root), folder) && isInside(workspace.paths.artifacts, absolute)) {
    const advice = 'It is listed already; edit it where it is.';
    throw new AppError('bad-input', `${absolute} lies among the artifacts of this workspace.`, { advice, details });
  }
  return { place: folder, isFolder: status.isDirectory() };
}

/** The code at a given path: a folder of pieces, one file that is a piece, or a packed chart. */
async function piecesAt(
  given: string,
  { workspace, signal, unpacked }: ImportContext & { readonly unpacked: AsyncDisposableStack },
): Promise<readonly FoundCode[]> {
  const { place, isFolder } = await checkedPlace(given, workspace);
  const found = await (async () => {
    if (isFolder) return findAllCode(place, signal);
    if (isArchive(place)) return findAllCode(unpacked.use(await unpackArchive(place)).folder, signal);
    const beside = await findCode(path.dirname(place));
    return beside.found.filter(({ entry }) => entry === path.basename(place));
  })();
  if (found.length > 0) return found;
  throw new AppError('bad-input', `${place} holds no infrastructure code.`, {
    advice: `Point at ${codeLooksLike}, a folder that holds such code, or a packed chart (.tgz).`,
    details: { path: place },
  });
}

/** Says in the artifact's own file which file of the folder is meant, where the code alone could mean several. */
function withEntry(content: FolderContent, { runner, entry }: FoundCode): FolderContent {
  if (entry === null || content.some((file) => file.path === correctionsFile)) return content;
  return [...content, { path: correctionsFile, text: correctionsText({ runner, entry }) }];
}

function isSame(left: FoundCode, right: FoundCode): boolean {
  return left.runner === right.runner && left.folder === right.folder && left.entry === right.entry;
}

function fileIn(name: string, problem: Problem): Problem {
  return problem.file === null ? problem : { ...problem, file: `artifacts/${name}/${problem.file}` };
}

function failure(code: string, message: string, advice: string): Problem {
  return { severity: 'error', code, message, advice, file: null, line: null, column: null, field: null, node: null };
}

interface ImportContext {
  readonly workspace: Workspace;
  readonly renderChart: ChartRenderer | null;
  readonly signal: AbortSignal;
}

async function importOne(
  code: FoundCode,
  name: string,
  context: ImportContext,
): Promise<{ readonly artifact: Artifact | null; readonly problems: readonly Problem[] }> {
  const { workspace, renderChart, signal } = context;
  const target = artifactFolder(workspace, name);
  const gathered = await toolOf(code.runner).gather(code, signal);
  const staging = await mkdtemp(path.join(tmpdir(), 'groundplan-import-'));
  try {
    // Read as a copy first: what cannot be an artifact never appears in the workspace.
    const copy = path.join(staging, name);
    const content = withEntry(gathered.content, code);
    await writeFolderAtomically(copy, content, { replace: false });
    const reading = await readArtifact(copy, { workspaceRoot: staging, renderChart, signal });
    const problems = [...gathered.problems, ...reading.problems];
    if (reading.artifact === null) return { artifact: null, problems };
    if (await artifactExists(workspace, name)) {
      const existing = await readArtifact(target, { workspaceRoot: workspace.paths.root, renderChart, signal });
      if (existing.artifact?.digest === reading.artifact.digest) {
        return { artifact: existing.artifact, problems: existing.problems.map((problem) => fileIn(name, problem)) };
      }
      const message = `There is another artifact called ${name}.`;
      return { artifact: null, problems: [failure('already-exists', message, 'Import it under another name.')] };
    }
    await writeFolderAtomically(target, content, { replace: false });
    const artifact = { ...reading.artifact, source: `artifacts/${reading.artifact.source}` };
    return { artifact, problems: problems.map((problem) => fileIn(name, problem)) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Copies infrastructure code into `artifacts/` and reads it. A folder may hold one piece, or several. Importing the same
 * code again changes nothing. Throws before anything is written when a path does not exist or is no folder
 * (`not-found`, `bad-input`); what is wrong with single modules is reported, and the others are imported.
 */
export async function importArtifacts(
  request: { readonly paths: readonly string[]; readonly name?: string | undefined },
  context: ImportContext,
): Promise<ImportReport> {
  const { workspace, signal } = context;
  workspace.assertWritable();
  await using unpacked = new AsyncDisposableStack();
  const pieces: FoundCode[] = [];
  for (const given of request.paths) {
    const found = await piecesAt(given, { ...context, unpacked });
    pieces.push(...found.filter((code) => !pieces.some((known) => isSame(known, code))));
  }
  if (request.name !== undefined && pieces.length > 1) {
    throw new AppError('bad-input', `One name was given, but there are ${pieces.length} pieces of code.`, {
      advice: 'Import them one by one, or without a name.',
      details: { paths: pieces.map(({ folder, entry }) => path.join(folder, entry ?? '')) },
    });
  }
  const imported: Artifact[] = [];
  const problems: Problem[] = [];
  for (const code of pieces) {
    signal.throwIfAborted();
    const name = request.name ?? artifactNameOf(code);
    const result = await importOne(code, name, context);
    if (result.artifact !== null) imported.push(result.artifact);
    problems.push(...result.problems);
  }
  return { imported, problems };
}
