import { idOfLine } from '../lines.ts';
import { lineUp, type LinedUp, type SightingPair } from './line-up.ts';
import type { PageLines } from './read-places.ts';
import { driftHashOf, isSparse, sightingsOf, type Sighting } from './sightings.ts';

/** Gives others their turn now and then; rejects when the comparison was called off. */
export type Pause = () => Promise<void> | undefined;

/** Two runs' sightings of one scope × kind in which they did not write the same. */
export interface ComparedPlace {
  readonly unchanged: number;
  /** Resources that both runs saw, and not the same. */
  readonly changed: readonly SightingPair[];
  /** Resources of which one run alone knew the whole body: what differs may only not have been told. */
  readonly partly: number;
  /** What one run alone saw here. */
  readonly gone: readonly Sighting[];
  readonly fresh: readonly Sighting[];
  /** The ids of all that each run saw here. */
  seenBefore(): Iterable<string>;
  seenAfter(): Iterable<string>;
}

/**
 * Compares what two runs wrote about one scope × kind. Nothing is parsed: what did not change is written to the same
 * bytes, and where bytes differ the drift hash stands at the end of the line.
 */
export async function comparePlace(
  before: readonly PageLines[],
  after: readonly PageLines[],
  pause: Pause,
): Promise<ComparedPlace> {
  const linedUp = await lineUp(before, after, pause);
  const same = createSameIds(linedUp);
  const ids = idsOf(linedUp);
  const isToldOnce = ids.size === countOf(linedUp) && (ids.size === 0 || !same().some((id) => ids.has(id)));
  const differing = isToldOnce ? linedUp : lookAgain({ before, after }, ids);
  const changed: SightingPair[] = [];
  let partly = 0;
  for (const [at, pair] of differing.pairs.entries()) {
    if (at % 256 === 0) await pause();
    const [was, is] = [pair.before.line, pair.after.line];
    if (driftHashOf(was) === driftHashOf(is)) continue;
    if (isSparse(was) === isSparse(is)) changed.push(pair);
    else partly += 1;
  }
  const lines = before.reduce((sum, page) => sum + page.lines.length, 0);
  return {
    unchanged: lines - differing.before.length - changed.length - partly,
    changed,
    partly,
    gone: differing.before,
    fresh: differing.after,
    *seenBefore() {
      yield* same();
      for (const { before: one } of linedUp.pairs) yield one.id;
      for (const { id } of linedUp.before) yield id;
    },
    *seenAfter() {
      yield* same();
      for (const { after: one } of linedUp.pairs) yield one.id;
      for (const { id } of linedUp.after) yield id;
    },
  };
}

/** The ids of the lines that are the same, found out when they are first asked for. */
function createSameIds({ same }: LinedUp): () => readonly string[] {
  let known: readonly string[] | null = null;
  return () => {
    if (known !== null) return known;
    const ids: string[] = [];
    for (const { lines, begin, end } of same) {
      for (let at = begin; at < end; at += 1) {
        const id = idOfLine(lines[at] ?? '');
        if (id !== null) ids.push(id);
      }
    }
    known = ids;
    return ids;
  };
}

/** The ids of which not every line stands against the same one. */
function idsOf({ pairs, before, after }: LinedUp): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const pair of pairs) ids.add(pair.before.id);
  for (const { id } of before) ids.add(id);
  for (const { id } of after) ids.add(id);
  return ids;
}

/** How many ids those are when each resource is told once, as in nearly every listing. */
function countOf({ pairs, before, after }: LinedUp): number {
  return pairs.length + before.length + after.length;
}

/** Looks through all lines for what each run says of some resources: one told more than once may stand anywhere. */
function lookAgain(
  { before, after }: { readonly before: readonly PageLines[]; readonly after: readonly PageLines[] },
  ids: ReadonlySet<string>,
): Omit<LinedUp, 'same'> {
  const [known, now] = [sightingsOf(before, ids), sightingsOf(after, ids)];
  const pairs: SightingPair[] = [];
  for (const [id, sighting] of known) {
    const other = now.get(id);
    if (other !== undefined) pairs.push({ before: sighting, after: other });
  }
  return { pairs, before: without(known, now), after: without(now, known) };
}

function without(some: ReadonlyMap<string, Sighting>, others: ReadonlyMap<string, Sighting>): readonly Sighting[] {
  return [...some.values()].filter(({ id }) => !others.has(id));
}
