import type { CoverageCell, CoverageFilter, CoverageStatus } from '#shared/model/index.ts';

/** Neither complete nor switched off: something may be there that is not shown. */
export function isIncomplete(status: CoverageStatus): boolean {
  return status !== 'complete' && status !== 'disabled';
}

/** Whether a cell is one of those a filter asks for; null when it asks for all. */
export function matches(
  filter: CoverageFilter,
  nameOf: (scope: string) => string,
): ((cell: CoverageCell) => boolean) | null {
  const { statuses, scopes, regions, kinds, permissions, text, onlyIncomplete } = filter;
  const tests: ((cell: CoverageCell) => boolean)[] = [];
  if (onlyIncomplete) tests.push(({ status }) => isIncomplete(status));
  if (statuses.length > 0) tests.push(isOneOf(statuses, (cell) => cell.status));
  if (scopes.length > 0) tests.push(isOneOf(scopes, (cell) => cell.scope));
  if (regions.length > 0) tests.push(isOneOf(regions, (cell) => cell.region));
  if (kinds.length > 0) tests.push(isOneOf(kinds, (cell) => cell.kind));
  if (permissions.length > 0) tests.push(isOneOf(permissions, (cell) => cell.permission));
  if (text !== '') {
    const has = containing(text);
    tests.push(
      ({ scope, region, kind, permission, error }) =>
        has(scope) || has(region) || has(kind) || has(permission) || has(error) || has(nameOf(scope)),
    );
  }
  return tests.length === 0 ? null : (cell) => tests.every((test) => test(cell));
}

function isOneOf<Value>(wanted: readonly Value[], valueOf: (cell: CoverageCell) => Value | null) {
  const values = new Set<Value | null>(wanted);
  return (cell: CoverageCell) => values.has(valueOf(cell));
}

/** Whether a text contains another, in any case. The same few texts stand in very many cells: each is looked at once. */
export function containing(text: string): (value: string | null) => boolean {
  const wanted = text.toLowerCase();
  const known = new Map<string, boolean>();
  return (value) => {
    if (value === null) return false;
    const told = known.get(value) ?? value.toLowerCase().includes(wanted);
    known.set(value, told);
    return told;
  };
}
