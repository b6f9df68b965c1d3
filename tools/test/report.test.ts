import { describe, expect, test } from 'vitest';
import { readReport } from './report.ts';

const one = (title: string, status: string) => ({ ancestorTitles: ['the map'], title, status });
const report = (files: object[], failed: number) =>
  JSON.stringify({ numPassedTests: 1, numFailedTests: failed, testResults: files });

describe('the report of a suite', () => {
  test('names what failed and what was not run', () => {
    const file = {
      name: '/project/test/map.test.ts',
      status: 'failed',
      assertionResults: [one('is read', 'passed'), one('is drawn', 'failed'), one('is printed', 'skipped')],
    };
    expect(readReport('unit tests', report([file], 1), { code: 1, root: '/project' })).toEqual({
      passed: 1,
      failed: 1,
      wrong: ['test/map.test.ts: the map > is drawn'],
      left: ['test/map.test.ts: the map'],
    });
  });

  test('counts a file that could not be collected, by its name', () => {
    const broken = { name: '/project/test/broken.test.ts', status: 'failed', assertionResults: [] };
    expect(readReport('unit tests', report([broken], 0), { code: 1, root: '/project' })).toMatchObject({
      failed: 1,
      wrong: ['test/broken.test.ts: outside its tests'],
    });
  });

  test('counts a run that ended badly although no file did', () => {
    expect(readReport('unit tests', report([], 0), { code: 1, root: '/project' })).toMatchObject({
      failed: 1,
      wrong: ['unit tests: outside the test files'],
    });
  });

  test('is refused when it is not one', () => {
    expect(() => readReport('unit tests', '{}', { code: 0, root: '/project' })).toThrow('numPassedTests');
  });
});
