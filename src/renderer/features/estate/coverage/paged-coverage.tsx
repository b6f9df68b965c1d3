import type { ReactElement, ReactNode } from 'react';
import { FailedState, LoadingState } from '../../../ui/index.ts';
import estate from '../estate.module.css';
import type { PagedRows } from '../use-paged-rows.ts';

export interface PagedCoverageProps {
  rows: PagedRows<unknown>;
  /** What is said of one row and of several under a filter, such as “cells match”. */
  counted: { readonly one: string; readonly many: string };
  isFiltered: boolean;
  children: ReactNode;
}

/** A table whose rows come in pages: with its loading and failed states, and how many rows match. */
export function PagedCoverage({ rows, counted, isFiltered, children }: PagedCoverageProps): ReactElement {
  if (rows.error !== null) {
    return <FailedState title="The coverage could not be read" error={rows.error} onRetry={rows.retry} />;
  }
  if (rows.total === null) return <LoadingState what="Reading the coverage ledger" />;
  if (!isFiltered) return <>{children}</>;
  return (
    <div className={estate.pane}>
      <p className={estate.found} role="status">
        {rows.total.toLocaleString('en')} {rows.total === 1 ? counted.one : counted.many}
      </p>
      <div className={estate.fill}>{children}</div>
    </div>
  );
}
