import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { useCallback, useMemo, type ReactElement } from 'react';
import type { CoverageSummary, ScopeNode } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import { Button, EmptyState, SegmentedControl, useRemembered } from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import { areSeveralClouds, cloudText } from '../cloud-text.ts';
import estate from '../estate.module.css';
import { CoverageAdvice } from './coverage-advice.tsx';
import { CoverageFilterBar } from './coverage-filter-bar.tsx';
import { CoverageList } from './coverage-list.tsx';
import { CoverageMatrix } from './coverage-matrix.tsx';
import { isFiltered, noCoverageFilter } from './no-coverage-filter.ts';
import { PoliciesButton } from './policies-button.tsx';
import classes from './coverage.module.css';

export interface CoverageTabProps {
  scopes: readonly ScopeNode[];
  onMap: () => void;
}

/** What could be read and what not, for each scope × region × kind, with every missing permission by name. */
export function CoverageTab({ scopes, onMap }: CoverageTabProps): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const summary = useQuery(api.coverage.summary.queryOptions({ input: { asOf } }));
  const names = useMemo(() => new Map(scopes.map((scope) => [scope.id, scope.name])), [scopes]);
  const nameOf = useCallback((id: string) => names.get(id) ?? id, [names]);
  const clouds = useMemo(() => new Map(scopes.map((scope) => [scope.id, scope.cloud])), [scopes]);
  const mixed = areSeveralClouds(clouds.values());
  const labelOf = useCallback(
    (id: string) => {
      const cloud = mixed ? clouds.get(id) : undefined;
      return cloud === undefined ? nameOf(id) : `${nameOf(id)}, ${cloudText(cloud)}`;
    },
    [clouds, mixed, nameOf],
  );
  return (
    <QueryView query={summary} loading="Reading the coverage ledger" failed="The coverage could not be read">
      {(counts) =>
        counts.cells === 0 ? (
          <EmptyState
            title="Nothing was mapped yet"
            icon={<Grid3x3 size={24} aria-hidden />}
            action={<Button onClick={onMap}>Map now</Button>}
          >
            Coverage says for every account, region and kind whether it could be read.
          </EmptyState>
        ) : (
          <Coverage summary={counts} nameOf={nameOf} labelOf={labelOf} />
        )
      }
    </QueryView>
  );
}

interface CoverageProps {
  summary: CoverageSummary;
  nameOf: (scope: string) => string;
  /** The name with its cloud, where there are several: two may have an account of one name. */
  labelOf: (scope: string) => string;
}

/** The counts of all cells, and below them the cells under the filter: only those on screen are asked for. */
function Coverage({ summary, nameOf, labelOf }: CoverageProps): ReactElement {
  const asOf = useAsOf();
  const [view, setView] = useRemembered('coverage.view', 'matrix');
  const [filter, setFilter] = useRemembered('coverage.filter', noCoverageFilter);
  const shown = { asOf, filter, nameOf, onClear: isFiltered(filter) ? () => setFilter(noCoverageFilter) : null };
  return (
    <div className={estate.pane}>
      <div className={classes.summary}>
        <strong>
          {summary.share === null ? 'every region is disabled' : `${Math.floor(summary.share * 1000) / 10} % complete`}
        </strong>
        <span className="gp-dimmed">{countsText(summary)}</span>
        <SegmentedControl
          aria-label="How coverage is shown"
          value={view}
          onChange={setView}
          data={[
            { value: 'matrix', label: 'Matrix' },
            { value: 'list', label: 'List' },
          ]}
        />
        <PoliciesButton />
        <CoverageFilterBar filter={filter} nameOf={labelOf} onFilter={setFilter} />
      </div>
      {asOf === null && <CoverageAdvice filter={filter} nameOf={labelOf} onFilter={setFilter} />}
      <div className={estate.fill}>
        {view === 'matrix' ? <CoverageMatrix {...shown} /> : <CoverageList {...shown} />}
      </div>
    </div>
  );
}

function countsText({ cells, incomplete, missingPermissions }: CoverageSummary): string {
  const number = (value: number) => value.toLocaleString('en');
  const missing = `${number(missingPermissions)} ${missingPermissions === 1 ? 'permission' : 'permissions'} missing`;
  return `${number(cells)} ${cells === 1 ? 'cell' : 'cells'}, ${number(incomplete)} incomplete, ${missing}`;
}
