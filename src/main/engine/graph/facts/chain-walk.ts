import { allRegions } from '#shared/model/index.ts';
import type { CellRecord } from './chains.ts';

/** The newest run that did something to a region, for regions one by one and for all at once. */
interface RegionMarks {
  mark(region: string, run: number): void;
  /** True when a run after `run` marked the region. Of all regions: when it marked them all. */
  isMarkedAfter(region: string, run: number): boolean;
}

function createRegionMarks(): RegionMarks {
  const runs = new Map<string, number>();
  // Marks come newest run first, so the first one of a region is its newest.
  return {
    mark(region, run) {
      if (!runs.has(region)) runs.set(region, run);
    },
    isMarkedAfter(region, run) {
      return (runs.get(allRegions) ?? run) > run || (runs.get(region) ?? run) > run;
    },
  };
}

/**
 * Follows a chain from its newest record to its oldest. A complete record closes its region for older runs, one of
 * all regions closes them all; records of one run add up and close nothing for each other.
 */
export interface ChainWalk {
  /** False when newer runs leave this record nothing to say: it need not be read. */
  mayTell(record: CellRecord): boolean;
  /** True when this record may tell of a resource that lies in `region`. */
  tells(record: CellRecord, region: string): boolean;
  /** True when a newer run looked where this resource lies, and did not see it. */
  isStale(record: CellRecord, region: string): boolean;
  /** Goes on to older records. `final`: this one was listed to its end and can be read whole. */
  pass(record: CellRecord, final: boolean): void;
}

/** Of a listing of all regions a resource's own region counts; of any other the region that was listed. */
function regionIn({ sealed: { cell } }: CellRecord, region: string): string {
  return cell.region === allRegions ? region : cell.region;
}

export function createChainWalk(): ChainWalk {
  const closed = createRegionMarks();
  const looked = createRegionMarks();
  return {
    mayTell: ({ run, sealed: { cell } }) => !closed.isMarkedAfter(cell.region, run),
    tells: (record, region) => !closed.isMarkedAfter(regionIn(record, region), record.run),
    isStale: (record, region) => looked.isMarkedAfter(regionIn(record, region), record.run),
    pass({ run, sealed: { cell } }, final) {
      looked.mark(cell.region, run);
      if (final) closed.mark(cell.region, run);
    },
  };
}
