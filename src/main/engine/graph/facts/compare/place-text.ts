import { join } from 'node:path';
import { allRegions } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { idOfLine } from '../lines.ts';
import type { PartReader } from '../parts.ts';

export interface PlaceOptions {
  readonly parts: PartReader;
  /** Gathers records of which something cannot be read. */
  readonly damaged: Set<CellRecord>;
}

/** One resource as a run saw it: its line, not parsed, and the record it stands in. */
export interface Sighting {
  readonly line: string;
  readonly record: CellRecord;
  /** True when its source told only a part of the body. */
  readonly isSparse: boolean;
}

/** The heads of one page of a record, line by line. */
export interface PageLines {
  readonly record: CellRecord;
  readonly lines: readonly string[];
  /** True when a line may be one whose source told only a part of the body. */
  readonly mayBeSparse: boolean;
}

/** The bytes of a record's heads, page by page; null when some are missing. */
export async function packedPages(record: CellRecord, parts: PartReader): Promise<readonly Buffer[] | null> {
  const { file, pages } = record.sealed;
  const heads = pages.flatMap((page) => page.heads ?? []);
  if (file === null) return [];
  const path = join(record.directory, file);
  try {
    return await Promise.all(heads.map((part) => parts.packed(path, part)));
  } catch {
    // Reading the lines finds out what is missing, and names the record.
    return null;
  }
}

/**
 * The heads of one run in one place, in the order in which a later line of the same resource counts more: listings of
 * all regions first. A page that cannot be read is left out and its record named.
 */
export async function readPages(
  records: readonly CellRecord[],
  { parts, damaged }: PlaceOptions,
): Promise<readonly PageLines[]> {
  const read: PageLines[] = [];
  for (const record of records.toSorted((left, right) => Number(isWide(right)) - Number(isWide(left)))) {
    const { file, pages } = record.sealed;
    if (file === null) continue;
    const path = join(record.directory, file);
    const heads = pages.flatMap((page) => page.heads ?? []);
    for (const page of await Promise.allSettled(heads.map((part) => parts.read(path, part)))) {
      // A place that cannot be read is told as one that cannot be compared; the view names the file and the line.
      if (page.status === 'rejected') damaged.add(record);
      else read.push({ record, lines: linesOf(page.value), mayBeSparse: isSparse(page.value) });
    }
  }
  return read;
}

/** Lines end with a line feed each. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function isWide({ sealed }: CellRecord): boolean {
  return sealed.cell.region === allRegions;
}

/** What the pages say of some resources. Of one seen twice a full body counts, then the later line. */
export function sightingsOf(pages: readonly PageLines[], ids: ReadonlySet<string>): ReadonlyMap<string, Sighting> {
  const sightings = new Map<string, Sighting>();
  for (const { record, lines, mayBeSparse } of pages) {
    for (const line of lines) {
      const id = idOfLine(line);
      if (id === null || !ids.has(id)) continue;
      const known = sightings.get(id);
      const sighting = { line, record, isSparse: mayBeSparse && isSparse(line) };
      if (known === undefined || !sighting.isSparse || known.isSparse) sightings.set(id, sighting);
    }
  }
  return sightings;
}

// Quotes inside a value are escaped, so these texts can only be the fields themselves.

/** True for a line, or lines among which is one, whose source told only a part of the body. */
function isSparse(text: string): boolean {
  return text.includes('"sparse":true');
}

const driftHashField = '"driftHash":"';

/** The drift hash of a line, without parsing it. */
export function driftHashOf(line: string): string {
  const at = line.lastIndexOf(driftHashField);
  const start = at + driftHashField.length;
  return at < 0 ? line : line.slice(start, line.indexOf('"', start));
}
