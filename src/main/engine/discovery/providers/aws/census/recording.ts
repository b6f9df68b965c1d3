import type { Recorder } from './config-client.ts';

/** A recorder has seen everything once it has run so long: the first inventory of a large account takes hours. */
const settledMilliseconds = 24 * 3600 * 1000;

/**
 * Recorded with all others only where that is asked for.
 * Source: https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
 */
const identities: ReadonlySet<string> = new Set([
  'AWS::IAM::Group',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
]);

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
  const {
    allSupported,
    includeGlobalResourceTypes,
    resourceTypes = [],
    exclusionByResourceTypes,
    recordingStrategy,
  } = recordingGroup;
  const excluded: readonly string[] = exclusionByResourceTypes?.resourceTypes ?? [];
  switch (recordingStrategy?.useOnly) {
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !excluded.includes(type);
    case 'INCLUSION_BY_RESOURCE_TYPES':
      return (resourceTypes as readonly string[]).includes(type);
    default:
      if ((resourceTypes as readonly string[]).includes(type)) return true;
      return allSupported === true && (!identities.has(type) || includeGlobalResourceTypes === true);
  }
}

function isContinuous({ recordingMode }: Recorder['recorder'], type: string): boolean {
  const override = recordingMode?.recordingModeOverrides?.find(({ resourceTypes }) =>
    (resourceTypes as readonly string[] | undefined)?.includes(type),
  );
  return (override?.recordingFrequency ?? recordingMode?.recordingFrequency ?? 'CONTINUOUS') === 'CONTINUOUS';
}
