import type { CoverageFilter } from '#shared/model/index.ts';

/** All cells. */
export const noCoverageFilter: CoverageFilter = {
  statuses: [],
  scopes: [],
  regions: [],
  kinds: [],
  permissions: [],
  text: '',
  onlyIncomplete: false,
};

/** Whether a filter leaves anything out. */
export function isFiltered(filter: CoverageFilter): boolean {
  return Object.values(filter).some((value) => (Array.isArray(value) ? value.length > 0 : value !== '' && value));
}
