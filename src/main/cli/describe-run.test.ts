import { describe, expect, it } from 'vitest';
import type { Run } from '#shared/model/index.ts';
import { describeRun } from './describe-run.ts';

const run: Run = {
  id: 3,
  source: 'live',
  clouds: ['aws'],
  status: 'complete',
  startedAt: 1000,
  finishedAt: 3500,
  appVersion: '0.0.0',
  resources: 12,
  relationships: 20,
  cells: 4,
  incompleteCells: 0,
  error: null,
};

describe('a run in words', () => {
  it('says that everything was looked at only where it was', () => {
    expect(describeRun(run, 0)).toBe(
      'Run 3 complete: 12 resources, 20 relationships in 2.5 s. Everything asked for was looked at.',
    );
  });

  it('says what it was narrowed to', () => {
    const focus = [{ cloud: 'gcp' as const, kinds: ['gcp.storage.bucket'], at: Date.UTC(2026, 10, 20) }];
    expect(describeRun({ ...run, focus }, 0)).toContain(
      ' Asked for: gcp only gcp.storage.bucket, as of 2026-11-20T00:00:00.000Z.',
    );
  });

  it('says how many calls it took, and how many of them were for nothing', () => {
    const calls = { made: 200, empty: 50, throttled: 2, spared: 0 };
    expect(describeRun({ ...run, calls }, 0)).toContain(' 200 calls, 50 of them empty (25 %), 2 refused as too many.');
  });

  it('tells what is not enabled apart from what could not be completed', () => {
    const text = describeRun({ ...run, status: 'partial', incompleteCells: 1 }, 2);
    expect(text).toContain('1 of 4 listings could not be completed');
    expect(text).toContain('2 of 4 listings are of regions or services that are not enabled');
    expect(text).not.toContain('Everything');
  });
});
