import type { CallRate } from '../../../pacing/token-bucket.ts';

/** How the inventory is asked: figures and where they are published. */
export interface InventoryLimits {
  readonly rate: CallRate;
  /** The most assets the API puts on a page; its default is 100. */
  readonly pageSize: number;
  /** How long to wait for one page. */
  readonly requestMilliseconds: number;
  /** Attempts per page, the first included. */
  readonly attempts: number;
  /** The longest first wait between attempts; it doubles with each, up to the longest of all. */
  readonly firstWaitMilliseconds: number;
  readonly longestWaitMilliseconds: number;
}

/**
 * ListAssets: 100 calls a minute for each project that asks, whatever it asks about
 * (https://cloud.google.com/asset-inventory/docs/quota). A burst is kept small, since the minute is Google's and
 * others may draw on the same project. Page size: https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list
 */
export const defaultLimits: InventoryLimits = {
  rate: { perSecond: 100 / 60, burst: 10 },
  pageSize: 1000,
  requestMilliseconds: 60_000,
  attempts: 6,
  firstWaitMilliseconds: 1_000,
  longestWaitMilliseconds: 32_000,
};
