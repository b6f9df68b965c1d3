import { expect, test } from 'vitest';
import { recordsNow } from './recording.ts';

const now = Date.parse('2026-03-02T00:00:00Z');
const status = {
  name: 'default',
  recording: true,
  lastStatus: 'Success' as const,
  lastStartTime: new Date('2026-01-01T00:00:00Z'),
};
const all = { name: 'default', recordingGroup: { allSupported: true } };

function records(recorder: object, more: object = {}): boolean {
  return recordsNow({ recorder: { ...all, ...recorder }, status: { ...status, ...more } }, 'AWS::SQS::Queue', now);
}

test('a recorder of everything that runs well knows everything', () => {
  expect(records({})).toBe(true);
});

test.each([
  ['stopped', { recording: false }],
  ['failing', { lastStatus: 'Failure' }],
  ['not yet done with its first delivery', { lastStatus: 'Pending' }],
  ['new', { lastStartTime: new Date('2026-03-01T12:00:00Z') }],
  ['never started', { lastStartTime: undefined }],
])('one that is %s does not', (_what, more) => {
  expect(records({}, more)).toBe(false);
});

test.each([
  ['internal to a service', { recordingScope: 'INTERNAL' }, false],
  ['without a group', { recordingGroup: undefined }, false],
  ['of this type by name', { recordingGroup: { allSupported: false, resourceTypes: ['AWS::SQS::Queue'] } }, true],
  [
    'of other types by name',
    {
      recordingGroup: {
        resourceTypes: ['AWS::S3::Bucket'],
        recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      },
    },
    false,
  ],
  [
    'of all but this type',
    {
      recordingGroup: {
        exclusionByResourceTypes: { resourceTypes: ['AWS::SQS::Queue'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      },
    },
    false,
  ],
  ['that looks once a day', { recordingMode: { recordingFrequency: 'DAILY' } }, false],
  [
    'that looks at this type once a day',
    {
      recordingMode: {
        recordingFrequency: 'CONTINUOUS',
        recordingModeOverrides: [{ resourceTypes: ['AWS::SQS::Queue'], recordingFrequency: 'DAILY' }],
      },
    },
    false,
  ],
])('one %s: %#', (_what, recorder, expected) => {
  expect(records(recorder)).toBe(expected);
});

test.each([
  [{ allSupported: true }, false],
  [{ allSupported: true, includeGlobalResourceTypes: true }, true],
  [{ allSupported: false, resourceTypes: ['AWS::IAM::User'] as const }, true],
  [
    {
      recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      exclusionByResourceTypes: { resourceTypes: ['AWS::S3::Bucket'] },
    },
    true,
  ],
])('identities are recorded where that is said: %j', (recordingGroup, recorded) => {
  const recorder = { ...all, recordingGroup } as Parameters<typeof recordsNow>[0]['recorder'];
  expect(recordsNow({ recorder, status }, 'AWS::IAM::User', now)).toBe(recorded);
});
