import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { FailedState, LoadingState } from '../ui/index.ts';
import { errorOf } from './errors.ts';

export interface QueryViewProps<Data> {
  query: UseQueryResult<Data>;
  /** What is being read, for example “Reading the catalog”. */
  loading: string;
  /** What failed, for example “The catalog could not be read”. */
  failed: string;
  children: (data: Data) => ReactNode;
}

/** Shows a query's loading and failed states; with data, its children (also while it is read again). */
export function QueryView<Data>({ query, loading, failed, children }: QueryViewProps<Data>): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) {
    return <FailedState title={failed} error={errorOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  return <LoadingState what={loading} />;
}
