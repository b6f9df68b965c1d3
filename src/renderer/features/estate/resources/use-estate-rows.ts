import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { WireError } from '#shared/errors/index.ts';
import type { EstateFilter, ResourceRow } from '#shared/model/index.ts';
import { errorOf, useEngine, type Engine } from '../../../rpc/index.ts';
import { notifyFailed, type RowSource, type TableSort } from '../../../ui/index.ts';

const pageSize = 200;
/** As many rows as the engine gives in one answer. */
const mostAtOnce = 5000;

type SearchInput = Parameters<Engine['client']['estate']['search']>[0];
type SortBy = NonNullable<SearchInput['sort']>['by'];
type Page = Awaited<ReturnType<Engine['client']['estate']['search']>>;

export interface EstateRows {
  readonly source: RowSource<ResourceRow>;
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly error: WireError | null;
  readonly isFetching: boolean;
  readonly retry: () => void;
}

function sortOf({ by, descending }: TableSort): SearchInput['sort'] {
  return { by: by as SortBy, descending };
}

/** The rows under a filter, page by page as they come into view. The engine sorts and counts. */
export function useEstateRows(filter: EstateFilter, sort: TableSort): EstateRows {
  const { api, client } = useEngine();
  const [pages, setPages] = useState<readonly number[]>([0]);
  const wanted = useMemo(() => [...new Set([0, ...pages])], [pages]);
  const combine = useCallback((results: UseQueryResult<Page>[]) => results, []);
  const results = useQueries({
    queries: wanted.map((page) =>
      api.estate.search.queryOptions({
        input: {
          filter,
          sort: sortOf(sort),
          offset: page * pageSize,
          limit: pageSize,
        },
      }),
    ),
    combine,
  });
  const total = results.find((result) => result.data !== undefined)?.data?.total ?? null;
  const failure = results.find((result) => result.error !== null && result.data === undefined)?.error ?? null;

  const onVisible = useCallback((first: number, last: number) => {
    const from = Math.floor(first / pageSize);
    const to = Math.floor(last / pageSize);
    const next = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    setPages((current) => (current.join() === next.join() ? current : next));
  }, []);
  const load = useCallback(
    async (first: number, last: number) => {
      const rows: ResourceRow[] = [];
      try {
        for (let offset = first; offset <= last; offset += mostAtOnce) {
          const limit = Math.min(mostAtOnce, last - offset + 1);
          rows.push(...(await client.estate.search({ filter, sort: sortOf(sort), offset, limit })).rows);
        }
      } catch (thrown) {
        notifyFailed('The rows to select could not be read', errorOf(thrown));
        throw thrown;
      }
      return rows;
    },
    [client, filter, sort],
  );
  const source = useMemo<RowSource<ResourceRow>>(() => {
    const byPage = new Map(wanted.map((page, index) => [page, results[index]?.data?.rows]));
    return {
      count: total ?? 0,
      at: (index) => byPage.get(Math.floor(index / pageSize))?.[index % pageSize],
      onVisible,
      load,
    };
  }, [wanted, results, total, onVisible, load]);
  return {
    source,
    total,
    error: failure === null ? null : errorOf(failure),
    isFetching: results.some((result) => result.isFetching),
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
