import { join } from 'node:path';

/**
 * Where facts lie:
 *   facts/<run>/run.json            the run's record
 *   facts/<run>/request.json        what a live run was asked, for taking it up again
 *   facts/<run>/import.json         what an import read and what it did not
 *   facts/<run>/scopes.ndjson       the tree, as seen
 *   facts/<run>/coverage.ndjson     one line per sealed cell, with the parts of the file that belong to it
 *   facts/<run>/<scope>/<kind>.ndjson.gz, and <kind>.<n>.ndjson.gz where the run was taken up again
 * A facts file is a row of gzip members (RFC 1952, section 2.2), one per page and kind of line, so `zcat` reads it as
 * one NDJSON text, a killed run leaves whole members behind, and one page is read without the rest.
 */
const runDigits = 6;

/** `/` and everything else a file system may not like becomes a percent code. */
function safeName(name: string): string {
  const safe = encodeURIComponent(name.toLowerCase()).replaceAll('%3A', '~').replaceAll('*', '%2A');
  // Names such as "." must not climb; very long ones (Azure ids) keep their distinct end. Two names that fall
  // together share a file and nothing else: every cell knows its own parts of it.
  const shown = safe.length > 120 ? safe.slice(-120) : safe;
  return shown.startsWith('.') ? `%2E${shown.slice(1)}` : shown;
}

export function runDirectory(root: string, run: number): string {
  return join(root, String(run).padStart(runDigits, '0'));
}

/** The run's number when a folder's name is one. */
export function runOfDirectory(name: string): number | null {
  return /^\d{6,15}$/.test(name) ? Number(name) : null;
}

/** Path of a facts file inside its run's folder. */
export function factsFile(scope: string, kind: string, resumed: number): string {
  // A file of its own each time: the last member of one that was cut off may be half a one.
  const turn = resumed === 0 ? '' : `.${resumed}`;
  return join(safeName(scope), `${safeName(kind)}${turn}.ndjson.gz`);
}

export const runFile = 'run.json';
export const requestFile = 'request.json';
export const importReportFile = 'import.json';
export const scopesFile = 'scopes.ndjson';
export const coverageFile = 'coverage.ndjson';

/** Scope × region × kind as one key. */
export function cellKey(cell: { readonly scope: string; readonly region: string; readonly kind: string }): string {
  return `${cell.scope}\n${cell.region}\n${cell.kind}`;
}
