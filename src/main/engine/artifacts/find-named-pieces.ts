import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isInside, resolveInside } from '#engine/files/index.ts';
import type { FoundCode } from './artifact-tool.ts';
import { placeOfCode, type FoundPiece, type PieceContext, type PlaceOfCode } from './find-pieces.ts';
import { findCode } from './tools.ts';

/** A piece whose place is known already, and what it is to be called. */
type NamedPiece = Pick<FoundPiece, 'path' | 'piece' | 'name'>;

/** Remembers what was asked for already. */
function once<Key, Value>(ask: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask(key);
    known.set(key, answer);
    return answer;
  };
}

/** The folder or file of a piece; null when there is none any more, or a link leads out to it. */
async function locate(
  { place, base, whole }: PlaceOfCode,
  piece: string,
): Promise<{ readonly folder: string; readonly entry: string | null } | null> {
  const at = piece === '.' ? (whole ? base : place) : resolveInside(base, piece);
  const real = await realpath(at).catch(() => null);
  if (real === null || !isInside(await realpath(base), real)) return null;
  const isFolder = (await stat(real)).isDirectory();
  return isFolder ? { folder: at, entry: null } : { folder: path.dirname(at), entry: path.basename(at) };
}

/**
 * Pieces that were found earlier, each looked at in its own place, so that of a thousand not all are looked for with
 * every one. Those that are not there any more are left out. Throws `not-found` and `bad-input` for paths that lead
 * nowhere.
 */
export async function findNamedPieces(
  wanted: readonly NamedPiece[],
  context: PieceContext,
): Promise<readonly FoundPiece[]> {
  const placeAt = once((given: string) => placeOfCode(given, context));
  const codeIn = once(async (folder: string): Promise<readonly FoundCode[]> => (await findCode(folder)).found);
  const pieces: FoundPiece[] = [];
  for (const { path: given, piece, name } of wanted) {
    context.signal.throwIfAborted();
    const place = await placeAt(given);
    const located = await locate(place, piece);
    if (located === null) continue;
    const beside = await codeIn(located.folder);
    const code = beside.find(({ entry }) => entry === located.entry);
    if (code === undefined) continue;
    pieces.push({ path: given, code, name, alone: !place.whole || beside.length === 1, ...place.originOf(code) });
  }
  return pieces;
}
