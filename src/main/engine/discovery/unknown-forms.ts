import type { CellFailure } from './step.ts';

/**
 * Why a cell is not complete of which bodies have parts in a form that is not known: what they say is in no
 * relationship, so nothing that earlier runs saw there may go. `what` names the cell, `parts` are sentences without a
 * full stop. Null where all is known.
 */
export function unknownForms(what: string, parts: readonly string[]): CellFailure | null {
  const [first] = parts;
  if (first === undefined) return null;
  const more = parts.length === 1 ? '' : ` and ${parts.length - 1} more`;
  const message = `${what}: parts of bodies have a form that is not known (${first}${more}); they are kept as they are.`;
  return { status: 'failed', message, permission: null, unreachable: false };
}
