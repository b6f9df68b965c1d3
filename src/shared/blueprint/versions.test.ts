import { describe, expect, it } from 'vitest';
import { compareVersions, highestVersion, isExactVersion, satisfiesRange, splitUse } from './index.ts';
import { isVersionRange } from './versions.ts';

describe('versions', () => {
  it.each([
    ['1.2.0', '1.2.3', false],
    ['^1.2', '1.9.0', true],
    ['~1.2.0', '1.3.0', false],
    ['1.x', '1.4.0', true],
    ['>=1.0.0,<2.0.0', '1.5.0', true],
    ['>=1.0.0, <2.0.0', '2.0.0', false],
    ['^1 || ^3', '3.1.0', true],
    ['*', '0.1.0', true],
    // A prerelease is taken only where the range itself names one of the same version.
    ['>=1.0.0', '1.1.0-rc.1', false],
    ['>=1.1.0-alpha', '1.1.0-rc.1', true],
  ])('in %s: %s, %s', (range, version, within) => {
    expect(isVersionRange(range)).toBe(true);
    expect(satisfiesRange(version, range)).toBe(within);
  });

  it.each(['latest!', '1.2.0 beta', '>>1', 'a.b.c'])('%s is no range, and nothing lies in it', (range) => {
    expect(isVersionRange(range)).toBe(false);
    expect(satisfiesRange('1.2.0', range)).toBe(false);
  });

  it('are exact when nothing else is meant', () => {
    expect(['1.2.0', '1.2.0-rc.1'].every(isExactVersion)).toBe(true);
    expect(['^1.2.0', '1.2', 'v1.2.0', '=1.2.0', 'main'].some(isExactVersion)).toBe(false);
  });

  it('are ordered, prereleases before their release, what is no version first', () => {
    const mixed = ['1.10.0', 'draft', '1.9.0', '1.10.0-rc.1'];
    expect(mixed.toSorted(compareVersions)).toEqual(['draft', '1.9.0', '1.10.0-rc.1', '1.10.0']);
  });

  it('give the highest in a range, and take a use apart', () => {
    expect(highestVersion(['1.0.0', '1.10.0', '1.9.0', '2.0.0', '1.11.0-rc.1'], '^1.0.0')).toBe('1.10.0');
    expect(highestVersion(['1.0.0'], '^2')).toBeNull();
    expect(splitUse('vpc@^1.2.0')).toEqual({ name: 'vpc', range: '^1.2.0' });
  });
});
