import { allRegions } from '#shared/model/index.ts';
import type { SealedCell } from './ledger.ts';

/** What one run says about one cell. */
export interface CellRecord {
  readonly run: number;
  /** Higher for what was seen later; equal for all that one run saw at one time. */
  readonly age: number;
  readonly directory: string;
  readonly sealed: SealedCell;
}

/**
 * Records about one scope × kind whose regions overlap, newest first. Never empty. Where no listing ever covered
 * all regions at once these are the records of one cell; else they are all records of the scope × kind.
 */
export type CellChain = readonly CellRecord[];

/** The chains of each scope × kind, by `placeKey`. */
export type ChainsByPlace = ReadonlyMap<string, readonly CellChain[]>;

/** Scope × kind as one key. */
export function placeKey(place: { readonly scope: string; readonly kind: string }): string {
  return `${place.scope}\n${place.kind}`;
}

/** True when one of the chain's listings covered all regions at once. */
export function isWide(chain: CellChain): boolean {
  return chain.some((record) => record.sealed.cell.region === allRegions);
}

/** True for what an export added: it says nothing about what it does not hold. */
export function isAddition({ sealed: { cell } }: CellRecord): boolean {
  return cell.status === 'partial';
}

/** Newest first; of equal age what was listed for a region alone comes before what was listed for all. */
function byAge(left: CellRecord, right: CellRecord): number {
  if (left.age !== right.age) return right.age - left.age;
  return Number(left.sealed.cell.region === allRegions) - Number(right.sealed.cell.region === allRegions);
}

/** Links the records of all runs, given newest first, to chains. */
export function linkChains(records: Iterable<CellRecord>): ChainsByPlace {
  const places = new Map<string, Map<string, CellRecord[]>>();
  for (const record of records) {
    const { cell } = record.sealed;
    const key = placeKey(cell);
    let regions = places.get(key);
    if (regions === undefined) places.set(key, (regions = new Map()));
    const chain = regions.get(cell.region);
    if (chain === undefined) regions.set(cell.region, [record]);
    else chain.push(record);
  }
  const chains = new Map<string, readonly CellChain[]>();
  for (const [key, regions] of places) {
    const narrow = [...regions.values()];
    chains.set(key, regions.has(allRegions) ? [narrow.flat().sort(byAge)] : narrow);
  }
  return chains;
}

/** The chains in which a cell's resources may have been seen; with no region, or all of them, those of its place. */
export function chainsOf(
  chains: ChainsByPlace,
  cell: { readonly scope: string; readonly kind: string; readonly region?: string },
): readonly CellChain[] {
  const found = chains.get(placeKey(cell)) ?? [];
  const { region = allRegions } = cell;
  if (region === allRegions) return found;
  return found.filter((chain) => isWide(chain) || chain[0]?.sealed.cell.region === region);
}

/**
 * The newest record of each region; what a newer listing of all regions covers is left out. Additions count only where
 * nobody ever listed.
 */
export function newestRecords(chain: CellChain): readonly CellRecord[] {
  const regions = new Set<string>();
  const newest: CellRecord[] = [];
  let wide = Number.NEGATIVE_INFINITY;
  for (const record of chain) {
    const { region } = record.sealed.cell;
    if (record.age < wide) break;
    if (regions.has(region) || isAddition(record)) continue;
    regions.add(region);
    newest.push(record);
    if (region === allRegions) wide = record.age;
  }
  if (regions.has(allRegions)) return newest;
  for (const record of chain) {
    const { region } = record.sealed.cell;
    if (regions.has(region)) continue;
    regions.add(region);
    newest.push(record);
  }
  return newest;
}
