import type { CallCounts, Run, RunFocus, RunProgress } from '#shared/model/index.ts';
import { cloudText } from '../cloud-text.ts';
import type { StatusTone } from '../../../ui/index.ts';

export function toneOfRun(status: Run['status']): StatusTone {
  switch (status) {
    case 'running':
      return 'info';
    case 'complete':
      return 'good';
    case 'partial':
      return 'attention';
    case 'cancelled':
      return 'neutral';
    case 'failed':
      return 'bad';
  }
}

/** True for a run of the clouds that was cancelled, or cut off before its end. */
export function canResume({ source, status }: Pick<Run, 'source' | 'status'>): boolean {
  return source === 'live' && (status === 'cancelled' || status === 'failed');
}

/** The clouds that a run looked at or tells of, such as `AWS, Azure`. */
export function cloudsText({ clouds }: Pick<Run, 'clouds'>): string {
  return clouds.map(cloudText).join(', ');
}

/** The same in the width of a column; all of it stands with the run itself. */
export function callsInBrief({ made, empty }: CallCounts): string {
  return made === 0 ? 'none' : `${made.toLocaleString('en')}, ${Math.round((empty / made) * 100)} % empty`;
}

/** What a run cost in calls to the cloud, and how much of it was for nothing. */
export function callsText({ made, empty, spared, throttled }: CallCounts): string {
  if (made === 0) return 'none';
  const parts = [
    `${made}, ${empty} of them empty (${Math.round((empty / made) * 100)} %)`,
    spared === 0 ? null : `${spared} spared by a census`,
    throttled === 0 ? null : `${throttled} refused as too many`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** So many kinds are named. */
const mostKinds = 3;

/** What a run was narrowed to; a moment by `timeText`. */
export function focusText(focus: readonly RunFocus[], timeText: (at: number) => string): string {
  return focus
    .map(({ cloud, kinds, at }) => {
      const name = cloudText(cloud);
      const more = kinds.length > mostKinds ? ` and ${kinds.length - mostKinds} more` : '';
      const only = kinds.length === 0 ? [] : [`only ${kinds.slice(0, mostKinds).join(', ')}${more}`];
      return `${name}: ${[...only, ...(at === null ? [] : [`as of ${timeText(at)}`])].join(', ')}`;
    })
    .join('; ');
}

/** What a run does now, in words. */
export function phaseText(phase: RunProgress['phase']): string {
  switch (phase) {
    case 'accounts':
      return 'Finding the accounts';
    case 'regions':
      return 'Finding the regions';
    case 'listing':
      return 'Listing resources';
    case 'reading':
      return 'Reading the files';
    case 'writing':
      return 'Writing the facts';
    case 'graph':
      return 'Building the graph';
    case 'done':
      return 'Done';
  }
}

/** Done and total over all cells of a run's progress. */
export function overall(progress: RunProgress): { done: number; total: number; resources: number } {
  return progress.cells.reduce(
    (sum, cell) => ({
      done: sum.done + cell.done,
      total: sum.total + cell.total,
      resources: sum.resources + cell.resources,
    }),
    { done: 0, total: 0, resources: 0 },
  );
}
