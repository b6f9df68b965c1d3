import type { Recorder } from './client.ts';

/** A recorder has seen everything once it has run so long: the first inventory of a large account takes hours. */
const settledMilliseconds = 24 * 3600 * 1000;

/**
 * Whether a recorder knows at this moment of every resource of a type: it runs and has for a day, its last delivery
 * went well, and it records the type whenever it changes rather than once a day.
 */
export function recordsNow({ recorder, status }: Recorder, type: string, now: number): boolean {
  if (status.recording !== true || status.lastStatus?.toUpperCase() !== 'SUCCESS') return false;
  const started = status.lastStartTime?.getTime();
  if (started === undefined || now - started < settledMilliseconds) return false;
  return isChosen(recorder, type) && isContinuous(recorder, type);
}

function isChosen({ recordingGroup, recordingScope }: Recorder['recorder'], type: string): boolean {
  // A recorder of a service, which keeps what it records to itself.
  if (recordingScope === 'INTERNAL') return false;
  if (recordingGroup === undefined) return false;
  const { allSupported, resourceTypes = [], exclusionByResourceTypes, recordingStrategy } = recordingGroup;
  const excluded: readonly string[] = exclusionByResourceTypes?.resourceTypes ?? [];
  switch (recordingStrategy?.useOnly) {
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !excluded.includes(type);
    case 'INCLUSION_BY_RESOURCE_TYPES':
      return (resourceTypes as readonly string[]).includes(type);
    default:
      return allSupported === true || (resourceTypes as readonly string[]).includes(type);
  }
}

function isContinuous({ recordingMode }: Recorder['recorder'], type: string): boolean {
  const override = recordingMode?.recordingModeOverrides?.find(({ resourceTypes }) =>
    (resourceTypes as readonly string[] | undefined)?.includes(type),
  );
  return (override?.recordingFrequency ?? recordingMode?.recordingFrequency ?? 'CONTINUOUS') === 'CONTINUOUS';
}
