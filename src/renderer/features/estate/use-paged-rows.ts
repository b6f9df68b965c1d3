import { useQueries, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { WireError } from '#shared/errors/index.ts';
import { errorOf } from '../../rpc/index.ts';
import type { RowSource } from '../../ui/index.ts';

const usualPageSize = 200;

interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface PagedRows<Row> {
  readonly source: RowSource<Row>;
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly error: WireError | null;
  readonly retry: () => void;
}

type PageQuery<Answer> = (page: { offset: number; limit: number }) => UseQueryOptions<Answer, Error, Answer>;

/**
 * Rows that the engine counts and hands out page by page, as they come into view. `load` reads many at once; rows that
 * hold much come in smaller pages.
 */
export function usePagedRows<Row>(
  query: PageQuery<Page<Row>>,
  load?: RowSource<Row>['load'],
  pageSize = usualPageSize,
): PagedRows<Row> {
  const [pages, setPages] = useState<readonly number[]>([0]);
  const wanted = useMemo(() => [...new Set([0, ...pages])], [pages]);
  const combine = useCallback((results: UseQueryResult<Page<Row>>[]) => results, []);
  const results = useQueries({
    queries: wanted.map((page) => query({ offset: page * pageSize, limit: pageSize })),
    combine,
  });
  const counted = results.find((result) => result.data !== undefined)?.data?.total ?? null;
  // In another order or under another filter the table stays, and so does what has the focus in it.
  const [before, setBefore] = useState(counted);
  if (counted !== null && counted !== before) setBefore(counted);
  const total = counted ?? before;
  const failure = results.find((result) => result.error !== null && result.data === undefined)?.error ?? null;

  const onVisible = useCallback(
    (first: number, last: number) => {
      const from = Math.floor(first / pageSize);
      const to = Math.floor(last / pageSize);
      const next = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      setPages((current) => (current.join() === next.join() ? current : next));
    },
    [pageSize],
  );
  const source = useMemo<RowSource<Row>>(() => {
    const byPage = new Map(wanted.map((page, index) => [page, results[index]?.data?.rows]));
    return {
      count: total ?? 0,
      at: (index) => byPage.get(Math.floor(index / pageSize))?.[index % pageSize],
      onVisible,
      ...(load === undefined ? {} : { load }),
    };
  }, [wanted, results, total, onVisible, load, pageSize]);
  return {
    source,
    total,
    error: failure === null ? null : errorOf(failure),
    retry: () => {
      for (const result of results) void result.refetch();
    },
  };
}
