import { isUtf8 } from 'node:buffer';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { JsonCut } from './json-scanner.ts';
import { type Line, linesOf } from './lines.ts';
import type { TextEnd } from './records.ts';
import type { TextPlace, TextProblem } from './text-place.ts';

/** A value may hold line breaks; one that goes on for longer has lost its quotation mark. */
const maximumLines = 200;

interface OpenRow {
  readonly place: TextPlace;
  readonly lines: Line[];
}

/** Between columns: a comma, or what a spreadsheet saves where the comma is for decimals, or a tab. */
export type CsvSeparator = ',' | ';' | '\t';

/**
 * The rows of a CSV file (RFC 4180) as objects by their column. A row that cannot be read is broken, and the next line
 * begins the next row.
 */
export async function* csvRecords(
  pieces: AsyncIterable<Buffer>,
  separator: CsvSeparator,
): AsyncGenerator<readonly JsonCut[], TextEnd> {
  let columns: readonly string[] | null = null;
  let damage: TextProblem | null = null;
  let open: OpenRow | null = null;

  function* take(row: OpenRow, last: boolean): Generator<JsonCut> {
    const whole = cellsOf(row.lines, separator);
    if (whole !== null && columns === null) {
      columns = whole;
    } else if (whole !== null && columns !== null && whole.length === columns.length) {
      const value = Object.fromEntries(columns.map((column, index) => [column, whole[index] ?? '']));
      yield { kind: 'record', value, path: '', place: row.place, bytes: bytesOf(row.lines) };
    } else if (!last && whole === null && row.lines.length < maximumLines && hasOpenQuote(row.lines)) {
      // Perhaps the value goes on in the next line.
      open = row;
    } else {
      yield { kind: 'broken', why: whyBroken(whole, columns), place: row.place };
      // What was taken for the rest of a value may be rows of its own.
      for (const line of row.lines.slice(1)) yield* take({ place: line.place, lines: [line] }, true);
    }
  }

  for await (const line of linesOf(pieces)) {
    const row: OpenRow = open === null ? { place: line.place, lines: [] } : open;
    open = null;
    row.lines.push(line);
    const cuts = [...take(row, !line.ended)];
    if (cuts.length > 0) yield cuts;
    if (!line.ended && cuts.some((cut) => cut.kind === 'broken')) {
      damage = { why: 'The file was cut off: it ends before its end', place: line.place };
    }
  }
  if (open !== null) {
    const cuts = [...take(open, true)];
    if (cuts.length > 0) yield cuts;
  }
  return { envelope: new Map(), damage };
}

/** The cells of a row, or of several lines that may be one; null when it cannot be read as one. */
function cellsOf(lines: readonly Line[], delimiter: CsvSeparator): readonly string[] | null {
  const bytes = lines.length === 1 ? lines[0]?.bytes : Buffer.concat(lines.flatMap(({ bytes }) => [bytes, newline]));
  if (bytes === undefined || !isUtf8(bytes) || lines.some(({ tooLong }) => tooLong)) return null;
  try {
    const rows = parse(bytes, { relax_column_count: true, delimiter });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

const newline = Buffer.from('\n');

/** An odd number of quotation marks: a value was begun and not ended. */
function hasOpenQuote(lines: readonly Line[]): boolean {
  let marks = 0;
  for (const { bytes } of lines) for (const byte of bytes) if (byte === 0x22) marks += 1;
  return marks % 2 === 1;
}

function whyBroken(cells: readonly string[] | null, columns: readonly string[] | null): string {
  if (cells === null) return 'Its quotation marks do not match, or it is not UTF-8';
  return `It has ${cells.length} columns and not ${columns?.length ?? 0}`;
}

function bytesOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
