import { useCallback } from 'react';
import type { EstateFilter, ResourceRow } from '#shared/model/index.ts';
import { errorOf, useEngine, type Engine } from '../../../rpc/index.ts';
import { notifyFailed, type TableSort } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { usePagedRows, type PagedRows } from '../use-paged-rows.ts';

/** As many rows as the engine gives in one answer. */
const mostAtOnce = 5000;

type SearchInput = Parameters<Engine['client']['estate']['search']>[0];
type SortBy = NonNullable<SearchInput['sort']>['by'];

function sortOf({ by, descending }: TableSort): SearchInput['sort'] {
  return { by: by as SortBy, descending };
}

/** The rows under a filter, page by page as they come into view. The engine sorts and counts. */
export function useEstateRows(filter: EstateFilter, sort: TableSort): PagedRows<ResourceRow> {
  const { api, client } = useEngine();
  const asOf = useAsOf();
  const load = useCallback(
    async (first: number, last: number) => {
      const rows: ResourceRow[] = [];
      try {
        for (let offset = first; offset <= last; offset += mostAtOnce) {
          const limit = Math.min(mostAtOnce, last - offset + 1);
          rows.push(...(await client.estate.search({ asOf, filter, sort: sortOf(sort), offset, limit })).rows);
        }
      } catch (thrown) {
        notifyFailed('The rows to select could not be read', errorOf(thrown));
        throw thrown;
      }
      return rows;
    },
    [client, asOf, filter, sort],
  );
  return usePagedRows<ResourceRow>(
    (page) => api.estate.search.queryOptions({ input: { asOf, filter, sort: sortOf(sort), ...page } }),
    load,
  );
}
