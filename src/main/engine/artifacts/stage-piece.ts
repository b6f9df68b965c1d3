import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Artifact, ArtifactCorrections, Problem } from '#shared/model/index.ts';
import { fillFolder, type FolderContent } from '#engine/files/index.ts';
import type { Workspace } from '../ports/index.ts';
import type { ReadingAids } from './artifact-tool.ts';
import { carryCorrections } from './carry-corrections.ts';
import { readCorrections } from './corrections.ts';
import type { FoundPiece } from './find-pieces.ts';
import { withoutSecretFiles } from './never-copied.ts';
import { readArtifact } from './read-artifact.ts';
import { correctionsFile, correctionsFiles } from './source-files.ts';
import { toolOf } from './tools.ts';
import { artifactExists, artifactFolder } from './write-artifact.ts';

export interface ImportContext {
  readonly workspace: Workspace;
  readonly aids: ReadingAids;
  readonly signal: AbortSignal;
}

/** Pieces under way at a time: while one waits for the disk or for Helm, others are parsed. */
export const readAtOnce = 4;

/** A piece as it would stand in the workspace. */
export interface StagedPiece {
  /** Null when it cannot be an artifact; the problems say why. */
  readonly artifact: Artifact | null;
  readonly problems: readonly Problem[];
  /** What its folder would hold. */
  readonly content: FolderContent;
  /** The text of its corrections; null when there are none. */
  readonly corrections: string | null;
}

type StageContext = ImportContext & { readonly said: ArtifactCorrections | null };

function refusal(name: string, { message, advice }: AppError): StagedPiece {
  const place = { file: null, line: null, column: null, field: null, node: null };
  const problem: Problem = { severity: 'error', code: 'refused', message: `${name}: ${message}`, advice, ...place };
  return { artifact: null, problems: [problem], content: [], corrections: null };
}

/**
 * Copies a piece of code to a place of its own and reads it there: what cannot be an artifact never appears in the
 * workspace, and looking at code writes nothing. Corrections beside the code, those the workspace has under this name
 * already, and `said` are laid over what is read. Code that is refused, such as for a link that leads out, is a
 * problem of this piece alone.
 */
export async function stagePiece(found: FoundPiece, name: string, context: StageContext): Promise<StagedPiece> {
  try {
    return await stage(found, name, context);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-input') return refusal(name, error);
    throw error;
  }
}

async function stage(
  { code, alone }: FoundPiece,
  name: string,
  { workspace, aids, signal, said }: StageContext,
): Promise<StagedPiece> {
  const tool = toolOf(code.runner);
  const gathered = await withoutSecretFiles(await tool.gather(code, signal), code.runner);
  const beside = await readCorrections(code.folder);
  const kept = (await artifactExists(workspace, name)) ? await readCorrections(artifactFolder(workspace, name)) : null;
  const corrections = carryCorrections({ beside, kept, said }, code, alone);
  const sources = gathered.content.filter((file) => !correctionsFiles.includes(file.path));
  const content = [...sources, ...(corrections === null ? [] : [{ path: correctionsFile, text: corrections }])];
  // Of a folder with several pieces the file is not copied as it is: what is wrong in it shows in no reading.
  const unread = code.entry === null ? [] : beside.problems;
  const staging = await mkdtemp(path.join(tmpdir(), 'groundplan-import-'));
  try {
    const copy = path.join(staging, name);
    await fillFolder(copy, content);
    const reading = await readArtifact(copy, { workspaceRoot: staging, aids, signal });
    const problems = [...unread, ...gathered.problems, ...reading.problems];
    const artifact = reading.artifact;
    return {
      artifact: artifact === null ? null : { ...artifact, source: `artifacts/${artifact.source}` },
      problems,
      content,
      corrections,
    };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
