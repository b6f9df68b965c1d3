import type { CellRecord } from '../chains.ts';
import { addDifferingIds, addIds } from './differing-ids.ts';
import {
  driftHashOf,
  packedPages,
  readPages,
  sightingsOf,
  type PageLines,
  type PlaceOptions,
  type Sighting,
} from './place-text.ts';

/** A resource that both runs saw, and not the same. */
export interface ChangedSighting {
  readonly id: string;
  readonly before: Sighting;
  readonly after: Sighting;
}

/** Two runs' sightings of one scope × kind. */
export interface ComparedPlace {
  readonly unchanged: number;
  readonly changed: readonly ChangedSighting[];
  /** Resources of which one run alone knew the whole body: what differs may only not have been told. */
  readonly partly: number;
  /** What one run alone saw here, by id. */
  readonly gone: ReadonlyMap<string, Sighting>;
  readonly fresh: ReadonlyMap<string, Sighting>;
  /** Which of some ids a run saw here; read on demand where nothing differs. */
  seenBefore(ids: ReadonlySet<string>): Promise<ReadonlySet<string>>;
  seenAfter(ids: ReadonlySet<string>): Promise<ReadonlySet<string>>;
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
    const read = async (records: readonly CellRecord[], ids: ReadonlySet<string>): Promise<ReadonlySet<string>> =>
      new Set(sightingsOf(await readPages(records, options), ids).keys());
    return {
      unchanged: before.reduce((sum, record) => sum + lineCount(record), 0),
      changed: [],
      partly: 0,
      gone: new Map(),
      fresh: new Map(),
      seenBefore: (ids) => read(before, ids),
      seenAfter: (ids) => read(after, ids),
    };
  }
  const [was, is] = await Promise.all([readPages(before, options), readPages(after, options)]);
  const differing = differingIds(was, is);
  const [known, now] = [sightingsOf(was, differing), sightingsOf(is, differing)];
  const changed: ChangedSighting[] = [];
  let partly = 0;
  for (const [id, sighting] of known) {
    const other = now.get(id);
    if (other === undefined || driftHashOf(sighting.line) === driftHashOf(other.line)) continue;
    if (sighting.isSparse === other.isSparse) changed.push({ id, before: sighting, after: other });
    else partly += 1;
  }
  const gone = without(known, now);
  return {
    unchanged: countLines(was) - gone.size - changed.length - partly,
    changed,
    partly,
    gone,
    fresh: without(now, known),
    seenBefore: (ids) => Promise.resolve(new Set(sightingsOf(was, ids).keys())),
    seenAfter: (ids) => Promise.resolve(new Set(sightingsOf(is, ids).keys())),
  };
}

function lineCount({ sealed }: CellRecord): number {
  return sealed.pages.reduce((sum, page) => sum + (page.heads?.lines ?? 0), 0);
}

function countLines(pages: readonly PageLines[]): number {
  return pages.reduce((sum, { lines }) => sum + lines.length, 0);
}

function without(
  some: ReadonlyMap<string, Sighting>,
  others: ReadonlyMap<string, Sighting>,
): ReadonlyMap<string, Sighting> {
  return new Map([...some].filter(([id]) => !others.has(id)));
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
    if (other === undefined || packedBytes(record) !== packedBytes(other)) return false;
    const [pages, otherPages] = await Promise.all([packedPages(record, parts), packedPages(other, parts)]);
    if (pages === null || otherPages?.length !== pages.length) return false;
    if (!pages.every((page, index) => otherPages[index]?.equals(page) === true)) return false;
  }
  return true;
}

function packedBytes({ sealed }: CellRecord): number {
  return sealed.pages.reduce((sum, page) => sum + (page.heads?.length ?? 0), 0);
}

/** The ids whose lines are not the same, page against page of the same region. */
function differingIds(before: readonly PageLines[], after: readonly PageLines[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const others = byRegion(after);
  for (const [region, pages] of byRegion(before)) {
    const against = others.get(region) ?? [];
    others.delete(region);
    for (let at = 0; at < Math.max(pages.length, against.length); at += 1) {
      addDifferingIds(pages[at]?.lines ?? [], against[at]?.lines ?? [], ids);
    }
  }
  for (const page of [...others.values()].flat()) addIds(page.lines, ids);
  return ids;
}

function byRegion(pages: readonly PageLines[]): Map<string, PageLines[]> {
  const regions = new Map<string, PageLines[]>();
  for (const page of pages) {
    const { region } = page.record.sealed.cell;
    const known = regions.get(region);
    if (known === undefined) regions.set(region, [page]);
    else known.push(page);
  }
  return regions;
}
