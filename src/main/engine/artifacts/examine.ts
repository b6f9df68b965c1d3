import type { FoundPiece as ExaminedPiece } from '#shared/model/index.ts';
import { proposeBoundary } from './boundary-table.ts';
import { findPieces, type FoundPiece } from './find-pieces.ts';
import { whatExists } from './import-artifact.ts';
import { stagePiece, type ImportContext } from './stage-piece.ts';

/** What is told while code is looked at. */
type Examined =
  | { readonly type: 'doing'; readonly text: string; readonly done: number; readonly total: number | null }
  | { readonly type: 'piece'; readonly piece: ExaminedPiece };

function becauseOf({ artifact }: Awaited<ReturnType<typeof stagePiece>>): string {
  if (artifact === null) return 'it cannot be read';
  const { boundary, because } = proposeBoundary(artifact.creates);
  return boundary === artifact.boundary ? because : 'declared by the user';
}

async function examineOne(found: FoundPiece, context: ImportContext): Promise<ExaminedPiece> {
  const { path, piece, code, name } = found;
  const staged = await stagePiece(found, name, { ...context, said: null });
  const { artifact } = staged;
  return {
    path,
    piece,
    runner: code.runner,
    name,
    artifact,
    boundaryBecause: becauseOf(staged),
    problems: [...staged.problems],
    existing: artifact === null ? 'none' : await whatExists(found, { name, digest: artifact.digest }, context),
  };
}

/**
 * Reads the code at the given paths as an import would, and tells piece by piece what it found. Nothing is written.
 * Throws `not-found` and `bad-input` for paths that lead nowhere or to no code.
 */
export async function* examine(paths: readonly string[], context: ImportContext): AsyncGenerator<Examined> {
  await using unpacked = new AsyncDisposableStack();
  yield { type: 'doing', text: 'Looking for code', done: 0, total: null };
  const found = await findPieces(paths, { ...context, unpacked });
  for (const [done, piece] of found.entries()) {
    context.signal.throwIfAborted();
    const text = `Reading ${piece.piece === '.' ? piece.name : piece.piece}`;
    yield { type: 'doing', text, done, total: found.length };
    yield { type: 'piece', piece: await examineOne(piece, context) };
  }
}
