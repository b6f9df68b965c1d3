import type { CallCounts, Run, RunFocus } from '#shared/model/index.ts';

/**
 * A run that ended, in words: what it found, what it could not look at, and what it cost. `off` is how many of its
 * cells are of regions or services that are not enabled.
 */
export function describeRun(run: Run, off: number): string {
  const seconds = (((run.finishedAt ?? run.startedAt) - run.startedAt) / 1000).toFixed(1);
  const gaps = [
    ...(run.incompleteCells === 0 ? [] : [`${run.incompleteCells} of ${run.cells} listings could not be completed`]),
    ...(off === 0 ? [] : [`${off} of ${run.cells} listings are of regions or services that are not enabled`]),
  ];
  const missing =
    gaps.length === 0 ? 'Everything asked for was looked at.' : `${gaps.join('; ')}: see \`groundplan coverage\`.`;
  const calls = run.calls === undefined ? '' : ` ${describeCalls(run.calls)}`;
  const focus = run.focus === undefined ? '' : ` ${describeFocus(run.focus)}`;
  return `Run ${run.id} ${run.status}: ${run.resources} resources, ${run.relationships} relationships in ${seconds} s. ${missing}${focus}${calls}${run.error === null ? '' : `\n${run.error}`}`;
}

/** What the run was narrowed to. */
function describeFocus(focus: readonly RunFocus[]): string {
  const parts = focus.map(({ cloud, kinds, at }) => {
    const only = kinds.length === 0 ? [] : [`only ${kinds.join(', ')}`];
    return `${cloud} ${[...only, ...(at === null ? [] : [`as of ${new Date(at).toISOString()}`])].join(', ')}`;
  });
  return `Asked for: ${parts.join('; ')}.`;
}

/** What the run cost, and how much of it was for nothing. */
function describeCalls({ made, empty, spared, throttled }: CallCounts): string {
  const share = made === 0 ? 0 : Math.round((empty / made) * 100);
  const more = [
    ...(spared === 0 ? [] : [`${spared} spared by a census`]),
    ...(throttled === 0 ? [] : [`${throttled} refused as too many`]),
  ];
  return `${[`${made} ${made === 1 ? 'call' : 'calls'}, ${empty} of them empty (${share} %)`, ...more].join(', ')}.`;
}
