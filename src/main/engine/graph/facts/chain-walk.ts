import { allRegions } from '#shared/model/index.ts';
import { isAddition, type CellRecord } from './chains.ts';

/** How late something was last done to a region, for regions one by one and for all at once. */
interface RegionMarks {
  mark(region: string, age: number): void;
  /** True when the region was marked later than `age`. Of all regions: when they were marked all at once. */
  isMarkedAfter(region: string, age: number): boolean;
}

function createRegionMarks(): RegionMarks {
  const marks = new Map<string, number>();
  // Marks come newest first, so the first one of a region is its newest.
  return {
    mark(region, age) {
      if (!marks.has(region)) marks.set(region, age);
    },
    isMarkedAfter(region, age) {
      return (marks.get(allRegions) ?? age) > age || (marks.get(region) ?? age) > age;
    },
  };
}

/**
 * Follows a chain from its newest record to its oldest. A complete record closes its region for older ones, one of
 * all regions closes them all; records of one age add up and close nothing for each other.
 */
export interface ChainWalk {
  /** False when newer records leave this record nothing to say: it need not be read. */
  mayTell(record: CellRecord): boolean;
  /** True when this record may tell of a resource that lies in `region`. */
  tells(record: CellRecord, region: string): boolean;
  /** True when a newer listing looked where this resource lies, and did not see it. */
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
    mayTell: ({ age, sealed: { cell } }) => !closed.isMarkedAfter(cell.region, age),
    tells: (record, region) => !closed.isMarkedAfter(regionIn(record, region), record.age),
    isStale: (record, region) => looked.isMarkedAfter(regionIn(record, region), record.age),
    pass(record, final) {
      const { region } = record.sealed.cell;
      if (!isAddition(record)) looked.mark(region, record.age);
      if (final) closed.mark(region, record.age);
    },
  };
}
