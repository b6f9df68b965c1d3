import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { bytesText } from '#shared/base/bytes-text.ts';
import type { Run } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  absoluteText,
  Button,
  DataTable,
  durationText,
  EmptyState,
  RelativeTime,
  SplitPane,
  StatusBadge,
  type DataColumn,
} from '../../../ui/index.ts';
import { CompareView, type RunPair } from './compare/compare-view.tsx';
import { RemoveRunDialog } from './remove-run-dialog.tsx';
import { RunPanel } from './run-panel.tsx';
import { callsInBrief, callsText, cloudsText, toneOfRun } from './run-status.ts';

export interface RunsTabProps {
  shown: number | null;
  compared: RunPair | null;
  onCompare: (pair: RunPair | null) => void;
  /** Shows the estate as it stood after a run. */
  onAsOf: (run: number) => void;
  /** Leads to a resource on the map, now or as it stood after a run. */
  onResource: (id: string, asOf: number | null) => void;
  nameOfScope: (id: string) => string;
  onShow: (run: number) => void;
  onChangedSince: (run: number) => void;
  onCoverage: () => void;
  onMap: () => void;
}

/** Discovery runs, newest first, and the progress of the chosen one. */
export function RunsTab(props: RunsTabProps): ReactElement {
  const { api } = useEngine();
  const runs = useQuery(api.discovery.runs.queryOptions());
  const history = useQuery(api.runs.history.queryOptions());
  const [removing, setRemoving] = useState<number | null>(null);
  const kept = useMemo(() => new Map((history.data?.runs ?? []).map((one) => [one.run, one])), [history.data]);
  const columns = useMemo(() => runColumns((run) => kept.get(run)?.bytes ?? null), [kept]);
  return (
    <QueryView query={runs} loading="Reading the runs" failed="The runs could not be read">
      {(all) => {
        if (all.length === 0) {
          return (
            <EmptyState
              title="No run yet"
              icon={<History size={24} aria-hidden />}
              action={<Button onClick={props.onMap}>Map now</Button>}
            >
              A run is one pass over some accounts; it leaves facts and says what it could not read.
            </EmptyState>
          );
        }
        if (props.compared !== null) {
          return (
            <CompareView
              runs={all}
              pair={props.compared}
              nameOfScope={props.nameOfScope}
              onPair={props.onCompare}
              onResource={props.onResource}
            />
          );
        }
        const run = all.find((candidate) => candidate.id === props.shown) ?? all.find(isRunning) ?? newest(all);
        return (
          <>
            <SplitPane
              id="estate.runs"
              at="bottom"
              initial={320}
              min={160}
              max={700}
              label="Height of the run’s progress"
              closed={run === undefined}
              side={
                run === undefined ? null : (
                  <RunPanel
                    key={run.id}
                    run={run}
                    others={all.filter((other) => other.id !== run.id)}
                    onCompare={props.onCompare}
                    onAsOf={props.onAsOf}
                    nameOfScope={props.nameOfScope}
                    onChangedSince={props.onChangedSince}
                    onCoverage={props.onCoverage}
                    whole={kept.get(run.id)?.whole ?? true}
                    onRemove={setRemoving}
                  />
                )
              }
            >
              <DataTable
                id="estate.runs"
                label="Discovery runs"
                columns={columns}
                rows={all}
                rowId={(candidate) => String(candidate.id)}
                sort={{ by: 'id', descending: true }}
                active={run === undefined ? null : String(run.id)}
                onActive={(candidate) => props.onShow(candidate.id)}
              />
            </SplitPane>
            <RemoveRunDialog run={removing} onClose={() => setRemoving(null)} />
          </>
        );
      }}
    </QueryView>
  );
}

function isRunning(run: Run): boolean {
  return run.status === 'running';
}

function newest(runs: readonly Run[]): Run | undefined {
  return runs.toSorted((one, other) => other.id - one.id)[0];
}

/** In a window of 1,280 pixels all but the error are seen whole. */
function runColumns(bytesOf: (run: number) => number | null): readonly DataColumn<Run>[] {
  return [
    { id: 'id', title: 'Run', width: 58, align: 'end', cell: (run) => run.id, sortBy: (run) => run.id },
    {
      id: 'status',
      title: 'Status',
      width: 106,
      cell: (run) => <StatusBadge tone={toneOfRun(run.status)}>{run.status}</StatusBadge>,
      sortBy: (run) => run.status,
    },
    { id: 'source', title: 'Source', width: 58, cell: (run) => run.source, sortBy: (run) => run.source },
    { id: 'clouds', title: 'Clouds', width: 176, cell: cloudsText, sortBy: cloudsText },
    {
      id: 'started',
      title: 'Started',
      width: 104,
      cell: (run) => <RelativeTime at={run.startedAt} />,
      sortBy: (run) => run.startedAt,
    },
    {
      id: 'took',
      title: 'Took',
      width: 78,
      align: 'end',
      cell: (run) => (run.finishedAt === null ? '' : durationText(run.finishedAt - run.startedAt)),
      sortBy: (run) => (run.finishedAt === null ? null : run.finishedAt - run.startedAt),
    },
    {
      id: 'resources',
      title: 'Resources',
      width: 84,
      align: 'end',
      cell: (run) => run.resources,
      sortBy: (run) => run.resources,
    },
    {
      id: 'relationships',
      title: 'Relationships',
      width: 102,
      align: 'end',
      cell: (run) => run.relationships,
      sortBy: (run) => run.relationships,
    },
    {
      id: 'incomplete',
      title: 'Incomplete cells',
      width: 116,
      align: 'end',
      cell: (run) => `${run.incompleteCells} of ${run.cells}`,
      sortBy: (run) => run.incompleteCells,
    },
    {
      id: 'calls',
      title: 'Calls',
      width: 164,
      align: 'end',
      cell: (run) =>
        run.calls === undefined ? '' : <span title={callsText(run.calls)}>{callsInBrief(run.calls)}</span>,
      sortBy: (run) => run.calls?.made ?? null,
    },
    {
      id: 'size',
      title: 'Size',
      width: 82,
      align: 'end',
      cell: (run) => sizeText(bytesOf(run.id)),
      sortBy: (run) => bytesOf(run.id),
    },
    { id: 'error', title: 'Error', width: 300, cell: (run) => run.error ?? '' },
    { id: 'at', title: 'Exact time', width: 220, hidden: true, cell: (run) => absoluteText(run.startedAt) },
  ];
}

function sizeText(bytes: number | null): string {
  return bytes === null ? '' : bytesText(bytes);
}
