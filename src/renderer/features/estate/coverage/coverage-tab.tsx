import { skipToken, useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { completeShare, type Advice, type AdvisedCell, type ScopeNode } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  Checkbox,
  ColumnMenu,
  DataTable,
  EmptyState,
  SegmentedControl,
  ShortId,
  StatusBadge,
  Tooltip,
  type DataColumn,
} from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import estate from '../estate.module.css';
import { coverageMatrix, isIncomplete, missingPermissions, type CoverageRow } from './coverage-matrix.ts';
import { CoverageAdvice } from './coverage-advice.tsx';
import { lookOfCoverage } from './coverage-status.ts';
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
  const now = useQuery(api.discovery.coverage.queryOptions({ input: asOf === null ? {} : skipToken }));
  const past = useQuery(
    api.runs.coverage.queryOptions({ input: asOf === null ? skipToken : { asOf }, select: withoutAdvice }),
  );
  const coverage = asOf === null ? now : past;
  return (
    <QueryView query={coverage} loading="Reading the coverage ledger" failed="The coverage could not be read">
      {({ cells, advice }) =>
        cells.length === 0 ? (
          <EmptyState
            title="Nothing was mapped yet"
            icon={<Grid3x3 size={24} aria-hidden />}
            action={<Button onClick={onMap}>Map now</Button>}
          >
            Coverage says for every account, region and kind whether it could be read.
          </EmptyState>
        ) : (
          <Coverage cells={cells} advice={advice} scopes={scopes} />
        )
      }
    </QueryView>
  );
}

/** What was closed in the past is not to be granted now. */
function withoutAdvice({ cells }: { cells: AdvisedCell[] }): { cells: AdvisedCell[]; advice: Advice[] } {
  return { cells, advice: [] };
}

interface CoverageProps {
  cells: readonly AdvisedCell[];
  advice: readonly Advice[];
  scopes: readonly ScopeNode[];
}

function Coverage({ cells, advice, scopes }: CoverageProps): ReactElement {
  const [view, setView] = useState('matrix');
  const [onlyGaps, setOnlyGaps] = useState(false);
  const names = useMemo(() => new Map(scopes.map((scope) => [scope.id, scope.name])), [scopes]);
  const nameOf = (id: string) => names.get(id) ?? id;
  const shown = onlyGaps ? cells.filter((cell) => isIncomplete(cell.status)) : cells;
  const matrix = coverageMatrix(shown);
  const missing = missingPermissions(cells);
  const share = completeShare(cells);
  const gaps = cells.filter((cell) => isIncomplete(cell.status)).length;
  const columns = matrixColumns(matrix.kinds, nameOf);
  return (
    <div className={estate.pane}>
      <div className={classes.summary}>
        <strong>{share === null ? 'every region is disabled' : `${Math.floor(share * 1000) / 10} % complete`}</strong>
        <span className="gp-dimmed">
          {cells.length} cells, {gaps} incomplete, {missing} permissions missing
        </span>
        <SegmentedControl
          aria-label="How coverage is shown"
          value={view}
          onChange={setView}
          data={[
            { value: 'matrix', label: 'Matrix' },
            { value: 'list', label: 'List' },
          ]}
        />
        <Checkbox
          label="Only what is incomplete"
          checked={onlyGaps}
          onChange={(event) => setOnlyGaps(event.currentTarget.checked)}
        />
        {view === 'matrix' && <ColumnMenu id="coverage.matrix" columns={columns} />}
        <PoliciesButton />
      </div>
      {advice.length > 0 && <CoverageAdvice advice={advice} nameOf={nameOf} />}
      <div className={estate.fill}>
        {view === 'matrix' ? (
          <DataTable
            id="coverage.matrix"
            label="Coverage by account, region and kind"
            columns={columns}
            rows={matrix.rows}
            rowId={(row) => row.id}
            empty="Everything that is switched on could be read."
          />
        ) : (
          <DataTable
            id="coverage.list"
            label="Coverage cells"
            columns={listColumns(nameOf)}
            rows={shown}
            rowId={(cell) => `${cell.scope}|${cell.region}|${cell.kind}`}
            empty="Everything that is switched on could be read."
          />
        )}
      </div>
    </div>
  );
}

function matrixColumns(kinds: readonly string[], nameOf: (id: string) => string): DataColumn<CoverageRow>[] {
  return [
    { id: 'scope', title: 'Account', width: 150, cell: (row) => nameOf(row.scope), sortBy: (row) => nameOf(row.scope) },
    { id: 'region', title: 'Region', width: 120, cell: (row) => row.region, sortBy: (row) => row.region },
    {
      id: 'incomplete',
      title: 'Incomplete',
      width: 90,
      align: 'end',
      cell: (row) => row.incomplete,
      sortBy: (row) => row.incomplete,
    },
    ...kinds.map((kind): DataColumn<CoverageRow> => ({
      id: kind,
      title: kind.replace(/^(aws|azure|gcp)\./, ''),
      width: 96,
      cell: (row) => <Cell cell={row.cells.get(kind)} />,
    })),
  ];
}

function Cell({ cell }: { cell: AdvisedCell | undefined }): ReactElement {
  if (cell === undefined) return <span className="gp-dimmed">·</span>;
  const look = lookOfCoverage(cell.status);
  const text = [
    `${cell.kind}: ${look.word}`,
    cell.status === 'complete' ? seenText(cell) : null,
    cell.error,
    cell.advice ?? null,
  ].filter((part) => part !== null);
  return (
    <Tooltip label={text.join('. ')} multiline maw={420}>
      <span className={classes.cell}>
        <span className={`${classes.mark} ${classes[look.tone]}`} aria-hidden>
          {look.mark}
        </span>
        <span className="gp-hidden-text">{look.word}</span>
        {cell.rows > 0 && <span className="gp-dimmed">{cell.rows}</span>}
      </span>
    </Tooltip>
  );
}

/** What a complete cell rests on. */
function seenText({ rows, pages, vouchedBy }: AdvisedCell): string {
  return vouchedBy === undefined
    ? `${rows} resources in ${pages} pages`
    : `Not listed: the census of ${vouchedBy} holds none`;
}

function listColumns(nameOf: (id: string) => string): DataColumn<AdvisedCell>[] {
  return [
    {
      id: 'status',
      title: 'Status',
      width: 110,
      cell: (cell) => {
        const look = lookOfCoverage(cell.status);
        return <StatusBadge tone={look.tone}>{look.word}</StatusBadge>;
      },
      sortBy: (cell) => cell.status,
    },
    {
      id: 'scope',
      title: 'Account',
      width: 140,
      cell: (cell) => nameOf(cell.scope),
      sortBy: (cell) => nameOf(cell.scope),
    },
    { id: 'region', title: 'Region', width: 120, cell: (cell) => cell.region, sortBy: (cell) => cell.region },
    { id: 'kind', title: 'Kind', width: 190, cell: (cell) => cell.kind, sortBy: (cell) => cell.kind },
    { id: 'rows', title: 'Resources', width: 90, align: 'end', cell: (cell) => cell.rows, sortBy: (cell) => cell.rows },
    { id: 'run', title: 'Run', width: 60, align: 'end', cell: (cell) => cell.run, sortBy: (cell) => cell.run },
    {
      id: 'permission',
      title: 'Missing permission',
      width: 230,
      cell: (cell) => (cell.permission === null ? '' : <ShortId id={cell.permission} most={36} inTable />),
      sortBy: (cell) => cell.permission,
    },
    {
      id: 'advice',
      title: 'What opens it',
      width: 320,
      cell: (cell) => <span title={cell.advice ?? ''}>{cell.advice}</span>,
      sortBy: (cell) => cell.advice ?? null,
    },
    { id: 'error', title: 'Error', width: 420, cell: (cell) => <span title={cell.error ?? ''}>{cell.error}</span> },
  ];
}
