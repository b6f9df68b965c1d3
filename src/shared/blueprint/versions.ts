import semver from 'semver';

// Versions and ranges as npm understands them, with the comma that Terraform's constraints use between two bounds.

const spaced = (range: string): string => range.replaceAll(',', ' ');

/** Orders two semantic versions (semver.org, rule 11); texts that are none come first. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [semver.parse(left), semver.parse(right)];
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return semver.compare(a, b);
}

/** True for `1.2.0`, `^1.2`, `~1.2.0`, `1.x`, `>=1.0.0,<2.0.0`, `*`, and alternatives with `||`. */
export function isVersionRange(range: string): boolean {
  return semver.validRange(spaced(range)) !== null;
}

/** True when the text is one exact version, not a range. */
export function isExactVersion(text: string): boolean {
  return /^\d/.test(text) && semver.valid(text) !== null;
}

/** Whether a version lies in a range, by npm's rules; false for anything malformed. */
export function satisfiesRange(version: string, range: string): boolean {
  return semver.satisfies(version, spaced(range));
}

/** The highest version that lies in the range, or null. */
export function highestVersion(versions: Iterable<string>, range: string): string | null {
  return semver.maxSatisfying([...versions], spaced(range));
}

/** Takes `name@range` apart; the range is `*` when none is given. */
export function splitUse(use: string): { readonly name: string; readonly range: string } {
  const at = use.indexOf('@');
  return at === -1 ? { name: use, range: '*' } : { name: use.slice(0, at), range: use.slice(at + 1) };
}
