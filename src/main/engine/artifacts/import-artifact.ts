import path from 'node:path';
import { inOrder } from '#shared/base/in-order.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Artifact, ArtifactCorrections, ImportReport, Problem } from '#shared/model/index.ts';
import { writeFileAtomically, writeFolderAtomically } from '#engine/files/index.ts';
import { readCorrections } from './corrections.ts';
import { findNamedPieces } from './find-named-pieces.ts';
import { findPieces, type FoundPiece, type PieceContext } from './find-pieces.ts';
import { readImportRecord, recordImport } from './import-record.ts';
import { readArtifact } from './read-artifact.ts';
import { correctionsFile, digestSources, listSources } from './source-files.ts';
import { readAtOnce, stagePiece, type ImportContext, type StagedPiece } from './stage-piece.ts';
import { artifactExists, artifactFolder } from './write-artifact.ts';

/** A piece that is wanted, and what the user says of it. */
export interface ChosenPiece {
  readonly path: string;
  readonly piece: string;
  readonly name?: string | undefined;
  readonly update?: boolean | undefined;
  readonly corrections?: ArtifactCorrections | undefined;
}

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly name?: string | undefined;
  /** Other code takes the place of an artifact of its name. */
  readonly update?: boolean | undefined;
  /** Only these of what lies at the paths; without, all. */
  readonly pieces?: readonly ChosenPiece[] | undefined;
}

function fileIn(name: string, problem: Problem): Problem {
  return problem.file === null ? problem : { ...problem, file: `artifacts/${name}/${problem.file}` };
}

function failure(code: string, message: string, advice: string): Problem {
  return { severity: 'error', code, message, advice, file: null, line: null, column: null, field: null, node: null };
}

interface Wanted {
  readonly piece: FoundPiece;
  readonly name: string;
  readonly update: boolean;
  readonly corrections: ArtifactCorrections | null;
}

interface ImportedPiece {
  readonly artifact: Artifact | null;
  readonly updated: boolean;
  readonly problems: readonly Problem[];
}

function refused(name: string, why: string): ImportedPiece {
  const advice = 'Import it under another name, or say that it takes the place of the other (--update).';
  return {
    artifact: null,
    updated: false,
    problems: [failure('already-exists', `There is another artifact called ${name}${why}.`, advice)],
  };
}

/** What the workspace has under the name that a piece would get. */
export async function whatExists(
  piece: FoundPiece,
  wanted: Pick<Artifact, 'name' | 'digest'>,
  { workspace, aids, signal }: ImportContext,
): Promise<'none' | 'same' | 'earlier' | 'edited' | 'other'> {
  if (!(await artifactExists(workspace, wanted.name))) return 'none';
  const folder = artifactFolder(workspace, wanted.name);
  // The bytes tell it, and reading them takes a fraction of what understanding them takes.
  const bytes = await listSources(folder, signal).then(digestSources, () => null);
  if (bytes === wanted.digest) return 'same';
  const present = await readArtifact(folder, { workspaceRoot: workspace.paths.root, aids, signal });
  if (present.artifact?.digest === wanted.digest) return 'same';
  const record = await readImportRecord(workspace, wanted.name);
  if (record?.origin !== piece.origin) return 'other';
  return present.artifact !== null && record.imports[0]?.digest === present.artifact.digest ? 'earlier' : 'edited';
}

/** The code is there already: only what is corrected may differ. */
async function correctOnly(
  { piece, name }: Wanted,
  { artifact, corrections, problems: staged }: StagedPiece,
  { workspace, aids, signal }: ImportContext,
): Promise<ImportedPiece> {
  const folder = artifactFolder(workspace, name);
  const kept = await readCorrections(folder);
  if (artifact !== null && corrections === kept.text && artifact.source === `artifacts/${name}`) {
    // What was read of the copy is what stands there.
    await recordImport(workspace, artifact, piece.origin);
    return { artifact, updated: false, problems: staged.map((problem) => fileIn(name, problem)) };
  }
  if (corrections !== null && corrections !== kept.text) {
    await writeFileAtomically(path.join(folder, correctionsFile), corrections);
  }
  const present = await readArtifact(folder, { workspaceRoot: workspace.paths.root, aids, signal });
  if (present.artifact !== null) await recordImport(workspace, present.artifact, piece.origin);
  const problems = present.problems.map((problem) => fileIn(name, problem));
  return { artifact: present.artifact, updated: false, problems };
}

async function importOne(wanted: Wanted, context: ImportContext): Promise<ImportedPiece> {
  const { piece, name, corrections: said } = wanted;
  const { workspace } = context;
  const staged = await stagePiece(piece, name, { ...context, said });
  const { artifact, content } = staged;
  if (artifact === null) return { artifact, updated: false, problems: staged.problems };
  const problems = staged.problems.map((problem) => fileIn(name, problem));
  const existing = await whatExists(piece, artifact, context);
  if (existing === 'same') return correctOnly(wanted, staged, context);
  if (!wanted.update && (existing === 'other' || existing === 'edited')) {
    return refused(name, existing === 'other' ? '' : ': it was imported from here, and changed in the workspace since');
  }
  await writeFolderAtomically(artifactFolder(workspace, name), content, { replace: existing !== 'none' });
  await recordImport(workspace, artifact, piece.origin);
  return { artifact, updated: existing !== 'none', problems };
}

function placeOf({ path: given, piece }: Pick<ChosenPiece, 'path' | 'piece'>): string {
  return `${given}\n${piece}`;
}

/** Of pieces that are named only their own places are looked at; else all that lies at the paths, which gives names. */
function piecesOf({ paths, pieces }: ImportRequest, context: PieceContext): Promise<readonly FoundPiece[]> {
  const named = pieces?.flatMap(({ name, path: given, piece }) =>
    name === undefined || !paths.includes(given) ? [] : [{ name, path: given, piece }],
  );
  return named === undefined || named.length < (pieces?.length ?? 0)
    ? findPieces(paths, context)
    : findNamedPieces(named, context);
}

function wantedOf(request: ImportRequest, found: readonly FoundPiece[]): readonly Wanted[] {
  const { name, update = false, pieces } = request;
  if (pieces === undefined) {
    if (name !== undefined && found.length > 1) {
      throw new AppError('bad-input', `One name was given, but there are ${found.length} pieces of code.`, {
        advice: 'Import them one by one, or without a name.',
        details: { paths: found.map(({ code }) => path.join(code.folder, code.entry ?? '')) },
      });
    }
    return found.map((piece) => ({ piece, name: name ?? piece.name, update, corrections: null }));
  }
  const places = new Map(found.map((piece) => [placeOf(piece), piece]));
  return pieces.map((chosen) => {
    const piece = places.get(placeOf(chosen));
    if (piece === undefined) {
      throw new AppError('not-found', `${chosen.path} holds no code at ${chosen.piece}.`, {
        advice: 'Look at the path again: it may have changed.',
        details: { path: chosen.path, piece: chosen.piece },
      });
    }
    const { name: own = piece.name, update: replaces = update, corrections = null } = chosen;
    return { piece, name: own, update: replaces, corrections };
  });
}

/**
 * Copies infrastructure code into `artifacts/` and reads it. A folder may hold one piece, or several. Importing the same
 * code again changes nothing; changed code from the same place takes the place of what was imported from there, and
 * corrections stay. Throws before anything is written when a path does not exist or holds no code (`not-found`,
 * `bad-input`); what is wrong with single pieces is reported, and the others are imported.
 */
export async function importArtifacts(request: ImportRequest, context: ImportContext): Promise<ImportReport> {
  const { workspace, signal } = context;
  workspace.assertWritable();
  await using unpacked = new AsyncDisposableStack();
  const wanted = wantedOf(request, await piecesOf(request, { ...context, unpacked }));
  // Of two pieces under one name the second meets the first.
  const width = new Set(wanted.map(({ name }) => name)).size < wanted.length ? 1 : readAtOnce;
  const importNext = async (next: Wanted): Promise<ImportedPiece & { readonly name: string }> => {
    signal.throwIfAborted();
    return { ...(await importOne(next, context)), name: next.name };
  };
  const imported: Artifact[] = [];
  const updated: string[] = [];
  const problems: Problem[] = [];
  for await (const result of inOrder(wanted, width, importNext)) {
    if (result.artifact !== null) imported.push(result.artifact);
    if (result.updated) updated.push(result.name);
    problems.push(...result.problems);
  }
  return { imported, updated, problems };
}
