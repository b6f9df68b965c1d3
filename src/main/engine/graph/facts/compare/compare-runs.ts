import type { ComparedRuns } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { allRegions, type RunGap } from '#shared/model/index.ts';
import { createPauses } from '../../shape/index.ts';
import { placeKey, type CellRecord } from '../chains.ts';
import type { FactIndex } from '../fact-index.ts';
import { cellKey } from '../layout.ts';
import { createOwnership } from '../ownership.ts';
import { compareKind, type ComparedKind, type KindOptions, type OneSided } from './compare-kind.ts';
import { comparePlace, type ComparedPlace } from './compare-place.ts';
import { orderFound } from './order-found.ts';
import { readAttributes, type Found } from './read-attributes.ts';
import { readPlaces, type Place } from './read-places.ts';
import { runCoverage, type RunCoverage } from './run-coverage.ts';

export interface RunPair {
  readonly from: number;
  readonly to: number;
}

function recordsOf(index: FactIndex, run: number): readonly CellRecord[] {
  const records = index.records.get(run);
  if (records !== undefined) return records;
  throw new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.', details: { run } });
}

/** What both runs recorded, by scope × kind. Those of a kind follow each other, and are put together then. */
function placesOf(before: readonly CellRecord[], after: readonly CellRecord[]): readonly Place[] {
  const places = new Map<string, { kind: string; before: CellRecord[]; after: CellRecord[] }>();
  const add = (side: 'before' | 'after', record: CellRecord): void => {
    const { cell } = record.sealed;
    const key = placeKey(cell);
    const known = places.get(key) ?? { kind: cell.kind, before: [], after: [] };
    known[side].push(record);
    places.set(key, known);
  };
  for (const record of before) add('before', record);
  for (const record of after) add('after', record);
  return [...Map.groupBy(places.values(), ({ kind }) => kind).values()].flat();
}

/**
 * Compares what two runs themselves saw. A resource is gone when every cell that saw it was complete in the later run,
 * and new when every cell that sees it was complete in the earlier one; elsewhere nothing can be told, and the gaps
 * say where and why.
 */
export async function compareRuns(index: FactIndex, { from, to }: RunPair, signal: AbortSignal): Promise<ComparedRuns> {
  const [before, after] = [recordsOf(index, from), recordsOf(index, to)];
  const damaged = new Set<CellRecord>();
  const pause = createPauses(signal);
  const options = { damaged, owns: createOwnership(index.scopes), pause };
  const { kinds, unchanged, partly } = await compareKinds(placesOf(before, after), { ...options, signal });
  const coverage = { before: runCoverage(from, before, damaged), after: runCoverage(to, after, damaged) };
  const [removed, notGone] = verdicts(
    kinds.flatMap(({ gone }) => gone),
    coverage.after,
  );
  const [added, notNew] = verdicts(
    kinds.flatMap(({ fresh }) => fresh),
    coverage.before,
  );
  const found = await orderFound([...kinds.flatMap(({ changed }) => changed), ...removed, ...added], pause);
  return {
    differences: found.map(({ row }) => row),
    unchanged,
    unknown: notGone + notNew + partly,
    gaps: gapsBetween(coverage.before, coverage.after),
    attributes(some, calling) {
      // A page of many: looking for its rows takes less than a table of all.
      const wanted = new Set<Found['row']>(some);
      const rows = new Map(found.filter(({ row }) => wanted.has(row)).map((one) => [one.row, one]));
      return readAttributes(
        some.flatMap((row) => rows.get(row) ?? []),
        calling,
      );
    },
  };
}

interface ComparedKinds {
  readonly kinds: readonly ComparedKind[];
  readonly unchanged: number;
  readonly partly: number;
}

/** Compares place by place; what is known of a kind is put together, and its lines are let go, when the next begins. */
async function compareKinds(
  places: readonly Place[],
  { signal, ...options }: KindOptions & { readonly signal: AbortSignal },
): Promise<ComparedKinds> {
  const kinds: ComparedKind[] = [];
  let [unchanged, partly] = [0, 0];
  let open = { kind: '', compared: new Array<ComparedPlace>(), same: new Array<Place>() };
  for await (const lines of readPlaces(places, options)) {
    signal.throwIfAborted();
    const { place } = lines;
    if (place.kind !== open.kind) {
      kinds.push(await compareKind(open, options));
      open = { kind: place.kind, compared: [], same: [] };
    }
    if (lines.same) {
      open.same.push(place);
      unchanged += lines.lines;
      continue;
    }
    const compared = await comparePlace(lines.before, lines.after, options.pause);
    open.compared.push(compared);
    unchanged += compared.unchanged;
    partly += compared.partly;
  }
  kinds.push(await compareKind(open, options));
  return { kinds, unchanged, partly };
}

/** Who is certainly gone or new by the other run's word, and how many are not certain. */
function verdicts(resources: readonly OneSided[], other: RunCoverage): readonly [readonly Found[], number] {
  const known = new Map<CellRecord, Map<string, boolean>>();
  /** Asked once for all that a record saw in a region. */
  function isCertain(record: CellRecord, regionOfRow: string): boolean {
    const { scope, kind, region } = record.sealed.cell;
    const place = { scope, kind, region: region === allRegions ? regionOfRow : region };
    const regions = known.get(record) ?? new Map<string, boolean>();
    known.set(record, regions);
    const certain = regions.get(place.region) ?? other.missing(place) === null;
    regions.set(place.region, certain);
    return certain;
  }
  const certain = resources.filter(({ row, records }) => records.every((record) => isCertain(record, row.region)));
  return [certain.map(({ row }) => ({ row, sides: null })), resources.length - certain.length];
}

function gapsBetween(before: RunCoverage, after: RunCoverage): readonly RunGap[] {
  const cells = new Map([...before.cells, ...after.cells].map((cell) => [cellKey(cell), cell]));
  const gaps: RunGap[] = [];
  for (const cell of cells.values()) {
    const why = [before, after].flatMap((run) => run.missing(cell) ?? []);
    if (why.length === 0 || (before.isDisabled(cell) && after.isDisabled(cell))) continue;
    gaps.push({ ...cell, why: why.join(' ') });
  }
  return gaps.sort((left, right) => (cellKey(left) < cellKey(right) ? -1 : 1));
}
