import * as fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { compareVersions, highestVersion, satisfiesRange, splitUse } from './index.ts';

const number = fc.integer({ min: 0, max: 3 });
const version = fc
  .tuple(number, number, number, fc.option(fc.constantFrom('alpha', 'rc.1', 'rc.2', '1'), { nil: undefined }))
  .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre === undefined ? '' : `-${pre}`}`);
const partial = fc
  .tuple(number, fc.option(number, { nil: undefined }), fc.option(number, { nil: undefined }))
  .map(([major, minor, patch]) =>
    [major, minor, minor === undefined ? undefined : patch].filter((n) => n !== undefined).join('.'),
  );
const comparator = fc
  .tuple(fc.constantFrom('', '^', '~', '>=', '<=', '>', '<', '='), fc.oneof(partial, version))
  .map(([operator, bound]) => `${operator}${bound}`);
const range = fc.oneof(
  fc.constantFrom('*', '1.x', '1.2.x'),
  comparator,
  fc.tuple(comparator, comparator).map((both) => both.join(' ')),
  fc.tuple(comparator, comparator).map((both) => both.join('||')),
);

describe('versions', () => {
  it('agree with npm on every range form we accept', () => {
    fc.assert(
      fc.property(version, range, (one, within) => {
        expect(satisfiesRange(one, within)).toBe(semver.satisfies(one, within));
      }),
      { numRuns: 5000 },
    );
  });

  it('are ordered as npm orders them', () => {
    fc.assert(
      fc.property(version, version, (left, right) => {
        expect(Math.sign(compareVersions(left, right))).toBe(semver.compare(left, right));
      }),
    );
  });

  it('give the highest in a range, and take a use apart', () => {
    expect(highestVersion(['1.0.0', '1.10.0', '1.9.0', '2.0.0', '1.11.0-rc.1'], '^1.0.0')).toBe('1.10.0');
    expect(highestVersion(['1.0.0'], '^2')).toBeNull();
    expect(splitUse('vpc@^1.2.0')).toEqual({ name: 'vpc', range: '^1.2.0' });
  });
});
