import { inOrder } from '#shared/base/in-order.ts';
import type { FoundPiece as ExaminedPiece } from '#shared/model/index.ts';
import { proposeBoundary } from './boundary-table.ts';
import { findPieces, type FoundPiece } from './find-pieces.ts';
import { whatExists } from './import-artifact.ts';
import { readAtOnce, stagePiece, type ImportContext } from './stage-piece.ts';

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
  const examineNext = async (piece: FoundPiece): Promise<ExaminedPiece> => {
    context.signal.throwIfAborted();
    return examineOne(piece, context);
  };
  const doing = (done: number): readonly Examined[] => {
    const next = found[done];
    if (next === undefined) return [];
    const text = `Reading ${next.piece === '.' ? next.name : next.piece}`;
    return [{ type: 'doing', text, done, total: found.length }];
  };
  yield* doing(0);
  let done = 0;
  for await (const piece of inOrder(found, readAtOnce, examineNext)) {
    done += 1;
    yield { type: 'piece', piece };
    yield* doing(done);
  }
}
