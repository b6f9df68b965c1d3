interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: readonly string[];
}

interface Comparator {
  readonly operator: '<' | '<=' | '>' | '>=' | '=';
  readonly version: Version;
}

const versionPattern = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const partialPattern = /^(\^|~|>=|<=|>|<|=)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([0-9A-Za-z.-]+))?$/;

function parseVersion(text: string): Version | null {
  const match = versionPattern.exec(text);
  if (match === null) return null;
  const [, major, minor, patch, prerelease] = match;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    prerelease: prerelease === undefined ? [] : prerelease.split('.'),
  };
}

function comparePrerelease(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [a, b] = [left[index], right[index]];
    if (a === undefined) return -1;
    if (b === undefined) return 1;
    if (a === b) continue;
    const [numericA, numericB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (numericA && numericB) return Number(a) - Number(b);
    if (numericA !== numericB) return numericA ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return 0;
}

function compare(left: Version, right: Version): number {
  for (const index of [0, 1, 2] as const) {
    const difference = left.numbers[index] - right.numbers[index];
    if (difference !== 0) return difference;
  }
  return comparePrerelease(left.prerelease, right.prerelease);
}

/** Orders two semantic versions (semver.org, rule 11); texts that are none come first. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return compare(a, b);
}

function release(major: number, minor: number, patch: number): Version {
  return { numbers: [major, minor, patch], prerelease: [] };
}

/** The first version after everything that shares the given leading numbers. */
function after(numbers: readonly number[]): Version {
  const [major = 0, minor = 0] = numbers;
  if (numbers.length === 1) return release(major + 1, 0, 0);
  return numbers.length === 2 ? release(major, minor + 1, 0) : release(major, minor, (numbers[2] ?? 0) + 1);
}

function between(low: Version, high: Version): readonly Comparator[] {
  // "-0" is the lowest prerelease: an upper bound keeps prereleases of the next version out.
  return [
    { operator: '>=', version: low },
    { operator: '<', version: { ...high, prerelease: ['0'] } },
  ];
}

function caret(numbers: readonly number[], low: Version): readonly Comparator[] {
  const [major = 0, minor = 0] = numbers;
  if (major > 0 || numbers.length === 1) return between(low, after([major]));
  return minor > 0 || numbers.length === 2 ? between(low, after([major, minor])) : between(low, after(numbers));
}

function parseComparator(text: string): readonly Comparator[] | null {
  if (text === '*' || text === '') return [];
  const match = partialPattern.exec(text);
  if (match === null) return null;
  const [, operator = '', ...pieces] = match;
  const numbers: number[] = [];
  for (const piece of pieces.slice(0, 3)) {
    if (piece === undefined || !/^\d+$/.test(piece)) break;
    numbers.push(Number(piece));
  }
  if (numbers.length === 0) return operator === '<' || operator === '>' ? null : [];
  const [major = 0, minor = 0, patch = 0] = numbers;
  const prerelease = pieces[3]?.split('.') ?? [];
  const low: Version = { numbers: [major, minor, patch], prerelease };
  const whole = numbers.length === 3;
  switch (operator) {
    case '^':
      return caret(numbers, low);
    case '~':
      return between(low, after(numbers.length === 1 ? numbers : numbers.slice(0, 2)));
    case '>=':
      return [{ operator, version: low }];
    case '<':
      return [{ operator, version: whole ? low : { ...low, prerelease: ['0'] } }];
    case '>':
      return [whole ? { operator, version: low } : { operator: '>=', version: after(numbers) }];
    case '<=':
      return [
        whole ? { operator, version: low } : { operator: '<', version: { ...after(numbers), prerelease: ['0'] } },
      ];
    default:
      return whole ? [{ operator: '=', version: low }] : between(low, after(numbers));
  }
}

function meets(version: Version, { operator, version: bound }: Comparator): boolean {
  const order = compare(version, bound);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
  }
}

/** A prerelease is taken only where the range itself names a prerelease of the same version, as npm does. */
function admitsPrerelease(version: Version, comparators: readonly Comparator[]): boolean {
  if (version.prerelease.length === 0) return true;
  return comparators.some(
    ({ version: bound }) =>
      bound.prerelease.length > 0 &&
      bound.prerelease[0] !== '0' &&
      bound.numbers.every((number, index) => number === version.numbers[index]),
  );
}

function parseRange(range: string): readonly (readonly Comparator[])[] | null {
  const alternatives: (readonly Comparator[])[] = [];
  for (const alternative of range.split('||')) {
    const comparators: Comparator[] = [];
    for (const part of alternative.trim().split(/[\s,]+/)) {
      const parsed = parseComparator(part);
      if (parsed === null) return null;
      comparators.push(...parsed);
    }
    alternatives.push(comparators);
  }
  return alternatives;
}

/** True for `1.2.0`, `^1.2`, `~1.2.0`, `1.x`, `>=1.0.0,<2.0.0`, `*`, and alternatives with `||`. */
export function isVersionRange(range: string): boolean {
  return parseRange(range) !== null;
}

/** True when the text is one exact version, not a range. */
export function isExactVersion(text: string): boolean {
  return parseVersion(text) !== null;
}

/** Whether a version lies in a range, by npm's rules for the forms above; false for anything malformed. */
export function satisfiesRange(version: string, range: string): boolean {
  const parsed = parseVersion(version);
  const alternatives = parseRange(range);
  if (parsed === null || alternatives === null) return false;
  return alternatives.some(
    (comparators) =>
      comparators.every((comparator) => meets(parsed, comparator)) && admitsPrerelease(parsed, comparators),
  );
}

/** The highest version that lies in the range, or null. */
export function highestVersion(versions: Iterable<string>, range: string): string | null {
  let best: string | null = null;
  for (const version of versions) {
    if (satisfiesRange(version, range) && (best === null || compareVersions(version, best) > 0)) best = version;
  }
  return best;
}

/** Takes `name@range` apart; the range is `*` when none is given. */
export function splitUse(use: string): { readonly name: string; readonly range: string } {
  const at = use.indexOf('@');
  return at === -1 ? { name: use, range: '*' } : { name: use.slice(0, at), range: use.slice(at + 1) };
}
