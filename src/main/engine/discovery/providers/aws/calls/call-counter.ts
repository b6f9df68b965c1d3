import type { CallCounts } from '#shared/model/index.ts';

interface Answer {
  readonly $metadata: unknown;
}

/** Counts the calls of one run, so that it can tell what it cost. */
export class CallCounter {
  #made = 0;
  #empty = 0;
  #refused = 0;
  #spared = 0;

  get counts(): CallCounts {
    return { made: this.#made, empty: this.#empty, throttled: this.#refused, spared: this.#spared };
  }

  sent(): void {
    this.#made += 1;
  }

  refused(): void {
    this.#refused += 1;
  }

  /** A page of a listing came; counted when it holds nothing. */
  listed(page: Answer): void {
    if (isEmptyPage(page)) this.#empty += 1;
  }

  /** Listings that a census made needless. */
  spare(listings: number): void {
    this.#spared += listings;
  }
}

/** A page is empty when none of its lists has a member: besides them it holds only tokens, names and totals. */
function isEmptyPage(page: Answer): boolean {
  return lists(page, 2).every((list) => list.length === 0);
}

/** The lists of an answer; some services put them one level down (`DistributionList.Items`). */
function lists(value: object, depth: number): unknown[][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (Array.isArray(inner)) return [inner as unknown[]];
    const deeper = depth > 1 && typeof inner === 'object' && inner !== null && name !== '$metadata';
    return deeper ? lists(inner, depth - 1) : [];
  });
}
