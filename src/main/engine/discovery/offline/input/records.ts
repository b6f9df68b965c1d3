import { isUtf8 } from 'node:buffer';
import type { Json } from '#shared/base/json.ts';
import { csvRecords, type CsvSeparator } from './csv-records.ts';
import { type JsonCut, JsonScanner, type RecordsAt, type Scalar } from './json-scanner.ts';
import { linesOf } from './lines.ts';
import { parseJson } from './parse-json.ts';
import type { TextProblem } from './text-place.ts';

/** How the records of a format lie in a text. */
export type Layout =
  | { readonly kind: 'json'; readonly recordsAt: RecordsAt }
  /** One JSON value a line. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'csv'; readonly separator: CsvSeparator };

/** What is known of a text once it was read. */
export interface TextEnd {
  /** Single values outside of records. */
  readonly envelope: ReadonlyMap<string, Scalar>;
  /** Why the rest of it could not be read; null when it was read to its end. */
  readonly damage: TextProblem | null;
}

/** The records of a text in handfuls, broken ones by their place; at the end what surrounds them. */
export async function* recordsOf(
  pieces: AsyncIterable<Buffer>,
  layout: Layout,
): AsyncGenerator<readonly JsonCut[], TextEnd> {
  switch (layout.kind) {
    case 'json':
      return yield* jsonRecords(pieces, layout.recordsAt);
    case 'lines':
      return yield* lineRecords(pieces);
    case 'csv':
      return yield* csvRecords(pieces, layout.separator);
  }
}

async function* jsonRecords(
  pieces: AsyncIterable<Buffer>,
  recordsAt: RecordsAt,
): AsyncGenerator<readonly JsonCut[], TextEnd> {
  const scanner = new JsonScanner(recordsAt);
  for await (const piece of pieces) {
    const cuts = scanner.push(piece);
    if (cuts.length > 0) yield cuts;
    if (scanner.damage !== null) break;
  }
  const rest = scanner.finish();
  if (rest.length > 0) yield rest;
  return { envelope: scanner.envelope, damage: scanner.damage };
}

async function* lineRecords(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly JsonCut[], TextEnd> {
  let damage: TextProblem | null = null;
  for await (const { bytes, place, ended, tooLong } of linesOf(pieces)) {
    const value = tooLong || !isUtf8(bytes) ? undefined : parsed(bytes);
    if (value !== undefined) {
      yield [{ kind: 'record', value, path: '', place, bytes: bytes.length }];
      continue;
    }
    if (!ended) damage = { why: 'The file was cut off: it ends before its end', place };
    yield [{ kind: 'broken', why: tooLong ? 'It is too large to be a record' : 'It is no JSON', place }];
  }
  return { envelope: new Map(), damage };
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    return parseJson(bytes.toString('utf8'));
  } catch {
    // Told by the caller as a broken record.
    return undefined;
  }
}
