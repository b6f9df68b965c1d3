import type { RunChange } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import { idOfLine } from '../lines.ts';
import type { OwnsScope } from '../ownership.ts';
import type { ComparedPlace, Pause } from './compare-place.ts';
import { differenceRows } from './difference-rows.ts';
import type { Found } from './read-attributes.ts';
import type { SightingPair } from './line-up.ts';
import { readRecords, type Place, type PlaceOptions } from './read-places.ts';
import type { Sighting } from './sightings.ts';

/** A resource that one run alone saw, and the records that saw it. */
export interface OneSided {
  readonly row: Found['row'];
  readonly records: readonly CellRecord[];
}

/** What two runs saw of one kind. */
export interface ComparedKind {
  readonly changed: readonly Found[];
  readonly gone: readonly OneSided[];
  readonly fresh: readonly OneSided[];
}

export interface KindPlaces {
  /** Those in which the runs did not write the same. */
  readonly compared: readonly ComparedPlace[];
  /** Those in which they did: read only when something is missing elsewhere. */
  readonly same: readonly Place[];
}

export interface KindOptions extends PlaceOptions {
  readonly owns: OwnsScope;
  readonly pause: Pause;
}

/** Puts together what all scopes tell of one kind. A resource shared between scopes is told once. */
export async function compareKind(places: KindPlaces, options: KindOptions): Promise<ComparedKind> {
  const gone = byId(places.compared.flatMap((place) => place.gone));
  const fresh = byId(places.compared.flatMap((place) => place.fresh));
  if (places.compared.length + places.same.length > 1) await takeSeen(places, { gone, fresh }, options);
  return {
    changed: await changedOf(places.compared, options),
    gone: await oneSided('removed', gone, options.pause),
    fresh: await oneSided('added', fresh, options.pause),
  };
}

type Sightings = Map<string, Sighting[]>;

function byId(sightings: readonly Sighting[]): Sightings {
  const found: Sightings = new Map();
  for (const sighting of sightings) {
    const known = found.get(sighting.id);
    if (known === undefined) found.set(sighting.id, [sighting]);
    else known.push(sighting);
  }
  return found;
}

interface OneSidedSightings {
  readonly gone: Sightings;
  readonly fresh: Sightings;
}

/** Takes away what the other run saw too, in whatever scope: it is there as long as one of them sees it. */
async function takeSeen(
  { compared, same }: KindPlaces,
  { gone, fresh }: OneSidedSightings,
  options: KindOptions,
): Promise<void> {
  for (const place of compared) {
    if (gone.size > 0) await takeAll(place.seenAfter(), [gone], options.pause);
    if (fresh.size > 0) await takeAll(place.seenBefore(), [fresh], options.pause);
  }
  if (gone.size + fresh.size === 0) return;
  const damaged = options.damaged.size;
  for await (const pages of readRecords(recordsOf(same, 'before'), options)) {
    for (const { lines } of pages) await takeAll(lines.map(idOfLine), [gone, fresh], options.pause);
  }
  // What cannot be read in one run cannot be read in the other either, which has to be named as well.
  if (options.damaged.size > damaged) for await (const _pages of readRecords(recordsOf(same, 'after'), options));
}

function recordsOf(places: readonly Place[], side: 'before' | 'after'): readonly CellRecord[] {
  return places.flatMap((place) => place[side]);
}

/** How many ids or lines are gone through before others get their turn. */
const atOnce = 1024;

async function takeAll(ids: Iterable<string | null>, from: readonly Sightings[], pause: Pause): Promise<void> {
  let count = 0;
  for (const id of ids) {
    if (id !== null) for (const sightings of from) sightings.delete(id);
    count += 1;
    if (count % atOnce === 0) await pause();
  }
}

/** The resources that one run alone saw. */
async function oneSided(change: RunChange, found: Sightings, pause: Pause): Promise<readonly OneSided[]> {
  const all = [...found.values()];
  const rows = await differenceRows(
    change,
    all.flatMap(([first]) => first ?? []),
    pause,
  );
  return rows.map((row, at) => ({ row, records: (all[at] ?? []).map(({ record }) => record) }));
}

type Sides = NonNullable<Found['sides']>;

/** Of two equal pairs of records the one that is kept already: a place may have many differences. */
function sidesOf({ before, after }: SightingPair, kept: Sides | undefined): Sides {
  if (kept?.before === before.record && kept.after === after.record) return kept;
  return { before: before.record, after: after.record };
}

/** Each changed resource once; of several scopes that saw the change its owner's word counts. */
async function changedOf(
  places: readonly ComparedPlace[],
  { owns, pause }: Pick<KindOptions, 'owns' | 'pause'>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const at = new Map<string, number>();
  let sides: Sides | undefined;
  for (const { changed } of places) {
    const rows = await differenceRows(
      'changed',
      changed.map(({ after }) => after),
      pause,
    );
    for (const [index, pair] of changed.entries()) {
      const row = rows[index];
      if (row === undefined) continue;
      const { id } = pair.after;
      const known = at.get(id);
      if (known !== undefined && !owns(pair.after.record.sealed.cell.scope, row.scopeId)) continue;
      sides = sidesOf(pair, sides);
      at.set(id, known ?? found.length);
      found[known ?? found.length] = { row, sides };
    }
  }
  return found;
}
