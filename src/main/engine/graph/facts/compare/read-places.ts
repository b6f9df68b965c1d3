import { inOrder } from '#shared/base/in-order.ts';
import { allRegions } from '#shared/model/index.ts';
import { pagesOf } from '../cell-reader.ts';
import type { CellRecord } from '../chains.ts';
import { unpackMembers } from '../members.ts';
import { readPacked } from '../read-packed.ts';

export interface PlaceOptions {
  /** Gathers records of which something cannot be read. */
  readonly damaged: Set<CellRecord>;
}

/** What two runs recorded about one scope × kind. */
export interface Place {
  readonly kind: string;
  readonly before: readonly CellRecord[];
  readonly after: readonly CellRecord[];
}

/** The heads of one page of a record, line by line. */
export interface PageLines {
  readonly record: CellRecord;
  readonly lines: readonly string[];
}

/** What the two runs wrote about one place: how many lines when it is the same, else the lines of each. */
export type PlaceLines = { readonly place: Place } & (
  | { readonly same: true; readonly lines: number }
  | { readonly same: false; readonly before: readonly PageLines[]; readonly after: readonly PageLines[] }
);

/** About this many packed bytes of heads are read at once: they belong to many places, most of which are small. */
const togetherBytes = 256 * 1024;
/** Reading and unpacking goes on in other threads while what was read before is compared. */
const groupsInFlight = 3;

/** Reads what two runs wrote about some places, in their order; what is written to the same bytes is not unpacked. */
export async function* readPlaces(places: Iterable<Place>, options: PlaceOptions): AsyncGenerator<PlaceLines> {
  const groups = groupsOf(places, ({ before, after }) => [...before, ...after]);
  for await (const group of inOrder(groups, groupsInFlight, (some) => readGroup(some, options))) yield* group;
}

/** Reads the heads of some records, several records at a time. */
export async function* readRecords(
  records: Iterable<CellRecord>,
  options: PlaceOptions,
): AsyncGenerator<readonly PageLines[]> {
  const groups = groupsOf(records, (record) => [record]);
  yield* inOrder(groups, groupsInFlight, async (group) => {
    const pages = await packedPages(group, options);
    return (await linesOf(pages, options)).filter((page) => page !== null);
  });
}

function groupsOf<Item>(items: Iterable<Item>, recordsOf: (item: Item) => readonly CellRecord[]): readonly Item[][] {
  const groups: Item[][] = [];
  let bytes = togetherBytes;
  for (const item of items) {
    if (bytes >= togetherBytes) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(item);
    bytes += recordsOf(item).reduce((sum, record) => sum + packedBytes(record), 0);
  }
  return groups;
}

function packedBytes({ sealed }: CellRecord): number {
  return sealed.pages.reduce((sum, page) => sum + (page.heads?.length ?? 0), 0);
}

async function readGroup(places: readonly Place[], options: PlaceOptions): Promise<readonly PlaceLines[]> {
  const packed = await Promise.all(
    places.map(async (place) => {
      const [before, after] = await Promise.all([
        packedPages(place.before, options),
        packedPages(place.after, options),
      ]);
      return { place, before, after, same: areSameBytes(before, after) };
    }),
  );
  const pages = await linesOf(
    packed.flatMap(({ before, after, same }) => (same ? [] : [...before, ...after])),
    options,
  );
  let next = 0;
  function take(count: number): readonly PageLines[] {
    next += count;
    return pages.slice(next - count, next).filter((page) => page !== null);
  }
  return packed.map(({ place, before, after, same }): PlaceLines => {
    if (same) return { same, place, lines: before.reduce((sum, { lines }) => sum + lines, 0) };
    return { same, place, before: take(before.length), after: take(after.length) };
  });
}

/** One page as it was written. */
interface PackedPage {
  readonly record: CellRecord;
  readonly bytes: Buffer;
  /** How many lines it holds. */
  readonly lines: number;
}

/**
 * The pages of one run in one place, in the order in which a later line of the same resource counts more: listings of
 * all regions first. One of which bytes are missing is left out and its record named.
 */
async function packedPages(records: readonly CellRecord[], { damaged }: PlaceOptions): Promise<readonly PackedPage[]> {
  const wanted = records
    .toSorted((left, right) => Number(isWide(right)) - Number(isWide(left)))
    .flatMap((record) => {
      const { path, pages } = pagesOf(record, 'heads');
      return pages.map((part) => ({ record, path, part }));
    });
  const files = await Promise.all(
    [...Map.groupBy(wanted, ({ path }) => path)].map(async ([path, pages]) => {
      const parts = pages.map(({ part }) => part);
      const bytes = await readPacked(path, parts);
      return parts.map((part, at) => [part, bytes[at] ?? null] as const);
    }),
  );
  const read = new Map(files.flat());
  return wanted.flatMap(({ record, part }) => {
    const bytes = read.get(part) ?? null;
    // A place that cannot be read is told as one that cannot be compared; the view names the file and the line.
    if (bytes === null) damaged.add(record);
    return bytes === null ? [] : [{ record, lines: part.lines, bytes }];
  });
}

function isWide({ sealed }: CellRecord): boolean {
  return sealed.cell.region === allRegions;
}

/** The lines of some pages; null for one that cannot be unpacked, whose record is named. */
async function linesOf(
  pages: readonly PackedPage[],
  { damaged }: PlaceOptions,
): Promise<readonly (PageLines | null)[]> {
  const texts = await unpackMembers(pages.map(({ bytes }) => bytes));
  return pages.map(({ record }, at) => {
    const text = texts[at] ?? null;
    if (text === null) damaged.add(record);
    return text === null ? null : { record, lines: linesIn(text) };
  });
}

/** Lines end with a line feed each. */
function linesIn(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** True when both sides wrote the same pages for each region. */
function areSameBytes(before: readonly PackedPage[], after: readonly PackedPage[]): boolean {
  if (before.length !== after.length) return false;
  const others = byRegion(after);
  for (const [region, pages] of byRegion(before)) {
    const against = others.get(region) ?? [];
    if (against.length !== pages.length) return false;
    if (!pages.every(({ bytes }, at) => against[at]?.bytes.equals(bytes) === true)) return false;
  }
  return true;
}

/** Pages by the region of their cell, each region's in their order. */
export function byRegion<Page extends { readonly record: CellRecord }>(pages: readonly Page[]): Map<string, Page[]> {
  const regions = new Map<string, Page[]>();
  for (const page of pages) {
    const { region } = page.record.sealed.cell;
    const known = regions.get(region);
    if (known === undefined) regions.set(region, [page]);
    else known.push(page);
  }
  return regions;
}
