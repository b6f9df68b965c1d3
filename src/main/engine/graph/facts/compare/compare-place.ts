import { join } from 'node:path';
import { allRegions } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { idOfLine } from '../lines.ts';
import type { PartReader } from '../parts.ts';

/** One resource as a run saw it: its line, not parsed, and the record it stands in. */
export interface Sighting {
  readonly line: string;
  readonly record: CellRecord;
}

/** What one run saw of one scope × kind, by id. */
export type Sightings = ReadonlyMap<string, Sighting>;

/** Two runs' sightings of one scope × kind. */
export interface ComparedPlace {
  readonly unchanged: number;
  readonly changed: readonly { readonly id: string; readonly before: Sighting; readonly after: Sighting }[];
  /** Resources of which one run alone knew the whole body: what differs may only not have been told. */
  readonly partly: number;
  /** Ids that one run alone saw here. */
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
  /** Everything the runs saw here; read on demand where nothing differs. */
  before(): Promise<Sightings>;
  after(): Promise<Sightings>;
}

export interface PlaceOptions {
  readonly parts: PartReader;
  /** Gathers records of which something cannot be read. */
  readonly damaged: Set<CellRecord>;
}

/**
 * Compares the records of two runs about one scope × kind. Nothing is parsed: what did not change is written to the
 * same bytes, and where bytes differ the drift hash stands at the end of the line.
 */
export async function comparePlace(
  before: readonly CellRecord[],
  after: readonly CellRecord[],
  options: PlaceOptions,
): Promise<ComparedPlace> {
  if (await areSameBytes(before, after, options)) {
    return {
      unchanged: before.reduce((sum, record) => sum + lineCount(record), 0),
      changed: [],
      partly: 0,
      gone: [],
      fresh: [],
      before: () => readSightings(before, options),
      after: () => readSightings(after, options),
    };
  }
  const [known, now] = await Promise.all([readSightings(before, options), readSightings(after, options)]);
  const changed: { id: string; before: Sighting; after: Sighting }[] = [];
  const gone: string[] = [];
  let partly = 0;
  for (const [id, sighting] of known) {
    const other = now.get(id);
    if (other === undefined) gone.push(id);
    else if (isSparse(sighting.line) !== isSparse(other.line)) partly += 1;
    else if (sighting.line !== other.line && driftHashOf(sighting.line) !== driftHashOf(other.line)) {
      changed.push({ id, before: sighting, after: other });
    }
  }
  const fresh = [...now.keys()].filter((id) => !known.has(id));
  return {
    unchanged: known.size - gone.length - changed.length - partly,
    changed,
    partly,
    gone,
    fresh,
    before: () => Promise.resolve(known),
    after: () => Promise.resolve(now),
  };
}

function lineCount({ sealed }: CellRecord): number {
  return sealed.pages.reduce((sum, page) => sum + (page.heads?.lines ?? 0), 0);
}

/** True when the same cells were written to the same pages. */
async function areSameBytes(
  before: readonly CellRecord[],
  after: readonly CellRecord[],
  { parts }: PlaceOptions,
): Promise<boolean> {
  if (before.length !== after.length) return false;
  const others = new Map(after.map((record) => [record.sealed.cell.region, record]));
  for (const record of before) {
    const other = others.get(record.sealed.cell.region);
    if (other === undefined || !(await areSamePages(record, other, parts))) return false;
  }
  return true;
}

async function areSamePages(left: CellRecord, right: CellRecord, parts: PartReader): Promise<boolean> {
  const [one, other] = [left, right].map(({ sealed }) => sealed.pages.flatMap((page) => page.heads ?? []));
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  const [leftPath, rightPath] = [pathOf(left), pathOf(right)];
  for (const [index, part] of one.entries()) {
    const against = other[index];
    if (against === undefined || against.length !== part.length || leftPath === null || rightPath === null)
      return false;
    try {
      const [packed, packedToo] = await Promise.all([parts.packed(leftPath, part), parts.packed(rightPath, against)]);
      if (!packed.equals(packedToo)) return false;
    } catch {
      // Bytes are missing: reading the lines finds out which, and names the record.
      return false;
    }
  }
  return true;
}

function pathOf({ directory, sealed: { file } }: CellRecord): string | null {
  return file === null ? null : join(directory, file);
}

/** Of a resource seen twice in one run a full body counts, then its own region's listing, then the later line. */
async function readSightings(records: readonly CellRecord[], options: PlaceOptions): Promise<Sightings> {
  const sightings = new Map<string, Sighting>();
  const widestFirst = records.toSorted((left, right) => Number(isWide(right)) - Number(isWide(left)));
  for (const record of widestFirst) await readInto(sightings, record, options);
  return sightings;
}

function isWide({ sealed }: CellRecord): boolean {
  return sealed.cell.region === allRegions;
}

async function readInto(
  sightings: Map<string, Sighting>,
  record: CellRecord,
  { parts, damaged }: PlaceOptions,
): Promise<void> {
  const path = pathOf(record);
  if (path === null) return;
  const heads = record.sealed.pages.flatMap((page) => page.heads ?? []);
  const texts = await Promise.allSettled(heads.map((part) => parts.read(path, part)));
  for (const text of texts) {
    // A place that cannot be read is told as one that cannot be compared; the view names the file and the line.
    if (text.status === 'rejected') damaged.add(record);
    else for (const line of text.value.split('\n')) addLine(sightings, line, record);
  }
}

function addLine(sightings: Map<string, Sighting>, line: string, record: CellRecord): void {
  const id = idOfLine(line);
  if (id === null) return;
  const known = sightings.get(id);
  if (known === undefined || !isSparse(line) || isSparse(known.line)) sightings.set(id, { line, record });
}

// Quotes inside a value are escaped, so these texts can only be the fields themselves.
function isSparse(line: string): boolean {
  return line.includes('"sparse":true');
}

const driftHashField = '"driftHash":"';

function driftHashOf(line: string): string {
  const at = line.lastIndexOf(driftHashField);
  const start = at + driftHashField.length;
  return at < 0 ? line : line.slice(start, line.indexOf('"', start));
}
