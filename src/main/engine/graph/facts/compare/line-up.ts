import { idOfLine } from '../lines.ts';
import { byRegion, type PageLines } from './read-places.ts';
import type { Sighting } from './sightings.ts';

/** A resource of which two runs did not write the same line, or not in the same place. */
export interface SightingPair {
  readonly before: Sighting;
  readonly after: Sighting;
}

/** How the lines of two runs about one place go together. */
export interface LinedUp {
  /** Lines that stand against each other and are the same, as rows of lines of the earlier run. */
  readonly same: readonly SameLines[];
  readonly pairs: readonly SightingPair[];
  /** Lines of one run that no line of the other stands against. */
  readonly before: readonly Sighting[];
  readonly after: readonly Sighting[];
}

interface SameLines {
  readonly lines: readonly string[];
  readonly begin: number;
  readonly end: number;
}

/** How many lines a page may have gained or lost in one place before its lines are taken one against one again. */
const lookAhead = 16;
/** After so many lines in a row that are not found again nearby the rest of the page is in another order. */
const vainLooks = 8;

/**
 * Puts the lines of two runs against each other, page against page of the same region. Listings mostly come in the same
 * order, so going through both at once finds nearly all; what is left is looked up by its id.
 */
export async function lineUp(
  before: readonly PageLines[],
  after: readonly PageLines[],
  pause: () => Promise<void> | undefined,
): Promise<LinedUp> {
  const gathered: Gathered = { same: [], pairs: [], before: [], after: [] };
  const others = byRegion(after);
  for (const [region, pages] of byRegion(before)) {
    const against = others.get(region) ?? [];
    others.delete(region);
    for (let at = 0; at < Math.max(pages.length, against.length); at += 1) {
      await pause();
      lineUpPages(pages[at], against[at], gathered);
    }
  }
  for (const page of [...others.values()].flat()) lineUpPages(undefined, page, gathered);
  return pairById(gathered);
}

interface Gathered {
  readonly same: SameLines[];
  readonly pairs: SightingPair[];
  before: Sighting[];
  after: Sighting[];
}

const noLines: readonly string[] = [];

function lineUpPages(was: PageLines | undefined, is: PageLines | undefined, { same, pairs, ...own }: Gathered): void {
  const [before, after] = [was?.lines ?? noLines, is?.lines ?? noLines];
  let [left, right, vain] = [0, 0, 0];
  while (left < before.length && right < after.length) {
    const begin = left;
    while (left < before.length && before[left] === after[right]) {
      left += 1;
      right += 1;
    }
    if (left > begin) same.push({ lines: before, begin, end: left });
    if (left >= before.length || right >= after.length) break;
    const [idLeft, idRight] = [idAt(before, left), idAt(after, right)];
    if (idLeft === idRight) {
      if (idLeft !== null && was !== undefined && is !== undefined) {
        pairs.push({
          before: { id: idLeft, line: before[left] ?? '', record: was.record },
          after: { id: idLeft, line: after[right] ?? '', record: is.record },
        });
      }
      left += 1;
      right += 1;
      continue;
    }
    const [leftOn, rightOn] = vain < vainLooks ? [find(before, idRight, left), find(after, idLeft, right)] : [-1, -1];
    if (leftOn >= 0 && (rightOn < 0 || leftOn - left <= rightOn - right)) {
      gather(was, { begin: left, end: leftOn }, own.before);
      left = leftOn;
    } else if (rightOn >= 0) {
      gather(is, { begin: right, end: rightOn }, own.after);
      right = rightOn;
    } else {
      gather(was, { begin: left, end: left + 1 }, own.before);
      gather(is, { begin: right, end: right + 1 }, own.after);
      left += 1;
      right += 1;
    }
    vain = leftOn < 0 && rightOn < 0 ? vain + 1 : 0;
  }
  gather(was, { begin: left, end: before.length }, own.before);
  gather(is, { begin: right, end: after.length }, own.after);
}

function idAt(lines: readonly string[], at: number): string | null {
  return idOfLine(lines[at] ?? '');
}

/** Where the id comes within the next few lines; -1 when it does not. */
function find(lines: readonly string[], id: string | null, after: number): number {
  const end = Math.min(lines.length, after + 1 + lookAhead);
  for (let at = after + 1; at < end; at += 1) if (idAt(lines, at) === id) return at;
  return -1;
}

/** Adds some lines of a page that tell of a resource. */
function gather(
  page: PageLines | undefined,
  { begin, end }: { readonly begin: number; readonly end: number },
  sightings: Sighting[],
): void {
  if (page === undefined) return;
  for (let at = begin; at < end; at += 1) {
    const line = page.lines[at] ?? '';
    const id = idOfLine(line);
    if (id !== null) sightings.push({ id, line, record: page.record });
  }
}

/** Puts what stands alone on both sides against each other where it tells of the same resource. */
function pairById({ same, pairs, before, after }: Gathered): LinedUp {
  if (before.length === 0 || after.length === 0) return { same, pairs, before, after };
  const others = new Map(after.map((sighting) => [sighting.id, sighting]));
  // A resource that stands alone twice is left so: whoever looks at the whole finds out that it is told more than once.
  if (others.size < after.length) return { same, pairs, before, after };
  const alone: Sighting[] = [];
  for (const sighting of before) {
    const other = others.get(sighting.id);
    if (other === undefined) alone.push(sighting);
    else pairs.push({ before: sighting, after: other });
    others.delete(sighting.id);
  }
  return { same, pairs, before: alone, after: [...others.values()] };
}
