import type { CoverageStatus } from '#shared/model/index.ts';
import type { StatusTone } from '../../../ui/index.ts';

export interface CoverageLook {
  readonly mark: string;
  readonly word: string;
  readonly tone: StatusTone;
}

/** Sign, word and tone of a coverage cell. */
export function lookOfCoverage(status: CoverageStatus): CoverageLook {
  switch (status) {
    case 'complete':
      return { mark: '✓', word: 'complete', tone: 'good' };
    case 'denied':
      return { mark: '✕', word: 'denied', tone: 'bad' };
    case 'failed':
      return { mark: '✕', word: 'failed', tone: 'bad' };
    case 'throttled':
      return { mark: '!', word: 'throttled', tone: 'attention' };
    case 'timed-out':
      return { mark: '!', word: 'timed out', tone: 'attention' };
    case 'truncated':
      return { mark: '…', word: 'truncated', tone: 'attention' };
    case 'disabled':
      return { mark: '–', word: 'disabled', tone: 'neutral' };
    case 'partial':
      return { mark: '+', word: 'from an export', tone: 'unknown' };
    case 'not-tried':
      return { mark: '?', word: 'not tried', tone: 'unknown' };
  }
}
