import type { CoverageCell } from '../../../src/shared/model/index.ts';

/** How the relay treats what it passes on; set anew before each measured run. */
export interface RelaySettings {
  /** Every answer comes so many milliseconds later. */
  readonly latencyMilliseconds: number;
  /** Refuses calls above the limits that the services publish for each account × region. */
  readonly limited: boolean;
  /** A census over what was listed; none when absent. */
  readonly census?: Census;
}

/** Who knows where there is anything, and of what. */
export interface Census {
  /** An organization's aggregator of AWS Config, alone or with an index of Resource Explorer beside it. */
  readonly by: 'config' | 'config-and-explorer';
  readonly cells: readonly ListedCell[];
}

/** How much a listing of a kind brought in a place. */
export type ListedCell = Pick<CoverageCell, 'scope' | 'region' | 'kind' | 'rows'>;

/** What the relay saw since its settings were set. */
export interface RelayCounts {
  readonly calls: number;
  readonly throttled: number;
  readonly mostInFlight: number;
  /** Calls whose answer had not been recorded and came from the server behind. */
  readonly passedOn: number;
}

/** An account or region that is grown out of another one: the same answers under another name. */
export interface Mirror {
  readonly name: string;
  readonly of: string;
}

export interface RelayPlan {
  readonly upstream: string;
  readonly role: string;
  readonly accounts: readonly Mirror[];
  readonly regions: readonly Mirror[];
}

/** Where settings are put and counts are read. */
export const relayPath = '/groundplan-bench';

/** One way of doing the same listings; `patient` is `unlimited` without giving up. */
export const ways = ['groundplan', 'loop', 'unlimited', 'patient'] as const;
export type Way = (typeof ways)[number];

export interface WayPlan {
  readonly endpoint: string;
  readonly role: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** What one way found, for a census; Groundplan's own way tells it. */
export interface WayReport extends WayResult {
  readonly cells: readonly ListedCell[];
}

/** What one way took. */
export interface WayResult {
  readonly seconds: number;
  readonly resources: number;
  /** Listings that could not be completed. */
  readonly failed: number;
  /** Of the calls, those that brought nothing; null where they are not counted. */
  readonly empty: number | null;
  /** Listings that a census spared; null where there are none to spare. */
  readonly spared: number | null;
  readonly peakBytes: number;
}
