import { close, open, read } from 'node:fs';
import { promisify } from 'node:util';
import type { Part } from './parts.ts';

// The callback forms: a FileHandle per file costs three times as much.
const openFile = promisify(open);
const readBytes = promisify(read);
const closeFile = promisify(close);

/** Parts are read together as long as they, and what lies between them, are no more than this. */
const spanBytes = 4 * 2 ** 20;

interface Span {
  readonly begin: number;
  readonly end: number;
}

/** Where parts lie, neighbours put together. */
function spansOf(parts: readonly Part[]): readonly Span[] {
  const spans: { begin: number; end: number }[] = [];
  for (const { offset, length } of parts.toSorted((left, right) => left.offset - right.offset)) {
    const last = spans.at(-1);
    const end = offset + length;
    if (last !== undefined && end - last.begin <= spanBytes) last.end = Math.max(last.end, end);
    else spans.push({ begin: offset, end });
  }
  return spans;
}

/**
 * The bytes of some parts of one file as they were written, in their order; null for one of which bytes are missing,
 * and for all when the file cannot be read. Opening and reading cost more than the bytes that lie between the parts.
 */
export async function readPacked(path: string, parts: readonly Part[]): Promise<readonly (Buffer | null)[]> {
  const read = new Map<Span, Buffer>();
  const spans = spansOf(parts);
  try {
    const file = await openFile(path, 'r');
    try {
      for (const span of spans) {
        const length = span.end - span.begin;
        const { bytesRead, buffer } = await readBytes(file, Buffer.allocUnsafeSlow(length), 0, length, span.begin);
        read.set(span, buffer.subarray(0, bytesRead));
      }
    } finally {
      await closeFile(file);
    }
  } catch {
    // What was not read is told by its parts, as if bytes were missing: whoever builds the view says why.
  }
  return parts.map(({ offset, length }) => {
    const span = spans.find(({ begin, end }) => offset >= begin && offset + length <= end);
    const start = offset - (span?.begin ?? 0);
    const bytes = span && read.get(span)?.subarray(start, start + length);
    return bytes?.length === length ? bytes : null;
  });
}
