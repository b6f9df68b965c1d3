import type { ComparedRuns } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { allRegions, type RunChange, type RunGap } from '#shared/model/index.ts';
import type { CellRecord } from '../chains.ts';
import type { FactIndex } from '../fact-index.ts';
import { cellKey } from '../layout.ts';
import { parseHead, type HeadLine } from '../lines.ts';
import { inOrder } from '#shared/base/in-order.ts';
import { createOwnership, type OwnsScope } from '../ownership.ts';
import { createPartReader } from '../parts.ts';
import { comparePlace, type ComparedPlace } from './compare-place.ts';
import type { PlaceOptions, Sighting } from './place-text.ts';
import { readAttributes, type Found } from './read-attributes.ts';
import { runCoverage, type RunCoverage } from './run-coverage.ts';

export interface RunPair {
  readonly from: number;
  readonly to: number;
}

/** Records of a run by kind, then scope. */
type ByKind = ReadonlyMap<string, ReadonlyMap<string, readonly CellRecord[]>>;

function byKind(records: readonly CellRecord[]): ByKind {
  const kinds = new Map<string, Map<string, CellRecord[]>>();
  for (const record of records) {
    const { scope, kind } = record.sealed.cell;
    let scopes = kinds.get(kind);
    if (scopes === undefined) kinds.set(kind, (scopes = new Map()));
    const known = scopes.get(scope);
    if (known === undefined) scopes.set(scope, [record]);
    else known.push(record);
  }
  return kinds;
}

function recordsOf(index: FactIndex, run: number): readonly CellRecord[] {
  const records = index.records.get(run);
  if (records !== undefined) return records;
  throw new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.', details: { run } });
}

/** A resource that one run alone saw, and the records that saw it. */
interface OneSided {
  readonly row: Found['row'];
  readonly records: readonly CellRecord[];
}

interface Compared {
  readonly found: readonly Found[];
  readonly gone: readonly OneSided[];
  readonly fresh: readonly OneSided[];
  readonly unchanged: number;
  readonly partly: number;
}

/**
 * Compares what two runs themselves saw. A resource is gone when every cell that saw it was complete in the later run,
 * and new when every cell that sees it was complete in the earlier one; elsewhere nothing can be told, and the gaps
 * say where and why.
 */
export async function compareRuns(index: FactIndex, { from, to }: RunPair, signal: AbortSignal): Promise<ComparedRuns> {
  const [before, after] = [recordsOf(index, from), recordsOf(index, to)];
  const [kindsBefore, kindsAfter] = [byKind(before), byKind(after)];
  const damaged = new Set<CellRecord>();
  const options: PlaceOptions = { parts: createPartReader(), damaged };
  const owns = createOwnership(index.scopes);
  const compared: Compared[] = [];
  for (const kind of new Set([...kindsBefore.keys(), ...kindsAfter.keys()])) {
    signal.throwIfAborted();
    const sides = { before: kindsBefore.get(kind) ?? new Map(), after: kindsAfter.get(kind) ?? new Map() };
    compared.push(await compareKind(sides, { ...options, owns }));
  }
  const coverage = { before: runCoverage(from, before, damaged), after: runCoverage(to, after, damaged) };
  const [removed, notGone] = verdicts(
    compared.flatMap(({ gone }) => gone),
    coverage.after,
  );
  const [added, notNew] = verdicts(
    compared.flatMap(({ fresh }) => fresh),
    coverage.before,
  );
  const found = [...compared.flatMap((one) => one.found), ...removed, ...added].sort(byPlace);
  return {
    differences: found.map(({ row }) => row),
    unchanged: compared.reduce((sum, one) => sum + one.unchanged, 0),
    unknown: notGone + notNew + compared.reduce((sum, one) => sum + one.partly, 0),
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

/** Reading and unpacking one place goes on in other threads while another is compared. */
const placesInFlight = 4;

interface KindSides {
  readonly before: ReadonlyMap<string, readonly CellRecord[]>;
  readonly after: ReadonlyMap<string, readonly CellRecord[]>;
}

async function compareKind(sides: KindSides, options: PlaceOptions & { readonly owns: OwnsScope }): Promise<Compared> {
  const places: ComparedPlace[] = [];
  const scopes = new Set([...sides.before.keys(), ...sides.after.keys()]);
  const compare = (scope: string) => comparePlace(sides.before.get(scope) ?? [], sides.after.get(scope) ?? [], options);
  for await (const place of inOrder(scopes, placesInFlight, compare)) places.push(place);
  const sum = (of: 'unchanged' | 'partly') => places.reduce((total, place) => total + place[of], 0);
  return {
    found: changedOf(places, options.owns),
    gone: await seenOnce(places, { which: 'gone', change: 'removed', seen: (place, ids) => place.seenAfter(ids) }),
    fresh: await seenOnce(places, { which: 'fresh', change: 'added', seen: (place, ids) => place.seenBefore(ids) }),
    unchanged: sum('unchanged'),
    partly: sum('partly'),
  };
}

interface OneSide {
  readonly which: 'gone' | 'fresh';
  readonly change: RunChange;
  /** What the other run saw of some ids. */
  readonly seen: (place: ComparedPlace, ids: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
}

/** The resources that one run alone saw. One shared between scopes is there as long as one of them sees it. */
async function seenOnce(places: readonly ComparedPlace[], { which, change, seen }: OneSide): Promise<OneSided[]> {
  const found = new Map<string, Sighting[]>();
  for (const [id, sighting] of places.flatMap((place) => [...place[which]])) {
    const known = found.get(id);
    if (known === undefined) found.set(id, [sighting]);
    else known.push(sighting);
  }
  if (places.length > 1 && found.size > 0) {
    const ids = new Set(found.keys());
    for (const place of places) for (const id of await seen(place, ids)) found.delete(id);
  }
  return [...found.values()].flatMap((sightings) => {
    const [first] = sightings;
    if (first === undefined) return [];
    return [{ row: rowOf(change, parseHead(first.line)), records: sightings.map(({ record }) => record) }];
  });
}

/** Each changed resource once; of several scopes that saw the change its owner's word counts. */
function changedOf(places: readonly ComparedPlace[], owns: OwnsScope): readonly Found[] {
  const found = new Map<string, Found>();
  for (const { id, before, after } of places.flatMap(({ changed }) => changed)) {
    const row = rowOf('changed', parseHead(after.line));
    if (found.has(id) && !owns(after.record.sealed.cell.scope, row.scopeId)) continue;
    found.set(id, { row, sides: { before: before.record, after: after.record } });
  }
  return [...found.values()];
}

function rowOf(change: RunChange, head: HeadLine): Found['row'] {
  const { id, cloud, kind, name, nativeId, scopeId, region } = head;
  return { change, id, cloud, kind, name, nativeId, scopeId, region };
}

/** Who is certainly gone or new by the other run's word, and how many are not certain. */
function verdicts(resources: readonly OneSided[], other: RunCoverage): readonly [readonly Found[], number] {
  const certain = resources.filter(({ row, records }) =>
    records.every(({ sealed: { cell } }) => {
      const region = cell.region === allRegions ? row.region : cell.region;
      return other.missing({ scope: cell.scope, kind: cell.kind, region }) === null;
    }),
  );
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

const order = ['kind', 'scopeId', 'region', 'name', 'id'] as const;

function byPlace({ row: left }: Found, { row: right }: Found): number {
  const field = order.find((name) => left[name] !== right[name]);
  if (field === undefined) return 0;
  return left[field] < right[field] ? -1 : 1;
}
