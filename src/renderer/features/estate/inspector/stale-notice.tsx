import type { ReactElement } from 'react';
import type { ResourceDetail } from '#shared/model/index.ts';
import { PartialNotice } from '../../../ui/index.ts';
import { lookOfCoverage } from '../coverage/coverage-status.ts';

/** Says of a stale resource which run saw it last, and why the later one could not tell whether it is still there. */
export function StaleNotice({ detail: { row, unseenBy } }: { detail: ResourceDetail }): ReactElement | null {
  if (!row.stale) return null;
  return (
    <PartialNotice>
      Last seen in run {row.lastRun}; it may have changed or be gone since.
      {unseenBy !== null && (
        <>
          {' '}
          Run {unseenBy.run} could not list {unseenBy.kind} here: {lookOfCoverage(unseenBy.status).word}
          {unseenBy.error === null ? '.' : `, ${unseenBy.error}`}
          {unseenBy.permission !== null && ` The missing permission is ${unseenBy.permission}.`}
        </>
      )}
    </PartialNotice>
  );
}
