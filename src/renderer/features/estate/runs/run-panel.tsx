import { useMutation } from '@tanstack/react-query';
import { Play, Square, Trash2 } from 'lucide-react';
import { useMemo, type ReactElement } from 'react';
import type { Run, RunProgress } from '#shared/model/index.ts';
import { errorOf, useEngine, useStream } from '../../../rpc/index.ts';
import {
  absoluteText,
  ActionIcon,
  Button,
  DataTable,
  durationText,
  FailedNotice,
  Group,
  Menu,
  PartialNotice,
  Progress,
  RelativeTime,
  StatusBadge,
  useNow,
  type DataColumn,
} from '../../../ui/index.ts';
import { ImportReport } from '../../imports/index.ts';
import { lookOfCoverage } from '../coverage/coverage-status.ts';
import estate from '../estate.module.css';
import type { RunPair } from './compare/compare-view.tsx';
import { cloudOfScope, cloudText } from '../cloud-text.ts';
import { callsText, canResume, focusText, overall, phaseText, toneOfRun } from './run-status.ts';

type ProgressCell = RunProgress['cells'][number];

export interface RunPanelProps {
  run: Run;
  others: readonly Run[];
  /** False when the estate can not be shown any more as it stood after the run. */
  whole: boolean;
  nameOfScope: (id: string) => string;
  onCompare: (pair: RunPair) => void;
  onAsOf: (run: number) => void;
  onChangedSince: (run: number) => void;
  onCoverage: () => void;
  onRemove: (run: number) => void;
}

/** One run: live progress for each account × region while it runs, its result afterwards. */
export function RunPanel({
  run,
  others,
  whole,
  nameOfScope,
  onCompare,
  onAsOf,
  onChangedSince,
  onCoverage,
  onRemove,
}: RunPanelProps): ReactElement {
  const { api, client } = useEngine();
  const progress = useStream<RunProgress, RunProgress | null>({
    key: `run ${run.id} ${run.status === 'running' ? 'live' : 'ended'}`,
    open: (signal) => client.discovery.progress({ run: run.id }, { signal }),
    initial: null,
    fold: (_before, next) => next,
    resume: true,
  });
  const mixed = run.clouds.length > 1;
  const columns = useMemo(() => progressColumns(nameOfScope, mixed), [nameOfScope, mixed]);
  const cancel = useMutation(api.discovery.cancel.mutationOptions());
  const resume = useMutation(api.discovery.resume.mutationOptions());
  const shown = progress.value?.run ?? run;
  const running = shown.status === 'running';
  const isResumable = canResume(shown) && others.every((other) => other.id < run.id);
  return (
    <div className={estate.pane}>
      <Group gap={12} p={8} px={16}>
        <strong>Run {run.id}</strong>
        <StatusBadge tone={toneOfRun(shown.status)}>{shown.status}</StatusBadge>
        {progress.value !== null && running && <Overall progress={progress.value} />}
        <Elapsed run={shown} />
        {shown.calls !== undefined && <span className="gp-dimmed">calls: {callsText(shown.calls)}</span>}
        {shown.focus !== undefined && (
          <span className="gp-dimmed" title={shown.focus.flatMap(({ kinds }) => kinds).join('\n')}>
            {focusText(shown.focus, absoluteText)}
          </span>
        )}
        {running ? (
          <Button
            variant="default"
            leftSection={<Square size={12} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ run: run.id })}
          >
            Cancel
          </Button>
        ) : (
          <>
            {isResumable && (
              <Button
                leftSection={<Play size={12} aria-hidden />}
                loading={resume.isPending}
                onClick={() => resume.mutate({ run: run.id })}
              >
                Resume
              </Button>
            )}
            <Button variant="default" onClick={() => onChangedSince(run.id)}>
              What changed after it
            </Button>
            {others.some((other) => other.id > run.id) && (
              <Button
                variant="default"
                disabled={!whole}
                title={whole ? undefined : 'It rested on a run that was removed.'}
                onClick={() => onAsOf(run.id)}
              >
                The estate after it
              </Button>
            )}
            {others.length > 0 && <CompareMenu run={run} others={others} onCompare={onCompare} />}
            {shown.incompleteCells > 0 && (
              <Button variant="default" onClick={onCoverage}>
                {shown.incompleteCells} incomplete cells
              </Button>
            )}
            <ActionIcon
              variant="default"
              size={30}
              aria-label={`Remove run ${run.id}`}
              onClick={() => onRemove(run.id)}
            >
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          </>
        )}
      </Group>
      {shown.error !== null && (
        <Group px={16} pb={8}>
          <StatusBadge tone="bad">failed</StatusBadge> {shown.error}
        </Group>
      )}
      {(resume.data?.changes ?? []).length > 0 && <PartialNotice>{resume.data?.changes.join(' ')}</PartialNotice>}
      {resume.error !== null && <FailedNotice title="The run could not be resumed." error={errorOf(resume.error)} />}
      {cancel.error !== null && <FailedNotice title="The run could not be cancelled." error={errorOf(cancel.error)} />}
      {progress.status === 'failed' && progress.error !== null && running && (
        <FailedNotice title="The progress cannot be followed." error={progress.error} />
      )}
      {run.source === 'import' && !running ? (
        <div className={estate.fill} style={{ overflow: 'auto', padding: 16 }}>
          <ImportReport run={run.id} />
        </div>
      ) : (
        <div className={estate.fill}>
          <DataTable
            id="estate.progress"
            label={`Progress of run ${run.id}`}
            columns={columns}
            rows={progress.value?.cells ?? []}
            rowId={(cell) => `${cell.scope}|${cell.region}`}
            empty={
              running
                ? 'Finding out which accounts and regions there are…'
                : 'The progress of this run was not kept; Coverage has its result.'
            }
          />
        </div>
      )}
    </div>
  );
}

/** Compares the run with another one; the earlier of the two comes first. */
function CompareMenu(props: Pick<RunPanelProps, 'run' | 'others' | 'onCompare'>): ReactElement {
  const { run, others, onCompare } = props;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default">Compare with…</Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflow: 'auto' }}>
        {others.map((other) => (
          <Menu.Item
            key={other.id}
            onClick={() => onCompare({ from: Math.min(run.id, other.id), to: Math.max(run.id, other.id) })}
          >
            Run {other.id}, {absoluteText(other.startedAt)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Overall({ progress }: { progress: RunProgress }): ReactElement {
  const { done, total, resources } = overall(progress);
  const share = total === 0 ? 0 : (done / total) * 100;
  return (
    <span role="status">
      {phaseText(progress.phase)}: {done} of {total} cells ({Math.floor(share)} %), {resources} resources
    </span>
  );
}

function Elapsed({ run }: { run: Run }): ReactElement {
  const now = useNow(1000);
  return (
    <span className="gp-dimmed">
      {run.finishedAt === null ? (
        `for ${durationText(Math.max(0, now - run.startedAt))}`
      ) : (
        <>
          <RelativeTime at={run.finishedAt} />, took {durationText(run.finishedAt - run.startedAt)}
        </>
      )}
    </span>
  );
}

function progressColumns(nameOfScope: (id: string) => string, mixed: boolean): readonly DataColumn<ProgressCell>[] {
  // An account that was never in the graph has only the name that the run gave it.
  const nameOf = (cell: ProgressCell) => {
    const name = nameOfScope(cell.scope);
    return name === cell.scope ? cell.scopeName : name;
  };
  const cloudOf = ({ scope }: ProgressCell) => cloudText(cloudOfScope(scope));
  return [
    // Two clouds may have an account of one name.
    ...(mixed ? [{ id: 'cloud', title: 'Cloud', width: 112, cell: cloudOf, sortBy: cloudOf }] : []),
    { id: 'scope', title: 'Account', width: 160, cell: nameOf, sortBy: nameOf },
    { id: 'region', title: 'Region', width: 130, cell: (cell) => cell.region, sortBy: (cell) => cell.region },
    {
      id: 'done',
      title: 'Cells',
      width: 170,
      cell: (cell) => (
        <span style={{ display: 'flex', gap: 8, alignItems: 'center', height: 27 }}>
          <Progress
            style={{ flex: 1 }}
            size="sm"
            color="ink"
            value={cell.total === 0 ? 0 : (cell.done / cell.total) * 100}
            aria-label={`${nameOf(cell)} ${cell.region}`}
          />
          {cell.done}/{cell.total}
        </span>
      ),
      sortBy: (cell) => (cell.total === 0 ? 0 : cell.done / cell.total),
    },
    {
      id: 'resources',
      title: 'Resources',
      width: 90,
      align: 'end',
      cell: (cell) => cell.resources,
      sortBy: (cell) => cell.resources,
    },
    {
      id: 'worst',
      title: 'Worst cell',
      width: 120,
      cell: (cell) => {
        if (cell.worst === null) return '';
        const look = lookOfCoverage(cell.worst);
        return <StatusBadge tone={look.tone}>{look.word}</StatusBadge>;
      },
      sortBy: (cell) => cell.worst,
    },
    { id: 'doing', title: 'Now', width: 300, cell: (cell) => cell.doing ?? '' },
  ];
}
