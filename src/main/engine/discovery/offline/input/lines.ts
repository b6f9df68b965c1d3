import type { TextPlace } from './text-place.ts';

/** A line without its end, and where it begins. */
export interface Line {
  readonly bytes: Buffer;
  readonly place: TextPlace;
  /** False for a last line without a line break: perhaps the file was cut off in it. */
  readonly ended: boolean;
  /** True when it was longer than any record and only its beginning is here. */
  readonly tooLong: boolean;
}

/** As with JSON: no real resource comes near. */
const maximumLineBytes = 32 * 2 ** 20;

/** The lines of a text that comes in pieces; empty ones are left out. */
export async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let held = 0;
  let offset = 0;
  let line = 1;
  let skipped = 0;

  function take(end: Buffer, ended: boolean): Line | null {
    const bytes = rest.length === 0 ? end : Buffer.concat([...rest, end]);
    const found = { bytes: withoutReturn(bytes), place: { line, offset }, ended, tooLong: skipped > 0 };
    offset += bytes.length + skipped + 1;
    line += 1;
    rest = [];
    held = 0;
    skipped = 0;
    return found.bytes.length === 0 ? null : found;
  }

  for await (const piece of pieces) {
    let start = 0;
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, start)) {
      const found = take(piece.subarray(start, at), true);
      if (found !== null) yield found;
      start = at + 1;
    }
    const more = piece.subarray(start);
    if (held + more.length > maximumLineBytes) skipped += more.length;
    else if (more.length > 0) {
      rest.push(more);
      held += more.length;
    }
  }
  const last = held === 0 ? null : take(Buffer.alloc(0), false);
  if (last !== null) yield last;
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}
