import type { SplitCheck } from '#shared/model/index.ts';

/** The points of a proof that only a state and the tool can prove, in the order they are looked at. */
const statePoints = {
  instances: 'Every instance of the old state is in exactly one of the new ones',
  attributes: 'Attributes, private data, schema version and provider of each instance are the same',
  valid: 'The tool accepts every part',
  plans: 'The plan of every part changes nothing',
  drift: 'What had drifted before has drifted after, and nothing else',
  wayBack: 'The way back is backed up and tested',
} as const;
export type StatePoint = keyof typeof statePoints;

const ids: Readonly<Record<StatePoint, string>> = {
  instances: 'instances',
  attributes: 'attributes',
  valid: 'valid',
  plans: 'plans',
  drift: 'drift',
  wayBack: 'way-back',
};

/** A point that could not be looked at, and why. */
export function openPoint(
  point: StatePoint,
  status: Exclude<SplitCheck['status'], 'proven' | 'failed'>,
  detail: string,
): SplitCheck {
  return { id: ids[point], title: statePoints[point], status, detail, findings: [] };
}

/** A point that was looked at; proven when nothing was found. */
export function provenPoint(point: StatePoint, detail: string, findings: readonly string[]): SplitCheck {
  const status = findings.length === 0 ? 'proven' : 'failed';
  return { id: ids[point], title: statePoints[point], status, detail, findings: [...findings] };
}

/** All of them, while only the code was looked at. */
export function pointsWithoutState(): readonly SplitCheck[] {
  const detail = 'only the code was looked at; give a state, or let it be pulled';
  return (Object.keys(statePoints) as StatePoint[]).map((point) => openPoint(point, 'needs-state', detail));
}
